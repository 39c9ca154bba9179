public import Evals
import JSON

/// The Responses API of OpenAI, and of servers that speak like it (kind `openai-responses`).
///
/// Facts from the types of OpenAI's Python library, version 3.57.
public struct OpenAIResponses: ModelAPI {
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
        try RequestExtras.check(complaints(about: request))
        var body: JSONObject = ["model": .string(request.model.model)]
        body["input"] = .array(try Self.input(request.messages, images))
        Self.addParameters(request.parameters, to: &body)
        Self.addText(request, to: &body)
        let tools = request.tools.compactMap(ToolDefinition.init)
        if !tools.isEmpty { body["tools"] = .array(tools.map(Self.tool)) }
        if let choice = request.parameters["tool_choice"] {
            body["tool_choice"] = Self.toolChoice(choice, tools)
        }
        if streams { body["stream"] = true }
        return APICall(path: "/responses", body: .object(RequestExtras.merged(body, request.parameters)))
    }

    /// What the API lacks, what the model refuses, and what strict mode rejects.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        let parameters = request.parameters
        var complaints: [RequestComplaint] = []
        let missing = ["seed", "stop", "top_k", "presence_penalty", "frequency_penalty", "thinking"]
        for name in missing where parameters[name] != nil {
            complaints.append(
                RequestExtras.missing(
                    name, in: Self.name,
                    hint: name == "thinking"
                        ? "write reasoning_effort instead"
                        : "leave it out for this model, or use the kind openai (Chat Completions)"))
        }
        if let complaint = RequestExtras.limitComplaint(parameters, in: Self.name) {
            complaints.append(complaint)
        }
        complaints += ConversationTurn.complaints(about: request.messages)
        complaints += OpenAIModelTraits.complaints(
            model: request.model.model, parameters: parameters, renamesMaxTokens: true
        ).filter { complaint in !complaints.contains { $0.message == complaint.message } }
        if let schema = request.outputSchema, parameters["response_format"] == nil {
            complaints += OpenAIOutputFormat.complaints(about: schema)
        }
        for tool in request.tools.compactMap(ToolDefinition.init) where tool.strict == .bool(true) {
            complaints += StrictSchema.complaints(
                about: tool.parameters ?? [:], name: "schema of the tool '\(tool.name)'")
        }
        return complaints
    }

    // MARK: - The request

    private static func input(
        _ messages: [Message], _ images: ImageSource
    ) throws(EvaluationError) -> [JSONValue] {
        var items: [JSONValue] = []
        for turn in ConversationTurn.turns(of: messages) ?? [] {
            switch turn {
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
                        "arguments": .string(ToolCallArguments.text(call.arguments)),
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
                let image = try images.image(at: path)
                parts.append([
                    "type": "input_image",
                    "image_url": .string("data:\(image.mediaType);base64,\(image.base64)"),
                ])
            }
        }
        return .array(parts)
    }

    private static func addParameters(_ parameters: JSONObject, to body: inout JSONObject) {
        for name in ["temperature", "top_p", "top_logprobs", "parallel_tool_calls"] {
            body[name] = parameters[name]
        }
        body["max_output_tokens"] = RequestExtras.tokenLimit(parameters)
        if parameters["logprobs"] == .bool(true) || parameters["top_logprobs"] != nil {
            body["include"] = ["message.output_text.logprobs"]
        }
        if let effort = parameters["reasoning_effort"] { body["reasoning"] = ["effort": effort] }
    }

    private static func addText(_ request: ModelRequest, to body: inout JSONObject) {
        var text: JSONObject = [:]
        if let written = request.parameters["response_format"] {
            // Chat Completions puts the schema one level deeper.
            var format = written.object ?? [:]
            if let inner = format["json_schema"]?.object {
                format["json_schema"] = nil
                format = format.merging(inner)
            }
            text["format"] = .object(format)
        } else if let format = request.outputSchema.flatMap(OpenAIOutputFormat.init) {
            text["format"] = .object((["type": "json_schema"] as JSONObject).merging(format.members))
        }
        text["verbosity"] = request.parameters["verbosity"]
        if !text.isEmpty { body["text"] = .object(text) }
    }

    private static func tool(_ tool: ToolDefinition) -> JSONValue {
        var members = (["type": "function"] as JSONObject).merging(tool.members)
        // The API demands a schema also where there are no arguments.
        if members["parameters"] == nil { members["parameters"] = ["type": "object", "properties": [:]] }
        return .object(members)
    }

    /// `auto`, `none` and `required` as they are, the name of a tool and the spelling of Chat Completions as the API's own.
    private static func toolChoice(_ written: JSONValue, _ tools: [ToolDefinition]) -> JSONValue {
        var name = written["function"]?["name"]
        if let text = written.string, tools.contains(where: { $0.name == text }) { name = written }
        guard let name else { return written }
        return ["type": "function", "name": name]
    }
}
