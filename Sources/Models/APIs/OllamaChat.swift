public import Evals
import JSON

/// Ollama's own API (kind `ollama`).
///
/// Facts from Ollama's Go types and its Python library, version 0.6.
public struct OllamaChat: ModelAPI {
    /// `http://127.0.0.1:11434`, where Ollama listens.
    public let defaultBaseURL: String? = "http://127.0.0.1:11434"
    /// No key.
    public let credential = CredentialPlacement.none
    /// None.
    public let usualKeyVariables: [String] = []

    /// The API's name in messages.
    private static let name = "Ollama"
    /// Parameters that are options of the model under the same name.
    private static let options = [
        "temperature", "top_p", "top_k", "seed", "presence_penalty", "frequency_penalty",
    ]

    /// Creates the API.
    public init() {}

    /// `POST /api/chat`; Ollama streams unless told not to.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        try RequestExtras.check(complaints(about: request))
        var body: JSONObject = [
            "model": .string(request.model.model),
            "messages": .array(try Self.messages(request.messages, images)), "stream": .bool(streams),
        ]
        let tools = request.tools.compactMap(ToolDefinition.init)
        if !tools.isEmpty {
            body["tools"] = .array(
                tools.map { tool in
                    var members = tool.members
                    // Ollama has no strict mode for arguments.
                    members["strict"] = nil
                    return ["type": "function", "function": .object(members)]
                })
        }
        body["format"] = Self.format(request)
        Self.addParameters(request.parameters, to: &body)
        return APICall(path: "/api/chat", body: .object(RequestExtras.merged(body, request.parameters)))
    }

    /// What the API lacks.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        let parameters = request.parameters
        var complaints: [RequestComplaint] = []
        if parameters["verbosity"] != nil {
            complaints.append(RequestExtras.missing("verbosity", in: Self.name))
        }
        if parameters["thinking"] != nil {
            complaints.append(
                RequestExtras.missing(
                    "thinking", in: Self.name, hint: "write reasoning_effort, or extra: {think: true}"))
        }
        // What Ollama does anyway may be written.
        if let choice = parameters["tool_choice"], choice != "auto" {
            complaints.append(RequestExtras.missing("tool_choice", in: Self.name))
        }
        if parameters["parallel_tool_calls"] == .bool(false) {
            complaints.append(RequestExtras.missing("parallel_tool_calls", in: Self.name))
        }
        if let complaint = RequestExtras.limitComplaint(parameters, in: Self.name) {
            complaints.append(complaint)
        }
        complaints += ConversationTurn.complaints(about: request.messages)
        for tool in request.tools.compactMap(ToolDefinition.init) where tool.strict == .bool(true) {
            complaints.append(
                RequestComplaint(
                    "unsupported-parameter",
                    "\(Self.name) does not hold arguments to the schema of the tool '\(tool.name)'",
                    hint: "take strict out for this model"))
        }
        return complaints
    }

    // MARK: - The request

    private static func messages(
        _ messages: [Message], _ images: ImageSource
    ) throws(EvaluationError) -> [JSONValue] {
        var items: [JSONValue] = []
        for turn in ConversationTurn.turns(of: messages) ?? [] {
            switch turn {
            case .message(let message): items.append(.object(try item(message, images)))
            case .calls(let message, let calls):
                var item = try item(message, images)
                item["tool_calls"] = .array(
                    calls.map { ["function": ["name": .string($0.name), "arguments": $0.arguments]] })
                items.append(.object(item))
            case .result(let call, let message):
                var item = try item(message, images)
                item["tool_name"] = .string(call.name)
                items.append(.object(item))
            }
        }
        return items
    }

    private static func item(
        _ message: Message, _ images: ImageSource
    ) throws(EvaluationError) -> JSONObject {
        var item: JSONObject = ["role": .string(message.role.rawValue), "content": .string(message.text)]
        var pictures: [JSONValue] = []
        for case .image(let path, _) in message.parts {
            pictures.append(.string(try images.image(at: path).base64))
        }
        if !pictures.isEmpty { item["images"] = .array(pictures) }
        return item
    }

    private static func addParameters(_ parameters: JSONObject, to body: inout JSONObject) {
        var options: JSONObject = [:]
        for name in Self.options { options[name] = parameters[name] }
        options["num_predict"] = RequestExtras.tokenLimit(parameters)
        if let stop = parameters["stop"] { options["stop"] = stop.array == nil ? [stop] : stop }
        if !options.isEmpty { body["options"] = .object(options) }
        for name in ["logprobs", "top_logprobs"] { body[name] = parameters[name] }
        if let effort = parameters["reasoning_effort"] { body["think"] = effort == "none" ? false : effort }
    }

    /// `json` or a schema; a schema of a text is not sent, since the answer would get quotes.
    private static func format(_ request: ModelRequest) -> JSONValue? {
        if let written = request.parameters["response_format"] {
            switch written["type"]?.string {
            case "text": return nil
            case "json_object": return "json"
            case "json_schema": return written["json_schema"]?["schema"] ?? written["schema"] ?? written
            default: return written
            }
        }
        guard let schema = request.outputSchema, schema.object != nil,
            !OpenAIOutputFormat.describesText(schema)
        else { return nil }
        return schema
    }
}
