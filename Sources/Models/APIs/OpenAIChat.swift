public import Evals
import HTTP
import JSON

/// OpenAI's Chat Completions, and the many servers that speak it.
public struct OpenAIChat: ModelAPI {
    /// Whose server it is.
    public enum Dialect: Sendable, Hashable {
        /// OpenAI itself: knows its own parameters and nothing else.
        case openAI
        /// Azure OpenAI: the same parameters; filters prompts.
        case azure
        /// vLLM, llama.cpp, LiteLLM, OpenRouter, Groq, …: takes what it takes.
        case compatible
    }

    private let dialect: Dialect

    /// Creates the API.
    public init(_ dialect: Dialect) { self.dialect = dialect }

    /// OpenAI's own address; the others have none that everybody shares.
    public var defaultBaseURL: String? { dialect == .openAI ? "https://api.openai.com/v1" : nil }

    /// `Authorization: Bearer`, or Azure's own field.
    public var credential: CredentialPlacement { dialect == .azure ? .header("api-key") : .bearer }

    /// The usual variable; a compatible server may need none.
    public var usualKeyVariables: [String] {
        switch dialect {
        case .openAI: ["OPENAI_API_KEY"]
        case .azure: ["AZURE_OPENAI_API_KEY"]
        case .compatible: []
        }
    }

