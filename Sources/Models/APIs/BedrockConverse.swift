public import Evals
import HTTP
import JSON

/// Amazon Bedrock's Converse, one API for the models of many makers.
///
/// Its stream is a binary one, which is not read here: a call that shall stream is made without.
public struct BedrockConverse: DraftedAPI {
    /// Creates the API.
    public init() {}

    /// None: the address has the region in it, `https://bedrock-runtime.REGION.amazonaws.com`.
    public var defaultBaseURL: String? { nil }
    /// A bearer token, or AWS keys with which the request is signed.
    public var credential: CredentialPlacement { .aws }
    /// `AWS_BEARER_TOKEN_BEDROCK`.
    public var usualKeyVariables: [String] { ["AWS_BEARER_TOKEN_BEDROCK"] }

    /// False: its stream is not read here.
    public var canStream: Bool { false }

    /// The body for `/model/ID/converse`.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        let body = try draft(request, images).finished()
        return APICall(
            path: "/model/\(URLPath.encoded(request.model.model))/converse", body: .object(body))
    }

    /// The body, and what Bedrock, or the model's maker, would reject.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = AlternatingConversation(request.messages)
        var draft = RequestDraft(request, api: "Bedrock's Converse API")
        draft.note(conversation.complaints)
        draft.checkUnitTemperature(request.parameters["temperature"])
        draft.checkClaude(request.parameters, endsWithModel: conversation.endsWithModel)
        if !conversation.system.isEmpty {
            draft.put(.array(conversation.system.map { ["text": .string($0)] }), at: ["system"])
        }
        var messages: [JSONValue] = []
        for turn in conversation.turns {
            var content: [JSONValue] = []
            for piece in turn.pieces { content.append(try Self.block(piece, images)) }
            messages.append(["role": turn.isModel ? "assistant" : "user", "content": .array(content)])
        }
        draft.put(.array(messages), at: ["messages"])
        draft.moveOutputLimit(to: "inferenceConfig", "maxTokens")
        draft.move("temperature", to: "inferenceConfig", "temperature")
        draft.move("top_p", to: "inferenceConfig", "topP")
        draft.moveStop(to: "inferenceConfig", "stopSequences")
        draft.move("reasoning_effort", to: "outputConfig", "effort")
        Self.addOwnParameters(of: Maker(request.model.model), to: &draft)
        Self.addTools(request.tools.map(ToolDefinition.init), to: &draft)
        Self.addOutputFormat(request.outputSchema, to: &draft)
        draft.close()
        return draft
    }

    /// Whose model it is, as far as it matters for parameters that Converse itself lacks.
    private enum Maker {
        case anthropic, amazon, other

        init(_ id: String) {
            self = id.contains("anthropic.") ? .anthropic : id.contains("amazon.") ? .amazon : .other
        }
    }

    /// Sends what only the model's maker knows, under the maker's names.
    private static func addOwnParameters(of maker: Maker, to draft: inout RequestDraft) {
        let own = "additionalModelRequestFields"
        let hint = "write the model's own member under `extra: {\(own): {…}}`"
        for (name, amazons) in [("top_k", ["inferenceConfig", "topK"]), ("thinking", ["reasoningConfig"])] {
            guard let value = draft.take(name) else { continue }
            switch maker {
            case .anthropic: draft.put(value, at: [own, name])
            case .amazon: draft.put(value, at: [own] + amazons)
            case .other: draft.refuseParameter(name, hint: hint)
            }
        }
        for name in ["seed", "presence_penalty", "frequency_penalty", "top_logprobs", "verbosity"] {
            if draft.take(name) != nil { draft.refuseParameter(name, hint: hint) }
        }
    }

    private static func addTools(_ tools: [ToolDefinition], to draft: inout RequestDraft) {
        if !tools.isEmpty {
            let list = tools.map { tool -> JSONValue in
                var members = tool.members(schema: "inputSchema")
                members["inputSchema"] = ["json": tool.parameters ?? ["type": "object"]]
                return ["toolSpec": .object(members)]
            }
            draft.put(.array(list), at: ["toolConfig", "tools"])
        }
        draft.checkClaudeTools(tools)
        // That several tools may be called at once is what models do anyway.
        if let parallel = draft.take("parallel_tool_calls"), parallel != true {
            draft.refuseParameter("parallel_tool_calls")
        }
        guard let choice = draft.takeToolChoice(among: tools, or: "toolConfig") else { return }
        let path = ["toolConfig", "toolChoice"]
        if ["auto", "any", "tool"].contains(where: { choice[$0] != nil }) {
            draft.put(choice, at: path)
            return
        }
        switch ToolDemand(choice, tools: tools) {
        case .automatic?: draft.put(["auto": [:]], at: path)
        case .any?: draft.put(["any": [:]], at: path)
        case .tool(let name)?: draft.put(["tool": ["name": .string(name)]], at: path)
        case .none?:
            draft.refuse(
                "unsupported-parameter",
                "\(draft.model) can't take a 'tool_choice' of none: \(draft.api) lacks it",
                hint: "leave the tools out of the prompt")
        case nil: draft.refuseToolChoice(choice)
        }
    }

    private static func addOutputFormat(_ schema: JSONValue?, to draft: inout RequestDraft) {
        if let format = draft.take("response_format") {
            draft.put(format, at: ["outputConfig", "textFormat"])
            return
        }
        guard let schema, draft.accepts(outputSchema: schema) else { return }
        // The schema is sent as a text.
        draft.put(
            [
                "type": "json_schema",
                "structure": [
                    "jsonSchema": [
                        "name": .string(OutputSchema(schema).name),
                        "schema": .string(JSONWriter.compact.text(of: schema)),
                    ]
                ],
            ], at: ["outputConfig", "textFormat"])
        draft.checkSchema(schema, "output_schema", ClaudeModel.schemaSubset, effect: "rejects")
    }

    private static func block(
        _ piece: AlternatingConversation.Piece, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        switch piece {
        case .text(let text): return ["text": .string(text)]
        case .image(let path):
            let image = try images.image(at: path)
            // `image/png` is `png` here.
            let format = image.mediaType.split(separator: "/").last.map(String.init) ?? image.mediaType
            return ["image": ["format": .string(format), "source": ["bytes": .string(image.base64)]]]
        case .call(let call):
            return [
                "toolUse": [
                    "toolUseId": .string(call.id), "name": .string(call.name), "input": call.arguments,
                ]
            ]
        case .result(let call, let parts):
            var content: [JSONValue] = []
            for part in parts {
                switch part {
                case .text(let text): content.append(["text": .string(text)])
                case .image(let path, _): content.append(try block(.image(path: path), images))
                }
            }
            return ["toolResult": ["toolUseId": .string(call.id), "content": .array(content)]]
        }
    }
}
