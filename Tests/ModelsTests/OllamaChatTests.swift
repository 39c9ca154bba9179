import Evals
import HTTP
import JSON
import Models
import Testing

@Suite("Ollama")
struct OllamaChatTests {
    private let api = OllamaChat()

    private static let requests: [(ModelRequest, JSONValue)] = [
        (specimen(), ["model": "m", "messages": [["role": "user", "content": "Hi"]], "stream": false]),
        (
            specimen(
                "m",
                [
                    Message(role: .system, text: "S"),
                    Message(
                        role: .user, parts: [.text("a"), .image(path: "x.png", sha256: "0"), .text("b")]),
                    Message(
                        role: .assistant, parts: [.text("hm")],
                        toolCalls: [["name": "t", "arguments": ["k": 1]]]),
                    Message(role: .tool, text: "r"),
                ]),
            [
                "model": "m", "stream": false,
                "messages": [
                    ["role": "system", "content": "S"],
                    ["role": "user", "content": "a\nb", "images": ["x.png"]],
                    [
                        "role": "assistant", "content": "hm",
                        "tool_calls": [["function": ["name": "t", "arguments": ["k": 1]]]],
                    ],
                    ["role": "tool", "tool_name": "t", "content": "r"],
                ],
            ]
        ),
        (
            specimen(
                "m", [],
                [
                    "temperature": 0.5, "top_p": 0.9, "top_k": 4, "seed": 7, "max_tokens": 10, "stop": "x",
                    "presence_penalty": 1, "frequency_penalty": 2, "logprobs": true, "top_logprobs": 2,
                    "reasoning_effort": "high", "tool_choice": "auto", "parallel_tool_calls": true,
                    "extra": ["keep_alive": "5m", "options": ["num_ctx": 8192]],
                ]),
            [
                "model": "m", "messages": [], "stream": false, "logprobs": true, "top_logprobs": 2,
                "think": "high", "keep_alive": "5m",
                "options": [
                    "temperature": 0.5, "top_p": 0.9, "top_k": 4, "seed": 7, "num_predict": 10, "stop": ["x"],
                    "presence_penalty": 1, "frequency_penalty": 2, "num_ctx": 8192,
                ],
            ]
        ),
        (
            specimen("m", [], ["reasoning_effort": "none", "stop": ["a", "b"], "max_completion_tokens": 3]),
            [
                "model": "m", "messages": [], "stream": false, "think": false,
                "options": ["num_predict": 3, "stop": ["a", "b"]],
            ]
        ),
        (
            specimen(
                "m", [], tools: [["name": "t", "description": "d", "parameters": ["type": "object"]]],
                outputSchema: ["type": "array"]),
            [
                "model": "m", "messages": [], "stream": false, "format": ["type": "array"],
                "tools": [
                    [
                        "type": "function",
                        "function": ["name": "t", "description": "d", "parameters": ["type": "object"]],
                    ]
                ],
            ]
        ),
        (
            specimen("m", [], outputSchema: ["type": "string", "enum": ["a"]]),
            ["model": "m", "messages": [], "stream": false]
        ),
        (
            specimen("m", [], ["response_format": ["type": "json_object"]], outputSchema: ["type": "array"]),
            ["model": "m", "messages": [], "stream": false, "format": "json"]
        ),
        (
            specimen(
                "m", [],
                ["response_format": ["type": "json_schema", "json_schema": ["schema": ["type": "null"]]]]),
            ["model": "m", "messages": [], "stream": false, "format": ["type": "null"]]
        ),
    ]