    /// The body for `/chat/completions`.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        if let error = complaints(about: request).first(where: \.isError) {
            throw EvaluationError(.provider, error.message, hint: error.hint)
        }
        var body: JSONObject = ["model": .string(request.model.model)]
        var messages: [JSONValue] = []
        for message in request.messages { messages.append(try Self.json(of: message, images: images)) }
        body["messages"] = .array(messages)
        for (name, value) in request.parameters where name != "extra" {
            body[dialect != .compatible && name == "max_tokens" ? "max_completion_tokens" : name] = value
        }
        if !request.tools.isEmpty {
            body["tools"] = .array(
                request.tools.map { ["type": "function", "function": ToolShape($0).json] })
        }
        if let schema = request.outputSchema, body["response_format"] == nil, !OutputShape(schema).isPlainText
        {
            body["response_format"] = [
                "type": "json_schema",
                "json_schema": ["name": .string(OutputShape(schema).name), "schema": schema, "strict": true],
            ]
        }
        if streams {
            body["stream"] = true
            body["stream_options"] = ["include_usage": true]
        }
        for (name, value) in request.parameters["extra"]?.object ?? [:] { body[name] = value }
        return APICall(path: "/chat/completions", body: .object(body))
    }

    private static func json(of message: Message, images: ImageSource) throws(EvaluationError) -> JSONValue {
        var members: JSONObject = ["role": .string(message.role.rawValue)]
        if message.parts.count == 1, case .text(let text)? = message.parts.first {
            members["content"] = .string(text)
        } else if message.parts.isEmpty {
            members["content"] = .null
        } else {
            var parts: [JSONValue] = []
            for part in message.parts {
                switch part {
                case .text(let text): parts.append(["type": "text", "text": .string(text)])
                case .image(let path, _):
                    let image = try images.image(at: path)
                    let url = "data:\(image.mediaType);base64,\(image.base64)"
                    parts.append(["type": "image_url", "image_url": ["url": .string(url)]])
                }
            }
            members["content"] = .array(parts)
        }
        if let id = message.toolCallID { members["tool_call_id"] = .string(id) }
        if !message.toolCalls.isEmpty {
            members["tool_calls"] = .array(
                message.toolCalls.map { call in
                    [
                        "id": call["id"] ?? .string(""), "type": "function",
                        "function": [
                            "name": call["name"] ?? .string(""),
                            "arguments": .string(
                                call["arguments"]?.string
                                    ?? JSONWriter.compact.text(of: call["arguments"] ?? [:])),
                        ],
                    ]
                })
        }
        return .object(members)
    }

    /// The first choice of the response, or the pieces of a stream.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        if response.status >= 400 {
            if dialect == .azure, let filtered = AzureFilter.reply(response) { return filtered }
            throw OpenAIErrors.failure(response)
        }
        if let events = response.events {
            var reply = try OpenAIChatStream.reply(events)
            reply.requestID = reply.requestID ?? response.headers["x-request-id"]
            return reply
        }
        let body: JSONValue
        do {
            body = try JSONParser().parse(bytes: response.body)
        } catch {
            throw CallFailure(
                .unreadable, "the response is no JSON: \(error)", status: response.status)
        }
        guard let choice = body["choices"]?.array?.first, let message = choice["message"] else {
            // Some gateways answer an error with a good status.
            if body["error"] != nil { throw OpenAIErrors.failure(response) }
            throw CallFailure(
                .unreadable, "the response has no choice with a message", status: response.status)
        }
        var reply = Reply(content: Self.text(of: message["content"]))
        reply.refusal = message["refusal"]?.string
        reply.toolCalls = OpenAIToolCalls.calls(message)
        reply.finishReason = Self.finishReason(choice["finish_reason"]?.string)
        reply.logprobs = OpenAILogprobs.normalized(choice["logprobs"])
        Self.describe(body, in: &reply)
        reply.requestID = response.headers["x-request-id"] ?? reply.requestID
        try Self.check(reply, status: response.status)
        return reply
    }

    /// Sets what a body or chunk says beside its choices.
    static func describe(_ body: JSONValue, in reply: inout Reply) {
        if let model = body["model"]?.string { reply.servedModel = model }
        if let id = body["id"]?.string { reply.requestID = id }
        if let tier = body["service_tier"]?.string, tier != "default", tier != "auto" {
            reply.serviceTier = tier
        }
        if let usage = body["usage"], !usage.isNull { reply.usage = OpenAIUsage.normalized(usage) }
    }

    /// Refuses a reply in which nothing is said; a filtered or cut off one may be empty.
    static func check(_ reply: Reply, status: Int) throws(CallFailure) {
        guard reply.content == nil, reply.refusal == nil, reply.toolCalls.isEmpty else { return }
        throw CallFailure(
            .unreadable, "the response has neither content nor refusal nor tool calls", status: status)
    }

    private static func text(of content: JSONValue?) -> String? {
        if let parts = content?.array {
            return parts.compactMap { $0["text"]?.string ?? $0.string }.joined()
        }
        return content?.string
    }

    /// The shared name of a reason; an unknown one is left out rather than passed off as another.
    static func finishReason(_ reason: String?) -> String? {
        switch reason {
        case "stop", "eos", "end_turn", "stop_sequence": "stop"
        case "length", "max_tokens": "length"
        case "tool_calls", "function_call", "tool_use": "tool_calls"
        case "content_filter", "refusal": "content_filter"
        default: nil
        }
    }

    /// True for a chunk with text, reasoning or a piece of a tool call.
    public func isToken(_ event: ServerSentEvent) -> Bool {
        guard event.data.hasPrefix("{"), let chunk = try? JSONParser().parse(event.data),
            let delta = chunk["choices"]?.array?.first?["delta"]
        else { return false }
        let texts = ["content", "reasoning", "reasoning_content", "refusal"]
        return texts.contains { delta[$0]?.string?.isEmpty == false }
            || delta["tool_calls"]?.array?.isEmpty == false
    }

    /// What OpenAI and Azure would reject.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        guard dialect != .compatible else { return [] }
        var found: [RequestComplaint] = []
        for name in ["top_k", "thinking"] where request.parameters[name] != nil {
            found.append(
                RequestComplaint(
                    "unsupported-parameter", "Chat Completions has no parameter '\(name)'",
                    hint: "take it out, or pass a compatible server's own members under 'extra'",
                    isError: true))
        }
        if request.parameters["max_tokens"] != nil, request.parameters["max_completion_tokens"] != nil {
            found.append(
                RequestComplaint(
                    "conflicting-parameters", "'max_tokens' and 'max_completion_tokens' are the same bound",
                    hint: "keep one of them", isError: true))
        }
        return found
    }
}
