public import Evals
import JSON

/// The Responses API of OpenAI, and of servers that speak like it (kind `openai-responses`).
///
/// Facts from the types of OpenAI's Python library, version 3.57.
public struct OpenAIResponses: DraftedAPI {
    /// `https://api.openai.com/v1`.
    public let defaultBaseURL: String? = "https://api.openai.com/v1"
    /// The key is sent as a bearer token.
    public let credential = CredentialPlacement.bearer
    /// `OPENAI_API_KEY`.
    public let usualKeyVariables = ["OPENAI_API_KEY"]

    /// The API's name in messages.
    private static let name = "the Responses API"

    /// Creates the API.
    public init() {}

    /// `POST /responses` with the conversation as `input`, system messages among it.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        var body = try draft(request, images).finished()
        if streams { body["stream"] = true }
        return APICall(path: "/responses", body: .object(body))
    }

    /// The body, and what the API lacks, the model refuses and strict mode rejects.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = Conversation(request.messages)
        let tools = request.tools.map(ToolDefinition.init)
        var draft = RequestDraft(request, api: Self.name, body: ["model": .string(request.model.model)])
        draft.note(conversation.complaints)
        draft.put(.array(try Self.input(conversation, images)), at: ["input"])
        Self.refuseMissing(in: &draft)
        draft.checkOpenAI(
            draft.remaining, tools: tools,
            schema: request.parameters["response_format"] == nil ? request.outputSchema : nil)
        Self.addParameters(to: &draft)
        Self.addText(request, to: &draft)
        draft.addTools(tools, as: .flat)
        draft.close()
        return draft
    }

    // MARK: - The request

    private static func input(
        _ conversation: Conversation, _ images: ImageSource
    ) throws(EvaluationError) -> [JSONValue] {
        var items: [JSONValue] = []
        for step in conversation.steps {
            switch step {
            case .message(let message):
                items.append(
                    ["role": .string(message.role.rawValue), "content": try content(message, images)])
            case .calls(let message, let calls):
                if message.parts.contains(where: { $0 != .text("") }) {
                    items.append(["role": "assistant", "content": try content(message, images)])
                }
                for call in calls {
                    items.append([
                        "type": "function_call", "call_id": .string(call.id), "name": .string(call.name),
                        "arguments": .string(call.argumentsText),
                    ])
                }
            case .result(let call, let message):
                items.append([
                    "type": "function_call_output", "call_id": .string(call.id),
                    "output": try content(message, images),
                ])
            }
        }
        return items
    }

    private static func content(
        _ message: Message, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        if message.parts.count == 1, case .text(let text)? = message.parts.first { return .string(text) }
        var parts: [JSONValue] = []
        for part in message.parts {
            switch part {
            case .text(let text):
                parts.append([
                    "type": message.role == .assistant ? "output_text" : "input_text", "text": .string(text),
                ])
            case .image(let path, _):
                let url = try images.image(at: path).dataURL
                parts.append(["type": "input_image", "image_url": .string(url)])
            }
        }
        return .array(parts)
    }

    private static func refuseMissing(in draft: inout RequestDraft) {
        for name in ["seed", "stop", "top_k", "presence_penalty", "frequency_penalty"]
        where draft.take(name) != nil {
            draft.refuseParameter(
                name, hint: "leave it out for this model, or use the kind openai (Chat Completions)")
        }
        if draft.take("thinking") != nil {
            draft.refuseParameter("thinking", hint: "write reasoning_effort instead")
        }
    }

    private static func addParameters(to draft: inout RequestDraft) {
        let wantsLogprobs = draft.take("logprobs") == true || draft.remaining["top_logprobs"] != nil
        draft.move(["temperature", "top_p", "top_logprobs", "parallel_tool_calls"])
        draft.moveOutputLimit(to: "max_output_tokens")
        if wantsLogprobs { draft.put(["message.output_text.logprobs"], at: ["include"]) }
        draft.move("reasoning_effort", to: "reasoning", "effort")
    }

    private static func addText(_ request: ModelRequest, to draft: inout RequestDraft) {
        draft.move("verbosity", to: "text", "verbosity")
        if let written = draft.take("response_format") {
            // Chat Completions puts the schema one level deeper.
            var format = written.object ?? [:]
            if let inner = format["json_schema"]?.object {
                format["json_schema"] = nil
                format = format.merging(inner)
            }
            draft.put(.object(format), at: ["text", "format"])
        } else if let format = request.outputSchema.flatMap(OpenAIOutputFormat.init) {
            draft.put(
                .object((["type": "json_schema"] as JSONObject).merging(format.members)),
                at: ["text", "format"])
        }
    }
}