    @Test("sends", arguments: requests)
    func send(request: ModelRequest, body: JSONValue) throws {
        #expect(
            try api.call(for: request, images: namedImages, streams: false)
                == APICall(path: "/api/chat", body: body))
        #expect(api.complaints(about: request) == [])
    }

    @Test("A stream is asked for when one is wanted")
    func stream() throws {
        #expect(try api.call(for: specimen(), images: .none, streams: true).body["stream"] == true)
    }

    @Test(
        "What the API lacks is an error before anything is sent",
        arguments: [
            ["verbosity": "low"], ["thinking": [:]], ["tool_choice": "required"],
            ["parallel_tool_calls": false],
            ["max_tokens": 1, "max_completion_tokens": 2],
        ] as [JSONObject])
    func lacks(parameters: JSONObject) {
        let request = specimen("m", [], parameters)
        #expect(api.complaints(about: request).map(\.isError) == [true])
        #expect(throws: EvaluationError.self) { try api.call(for: request, images: .none, streams: false) }
    }

    @Test("Strict arguments are asked for in vain, and a result without its call is an error")
    func tools() {
        #expect(
            api.complaints(about: specimen("m", [], tools: [["name": "t", "strict": true]])).map(\.isError)
                == [false])
        #expect(
            api.complaints(about: specimen("m", [Message(role: .tool, text: "x")])).map(\.id) == [
                "tool-result-without-call"
            ])
    }

    @Test(
        "reads",
        arguments: [
            (
                #"{"model": "m:8b", "message": {"role": "assistant", "content": "Hi"}, "done": true, "done_reason": "stop", "#
                    + #""prompt_eval_count": 9, "eval_count": 3, "total_duration": 5000000}"#,
                Reply(
                    servedModel: "m:8b", content: "Hi", finishReason: "stop",
                    usage: Usage(inputTokens: 9, outputTokens: 3))
            ),
            (
                #"{"message": {"content": "", "tool_calls": [{"function": {"name": "t", "arguments": {"a": 1}}}, "#
                    + #"{"id": "x", "function": {"name": "u", "arguments": "{\"b\": 2}"}}]}, "done": true, "done_reason": "stop"}"#,
                Reply(
                    content: nil, finishReason: "tool_calls",
                    toolCalls: [
                        ["id": "call_1", "name": "t", "arguments": ["a": 1]],
                        ["id": "x", "name": "u", "arguments": ["b": 2]],
                    ])
            ),
            (
                #"{"message": {"content": "", "thinking": "hm"}, "done": true, "done_reason": "length", "eval_count": 3}"#,
                Reply(content: "", finishReason: "length")
            ),
            (
                #"{"message": {"content": ""}, "done": true}"#, Reply(content: "", finishReason: nil)
            ),
            (
                #"{"message": {"content": "a"}, "done": true, "logprobs": [{"token": "a", "logprob": -1, "bytes": [97]}]}"#,
                Reply(content: "a", logprobs: [["token": "a", "logprob": -1]])
            ),
        ])
    func read(body: String, reply: Reply) throws {
        var reply = reply
        reply.requestID = "req_1"
        #expect(try api.reply(from: response(body)) == reply)
    }

    @Test(
        "fails with",
        arguments: [
            (
                404, #"{"error": "model 'x' not found"}"#, .rejected, "model 'x' not found",
                "pull the model first: ollama pull MODEL"
            ),
            (
                400, #"{"error": "\"x\" does not support tools"}"#, .unsupported,
                "\"x\" does not support tools", nil
            ),
            (500, #"{"error": "it does not support this"}"#, .unavailable, "it does not support this", nil),
            (429, #"{"error": "slow"}"#, .rateLimited, "slow", nil),
            (502, "", .unavailable, "status 502 without a message", nil),
            (
                200, "<html>", .unreadable,
                "the response is no JSON (1:1: unexpected character where a value is expected): <html>", nil
            ),
            (200, #"{"done": true}"#, .unreadable, #"the response has no answer in it: {"done": true}"#, nil),
            (
                200, #"{"message": {"thinking": "hm"}, "done": true, "done_reason": "stop"}"#, .unreadable,
                #"the response has no answer in it (the provider says: stop): {"message": {"thinking": "hm"}, "done": true, "done_reason": "stop"}"#,
                nil
            ),
            (
                200, #"{"message": {"content": ""}, "done": true, "done_reason": "load"}"#, .unreadable,
                #"the response has no answer in it: {"message": {"content": ""}, "done": true, "done_reason": "load"}"#,
                nil
            ),
            (
                200, #"{"message": {"content": "x"}, "done": false}"#, .unreadable,
                #"the response has no answer in it: {"message": {"content": "x"}, "done": false}"#, nil
            ),
            (200, #"{"error": "out of memory"}"#, .unavailable, "out of memory", nil),
        ] as [(Int, String, CallFailure.Kind, String, String?)])
    func fail(status: Int, body: String, kind: CallFailure.Kind, message: String, hint: String?) {
        let failure = #expect(throws: CallFailure.self) {
            try api.reply(from: response(body, status: status))
        }
        #expect(failure?.kind == kind)
        #expect(failure?.message == message)
        #expect(failure?.hint == hint)
    }

    private func streamed(_ lines: [String]) throws(CallFailure) -> Reply {
        try api.reply(from: APIResponse(status: 200, events: lines.map { ServerSentEvent(data: $0) }))
    }

    @Test("The lines of a stream are one answer")
    func assemble() throws {
        let reply = try streamed([
            #"{"model": "m", "message": {"content": "", "thinking": "hm"}, "done": false}"#,
            #"{"model": "m", "message": {"content": "He"}, "done": false, "logprobs": [{"token": "He", "logprob": -1}]}"#,
            #"{"model": "m", "message": {"content": "y"}, "done": false, "logprobs": [{"token": "y", "logprob": -2}]}"#,
            #"{"model": "m", "message": {"content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 1, "eval_count": 2}"#,
        ])
        #expect(
            reply
                == Reply(
                    servedModel: "m", content: "Hey", finishReason: "stop",
                    usage: Usage(inputTokens: 1, outputTokens: 2),
                    logprobs: [["token": "He", "logprob": -1], ["token": "y", "logprob": -2]]))
    }

    @Test(
        "A stream without its end, or with an error, is a failure",
        arguments: [
            ([], .connection), ([#"{"message": {"content": "He"}, "done": false}"#], .connection),
            ([#"{"message": {"content": "He"}, "done": false}"#, #"{"error": "crashed"}"#], .unavailable),
            ([#"{"message": {"content": "He"#], .unreadable), (["7"], .unreadable),
        ] as [([String], CallFailure.Kind)])
    func brokenStream(lines: [String], kind: CallFailure.Kind) {
        #expect(#expect(throws: CallFailure.self) { try streamed(lines) }?.kind == kind)
    }

    @Test(
        "Lines with a piece of the answer are tokens",
        arguments: [
            (#"{"message": {"content": "a"}}"#, true),
            (#"{"message": {"content": "", "thinking": "a"}}"#, true),
            (#"{"message": {"tool_calls": [{}]}}"#, true), (#"{"message": {"content": ""}}"#, false),
            (#"{"done": true}"#, false), ("x", false),
        ])
    func token(line: String, isToken: Bool) {
        #expect(api.isToken(ServerSentEvent(data: line)) == isToken)
    }
}
