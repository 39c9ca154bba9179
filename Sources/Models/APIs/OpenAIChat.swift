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
    private let apiVersion: String?

    /// Creates the API.
    ///
    /// - Parameter apiVersion: Azure's older interface, in which the model is a deployment in the path; nil: the
    ///   current one, whose base URL ends with `/openai/v1`.
    public init(_ dialect: Dialect, apiVersion: String? = nil) {
        self.dialect = dialect
        self.apiVersion = apiVersion
    }

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
        try RequestExtras.check(complaints(about: request))
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
        if body["response_format"] == nil, let format = request.outputSchema.flatMap(OpenAIOutputFormat.init)
        {
            body["response_format"] = ["type": "json_schema", "json_schema": .object(format.members)]
        }
        if streams {
            body["stream"] = true
            body["stream_options"] = ["include_usage": true]
        }
        body = RequestExtras.merged(body, request.parameters)
        return APICall(path: path(request.model.model), body: .object(body))
    }

    private func path(_ model: String) -> String {
        guard dialect == .azure, let apiVersion else { return "/chat/completions" }
        return "/openai/deployments/\(URLPath.encoded(model))/chat/completions?api-version="
            + URLPath.encoded(apiVersion)
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
                            "arguments": .string(ToolCallArguments.text(call["arguments"] ?? [:])),
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
        reply.logprobs = choice["logprobs"]?["content"]?.array.flatMap(TokenLogprobs.normalized)
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

    /// What OpenAI and Azure would reject; what a compatible server takes is not known.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        let parameters = request.parameters
        guard dialect != .compatible else { return [] }
        let name = dialect == .azure ? "Azure OpenAI" : "OpenAI's Chat Completions"
        var found = ["top_k", "thinking"].filter { parameters[$0] != nil }.map {
            RequestExtras.missing($0, in: name)
        }
        if let complaint = RequestExtras.limitComplaint(parameters, in: name) { found.append(complaint) }
        found += OpenAIModelTraits.complaints(
            model: request.model.model, parameters: parameters, renamesMaxTokens: true)
        if let schema = request.outputSchema, parameters["response_format"] == nil {
            found += OpenAIOutputFormat.complaints(about: schema)
        }
        for message in request.messages where message.role == .tool && message.toolCallID == nil {
            found.append(
                RequestComplaint(
                    "tool-result-without-call",
                    "a message of the role tool does not say which call it answers",
                    hint: "write tool_call_id, and the call itself in the assistant's message before",
                    isError: true))
            break
        }
        return found
    }
}
