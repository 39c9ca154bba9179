import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Token counts that an API tells")
struct UsageReadingTests {
    /// An API's response with a place for what it says about its tokens, and how it names the counts.
    struct Shape: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let api: any ModelAPI
        /// The body before and after the counts.
        let body: (String, String)
        /// Paths of the two main counts.
        let main: (String, String)
        /// Paths of the counts that may be missing.
        let extras: [String]

        /// What the API reads when the counts at these paths are written like this.
        func usage(_ counts: [String: String]) throws -> Usage? {
            var (own, nested): ([String], [String: [String]]) = ([], [:])
            for (path, value) in counts.sorted(by: { $0.key < $1.key }) {
                let names = path.split(separator: ".").map(String.init)
                if names.count == 2 {
                    nested[names[0], default: []].append("\"\(names[1])\": \(value)")
                } else {
                    own.append("\"\(path)\": \(value)")
                }
            }
            own += nested.map { "\"\($0.key)\": {\($0.value.joined(separator: ", "))}" }
            return try api.reply(from: response(body.0 + own.joined(separator: ", ") + body.1)).usage
        }
    }

    private static let openAIExtras = [
        "prompt_tokens_details.cached_tokens", "prompt_tokens_details.cache_write_tokens",
        "completion_tokens_details.reasoning_tokens",
    ]

    private static func shapes() throws -> [Shape] {
        [
            Shape(
                testDescription: "OpenAI's chat", api: OpenAIChat(.openAI),
                body: (#"{"choices": [{"message": {"content": "a"}}], "usage": {"#, "}}"),
                main: ("prompt_tokens", "completion_tokens"), extras: openAIExtras),
            Shape(
                testDescription: "DeepSeek", api: OpenAIChat(.compatible),
                body: (#"{"choices": [{"message": {"content": "a"}}], "usage": {"#, "}}"),
                main: ("prompt_tokens", "completion_tokens"), extras: ["prompt_cache_hit_tokens"]),
            Shape(
                testDescription: "OpenAI's responses", api: OpenAIResponses(),
                body: (
                    #"{"status": "completed", "output": [{"type": "message", "content": [{"type": "output_text", "#
                        + #""text": "a"}]}], "usage": {"#, "}}"
                ),
                main: ("input_tokens", "output_tokens"),
                extras: [
                    "input_tokens_details.cached_tokens", "input_tokens_details.cache_write_tokens",
                    "output_tokens_details.reasoning_tokens",
                ]),
            Shape(
                testDescription: "Anthropic", api: AnthropicMessages(),
                body: (#"{"content": [{"type": "text", "text": "a"}], "usage": {"#, "}}"),
                main: ("input_tokens", "output_tokens"),
                extras: [
                    "cache_read_input_tokens", "cache_creation_input_tokens",
                    "output_tokens_details.thinking_tokens",
                ]),
            Shape(
                testDescription: "Gemini", api: GeminiGenerateContent(),
                body: (
                    #"{"candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}], "#
                        + #""usageMetadata": {"#, "}}"
                ),
                main: ("promptTokenCount", "candidatesTokenCount"),
                extras: ["cachedContentTokenCount", "thoughtsTokenCount", "toolUsePromptTokenCount"]),
            Shape(
                testDescription: "Bedrock", api: BedrockConverse(),
                body: (
                    #"{"output": {"message": {"content": [{"text": "a"}]}}, "stopReason": "end_turn", "usage": {"#,
                    "}}"
                ),
                main: ("inputTokens", "outputTokens"),
                extras: ["cacheReadInputTokens", "cacheWriteInputTokens"]),
            Shape(
                testDescription: "Ollama", api: OllamaChat(),
                body: (#"{"message": {"content": "a"}, "done": true, "#, "}"),
                main: ("prompt_eval_count", "eval_count"), extras: []),
            Shape(
                testDescription: "an application",
                api: try HTTPApplication(settings: ["answer": "$.a", "usage": "$.u"]),
                body: (#"{"a": "a", "u": {"#, "}}"), main: ("input_tokens", "output_tokens"),
                extras: ["cache_read_tokens", "cache_write_tokens", "reasoning_tokens"]),
            Shape(
                testDescription: "an application with OpenAI's names",
                api: try HTTPApplication(settings: ["answer": "$.a", "usage": "$.u"]),
                body: (#"{"a": "a", "u": {"#, "}}"), main: ("prompt_tokens", "completion_tokens"),
                extras: openAIExtras),
        ]
    }

    private static let noCounts = [
        "-1", "1.5", #""7""#, "true", "[7]", #"{"n": 7}"#, "1000000000001", "99999999999999999999",
    ]

    @Test("Both main counts are needed, and must be whole numbers from zero up", arguments: try shapes())
    func main(_ shape: Shape) throws {
        let (input, output) = shape.main
        #expect(try shape.usage([input: "7", output: "0"]) == Usage(inputTokens: 7, outputTokens: 0))
        #expect(try shape.usage([input: "0", output: "5.0"]) == Usage(inputTokens: 0, outputTokens: 5))
        for count in Self.noCounts + ["null"] {
            #expect(try shape.usage([input: count, output: "5"]) == nil, "\(input): \(count)")
            #expect(try shape.usage([input: "7", output: count]) == nil, "\(output): \(count)")
        }
        #expect(try shape.usage([input: "7"]) == nil)
        #expect(try shape.usage([output: "5"]) == nil)
    }

    @Test("Other counts may be missing, but what is there must be a count", arguments: try shapes())
    func extras(_ shape: Shape) throws {
        let (input, output) = shape.main
        let plain = Usage(inputTokens: 7, outputTokens: 5)
        for extra in shape.extras {
            for (count, expected) in [("null", plain), ("0", plain)] + Self.noCounts.map({ ($0, nil) }) {
                let found = try shape.usage([input: "7", output: "5", extra: count])
                #expect(found == expected, "\(extra): \(count)")
            }
            let known = try shape.usage([input: "7", output: "5", extra: "2"])
            #expect(known != nil && known != plain, "\(extra)")
            if let place = extra.firstIndex(of: ".") {
                let details = String(extra[..<place])
                #expect(try shape.usage([input: "7", output: "5", details: "null"]) == plain)
                #expect(try shape.usage([input: "7", output: "5", details: "3"]) == nil)
            }
        }
    }

    @Test("A sum beyond what a count may be is unknown")
    func sums() throws {
        let most = "1000000000000"
        for shape in try Self.shapes() where ["Anthropic", "Bedrock"].contains(shape.testDescription) {
            let (input, output) = shape.main
            #expect(try shape.usage([input: most, output: most]) != nil)
            #expect(try shape.usage([input: most, output: "1", shape.extras[0]: "1"]) == nil)
        }
    }

    @Test(
        "Gemini's answer without a count has no tokens when nothing was generated, and the total is the prompt's",
        arguments: [
            (#""promptTokenCount": 8, "totalTokenCount": 8"#, false, 8),
            (#""promptTokenCount": 8, "totalTokenCount": 8, "candidatesTokenCount": null"#, false, 8),
            (#""promptTokenCount": 8, "totalTokenCount": 8"#, true, nil),
            (#""promptTokenCount": 8, "totalTokenCount": 9"#, false, nil),
            (#""promptTokenCount": 8, "totalTokenCount": 8, "thoughtsTokenCount": 3"#, false, nil),
            (#""promptTokenCount": 8, "totalTokenCount": 8, "candidatesTokenCount": "0""#, false, nil),
            (#""promptTokenCount": 8, "totalTokenCount": "8""#, false, nil),
            (#""promptTokenCount": 8"#, false, nil),
            (#""promptTokenCount": -1, "totalTokenCount": -1"#, false, nil),
            (#""totalTokenCount": 8"#, false, nil),
        ])
    func blocked(counts: String, speaks: Bool, input: Int?) throws {
        let rest =
            speaks
            ? #""candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}]"#
            : #""promptFeedback": {"blockReason": "SAFETY"}"#
        let reply = try GeminiGenerateContent().reply(
            from: response(#"{"usageMetadata": {\#(counts)}, \#(rest)}"#))
        #expect(reply.usage == input.map { Usage(inputTokens: $0, outputTokens: 0) })
    }

    @Test(
        "In a stream the last word on the counts holds, even when it is none",
        arguments: [
            (#"{"prompt_tokens": 3, "completion_tokens": 2}"#, Usage(inputTokens: 3, outputTokens: 2)),
            ("null", Usage(inputTokens: 3, outputTokens: 1)), (#"{"prompt_tokens": 3}"#, nil),
            (#"{"prompt_tokens": 3, "completion_tokens": -2}"#, nil), ("7", nil),
        ])
    func openAIStream(last: String, usage: Usage?) throws {
        let events = [
            #"{"choices": [{"delta": {"content": "a"}}], "usage": {"prompt_tokens": 3, "completion_tokens": 1}}"#,
            #"{"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": \#(last)}"#, "[DONE]",
        ]
        let reply = try OpenAIChat(.compatible).reply(
            from: APIResponse(status: 200, events: events.map { ServerSentEvent(data: $0) }))
        #expect(reply.usage == usage)
    }

    @Test(
        "Anthropic counts the output at the end of a stream: what its beginning says is not the whole",
        arguments: [
            (#", "usage": {"output_tokens": 12}"#, Usage(inputTokens: 9, outputTokens: 12)),
            (
                #", "usage": {"input_tokens": null, "output_tokens": 12}"#,
                Usage(inputTokens: 9, outputTokens: 12)
            ), (#", "usage": {"output_tokens": null}"#, nil), (#", "usage": {"output_tokens": "12"}"#, nil),
            (#", "usage": {"input_tokens": -9, "output_tokens": 12}"#, nil), ("", nil),
        ])
    func anthropicStream(end: String, usage: Usage?) throws {
        let events = [
            #"{"type": "message_start", "message": {"usage": {"input_tokens": 9, "output_tokens": 1}}}"#,
            #"{"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": "a"}}"#,
            #"{"type": "message_delta", "delta": {"stop_reason": "end_turn"}\#(end)}"#,
            #"{"type": "message_stop"}"#,
        ]
        let reply = try AnthropicMessages().reply(
            from: APIResponse(status: 200, events: events.map { ServerSentEvent(data: $0) }))
        #expect(reply.usage == usage)
    }

    @Test("An embedding's count is needed as well", arguments: noCounts + ["null"])
    func embeddings(count: String) throws {
        let bodies: [(any ModelAPI, String)] = [
            (OpenAIChat(.openAI), #"{"data": [{"embedding": [1]}], "usage": {"prompt_tokens": \#(count)}}"#),
            (
                GeminiGenerateContent(),
                #"{"embedding": {"values": [1]}, "usageMetadata": {"promptTokenCount": \#(count)}}"#
            ), (OllamaChat(), #"{"embeddings": [[1]], "prompt_eval_count": \#(count)}"#),
        ]
        for (api, body) in bodies {
            #expect(try api.embeddingReply(from: response(body)).usage == nil)
        }
    }
}
