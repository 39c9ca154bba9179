public import Evals
import HTTP
import JSON

/// Anthropic's Messages API.
public struct AnthropicMessages: DraftedAPI {
    /// Creates the API.
    public init() {}

    /// Anthropic's own address.
    public var defaultBaseURL: String? { "https://api.anthropic.com/v1" }
    /// `x-api-key`.
    public var credential: CredentialPlacement { .header("x-api-key") }
    /// `ANTHROPIC_API_KEY`.
    public var usualKeyVariables: [String] { ["ANTHROPIC_API_KEY"] }

    /// The body for `/messages`.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        var body = try draft(request, images).finished()
        guard body["max_tokens"] != nil else {
            throw EvaluationError(
                .provider, "\(request.model.model) needs 'max_tokens', which its API demands",
                hint: "add `parameters: {max_tokens: …}` to the prompt or the model")
        }
        if streams { body["stream"] = true }
        return APICall(path: "/messages", body: .object(body), headers: ["anthropic-version": "2023-06-01"])
    }

    /// The body; that `max_tokens` is there is checked with the plan already.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = AlternatingConversation(request.messages)
        var draft = RequestDraft(
            request, api: "Anthropic's API", body: ["model": .string(request.model.model)])
        draft.note(conversation.complaints)
        draft.checkUnitTemperature(request.parameters["temperature"])
        draft.checkClaude(request.parameters, endsWithModel: conversation.endsWithModel)
        Self.addSystem(conversation.system, to: &draft)
        var messages: [JSONValue] = []
        for turn in conversation.turns { messages.append(try Self.json(of: turn, images)) }
        draft.put(.array(messages), at: ["messages"])
        draft.moveOutputLimit(to: "max_tokens")
        draft.move("temperature", to: "temperature")
        draft.move("top_p", to: "top_p")
        draft.move("top_k", to: "top_k")
        draft.moveStop(to: "stop_sequences")
        Self.addReasoning(to: &draft)
        Self.addTools(request.tools.map(ToolDefinition.init), to: &draft)
        Self.addOutputFormat(request.outputSchema, to: &draft)
        draft.close()
        return draft
    }

    private static func addSystem(_ texts: [String], to draft: inout RequestDraft) {
        if texts.count == 1 {
            draft.put(.string(texts[0]), at: ["system"])
        } else if !texts.isEmpty {
            draft.put(.array(texts.map { textBlock($0) }), at: ["system"])
        }
    }

    private static func addReasoning(to draft: inout RequestDraft) {
        if let effort = draft.take("reasoning_effort") {
            draft.put(effort, at: ["output_config", "effort"])
            let known = ["low", "medium", "high", "xhigh", "max"]
            if !known.contains(effort.string ?? "") {
                draft.warn(
                    "parameter-range",
                    "\(draft.model) knows no 'reasoning_effort' of \(effort)",
                    hint:
                        "write \(known.joined(separator: ", ")); `thinking: {type: disabled}` turns thinking off"
                )
            }
        }
        guard let thinking = draft.take("thinking") else { return }
        draft.put(thinking, at: ["thinking"])
        guard thinking["type"]?.string == "enabled" else { return }
        let limit = draft.body["max_tokens"]?.integer ?? .max
        if let budget = thinking["budget_tokens"]?.integer, budget < 1024 || budget >= limit {
            draft.warn(
                "parameter-range",
                "\(draft.model) rejects a thinking budget of \(budget) tokens: it is 1024 at least and below 'max_tokens'"
            )
        }
        for name in ["temperature", "top_k"] {
            if let value = draft.body[name], name != "temperature" || value != 1 {
                draft.warn("conflicting-parameters", "\(draft.model) rejects '\(name)' beside 'thinking'")
            }
        }
    }

    private static func addTools(_ tools: [ToolDefinition], to draft: inout RequestDraft) {
        if !tools.isEmpty {
            draft.put(
                .array(
                    tools.map { tool in
                        var members = tool.members(schema: "input_schema")
                        if tool.parameters == nil { members["input_schema"] = ["type": "object"] }
                        return .object(members)
                    }), at: ["tools"])
        }
        draft.checkClaudeTools(tools)
        let hasTools = !tools.isEmpty || draft.isExtra("tools")
        let choice = draft.take("tool_choice")
        let parallel = draft.take("parallel_tool_calls")
        if !hasTools, choice != nil || parallel != nil {
            draft.warn(
                "idle-parameter",
                "'\(choice != nil ? "tool_choice" : "parallel_tool_calls")' is not sent: the prompt offers no tools"
            )
            return
        }
        if let choice {
            guard let value = toolChoice(choice, tools) else {
                draft.refuseToolChoice(choice)
                return
            }
            draft.put(value, at: ["tool_choice"])
        }
        guard let parallel = parallel?.bool, draft.body["tool_choice"]?["type"] != "none" else { return }
        if choice == nil { draft.put("auto", at: ["tool_choice", "type"]) }
        draft.put(.bool(!parallel), at: ["tool_choice", "disable_parallel_tool_use"])
    }

    private static func toolChoice(_ written: JSONValue, _ tools: [ToolDefinition]) -> JSONValue? {
        if let type = written["type"]?.string, ["auto", "any", "tool", "none"].contains(type) {
            return written
        }
        switch ToolDemand(written, tools: tools) {
        case .automatic?: return ["type": "auto"]
        case .none?: return ["type": "none"]
        case .any?: return ["type": "any"]
        case .tool(let name)?: return ["type": "tool", "name": .string(name)]
        case nil: return nil
        }
    }

    private static func addOutputFormat(_ schema: JSONValue?, to draft: inout RequestDraft) {
        if let format = draft.take("response_format") {
            draft.put(format, at: ["output_config", "format"])
            return
        }
        guard let schema, draft.accepts(outputSchema: schema) else { return }
        draft.put(["type": "json_schema", "schema": schema], at: ["output_config", "format"])
        draft.checkSchema(schema, "output_schema", ClaudeModel.schemaSubset, effect: "rejects")
    }

    private static func json(
        of turn: AlternatingConversation.Turn, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        let role: JSONValue = turn.isModel ? "assistant" : "user"
        if turn.pieces.count == 1, case .text(let text)? = turn.pieces.first {
            return ["role": role, "content": .string(text)]
        }
        var blocks: [JSONValue] = []
        for piece in turn.pieces { blocks.append(try block(piece, images)) }
        return ["role": role, "content": .array(blocks)]
    }

    private static func block(
        _ piece: AlternatingConversation.Piece, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        switch piece {
        case .text(let text): return textBlock(text)
        case .image(let path):
            let image = try images.image(at: path)
            return [
                "type": "image",
                "source": [
                    "type": "base64", "media_type": .string(image.mediaType), "data": .string(image.base64),
                ],
            ]
        case .call(let call):
            return [
                "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
                "input": call.arguments,
            ]
        case .result(let call, let parts):
            var content: [JSONValue] = []
            for part in parts {
                switch part {
                case .text(let text): content.append(textBlock(text))
                case .image(let path, _): content.append(try block(.image(path: path), images))
                }
            }
            let isText = parts.count == 1 && content[0]["text"] != nil
            return [
                "type": "tool_result", "tool_use_id": .string(call.id),
                "content": isText ? content[0]["text"] ?? "" : .array(content),
            ]
        }
    }

    private static func textBlock(_ text: String) -> JSONValue { ["type": "text", "text": .string(text)] }
}
