public import Evals
import JSON

/// Ollama's own API (kind `ollama`).
///
/// Facts from Ollama's Go types and its Python library, version 0.6.
public struct OllamaChat: DraftedAPI {
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
        var body = try draft(request, images).finished()
        body["stream"] = .bool(streams)
        return APICall(path: "/api/chat", body: .object(body))
    }

    /// The body, and what the API lacks.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = Conversation(request.messages)
        var draft = RequestDraft(request, api: Self.name, body: ["model": .string(request.model.model)])
        draft.note(conversation.argumentComplaints + conversation.complaints)
        draft.put(.array(try Self.messages(conversation, images)), at: ["messages"])
        Self.addTools(request.tools.map(ToolDefinition.init), to: &draft)
        Self.addParameters(to: &draft)
        Self.addFormat(request.outputSchema, to: &draft)
        draft.close()
        return draft
    }

    // MARK: - The request

    private static func messages(
        _ conversation: Conversation, _ images: ImageSource
    ) throws(EvaluationError) -> [JSONValue] {
        var items: [JSONValue] = []
        for step in conversation.steps {
            switch step {
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

    private static func addTools(_ tools: [ToolDefinition], to draft: inout RequestDraft) {
        if !tools.isEmpty {
            let functions = tools.map { tool in
                var members = tool.members()
                members["strict"] = nil
                return OpenAIFunction.nested.json(members)
            }
            draft.put(.array(functions), at: ["tools"])
        }
        for tool in tools where tool.isStrict {
            draft.warn(
                "ignored-parameter",
                "'strict' of the tool '\(tool.name)' is not sent: \(Self.name) has no such thing")
        }
        // What Ollama does anyway may be written.
        if let choice = draft.take("tool_choice"), choice != "auto" { draft.refuseParameter("tool_choice") }
        if let parallel = draft.take("parallel_tool_calls"), parallel != true {
            draft.refuseParameter("parallel_tool_calls")
        }
    }

    private static func addParameters(to draft: inout RequestDraft) {
        for name in options { draft.move(name, to: "options", name) }
        draft.moveOutputLimit(to: "options", "num_predict")
        draft.moveStop(to: "options", "stop")
        draft.move(["logprobs", "top_logprobs"])
        if let effort = draft.take("reasoning_effort") {
            draft.put(effort == "none" ? false : effort, at: ["think"])
        }
        if draft.take("thinking") != nil {
            draft.refuseParameter("thinking", hint: "write reasoning_effort, or extra: {think: true}")
        }
    }

    /// Sends `json` or a schema; a schema of a text is not sent, since the answer would get quotes.
    private static func addFormat(_ schema: JSONValue?, to draft: inout RequestDraft) {
        if let written = draft.take("response_format") {
            switch written["type"]?.string {
            case "text": break
            case "json_object": draft.put("json", at: ["format"])
            case "json_schema":
                draft.put(written["json_schema"]?["schema"] ?? written["schema"] ?? written, at: ["format"])
            default: draft.put(written, at: ["format"])
            }
        } else if let schema, schema.object != nil, !OutputSchema(schema).isPlainText {
            draft.put(schema, at: ["format"])
        }
    }
}
