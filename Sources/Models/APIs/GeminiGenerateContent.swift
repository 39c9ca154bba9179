public import Evals
import HTTP
import JSON

/// Google's Gemini API, `generateContent`.
public struct GeminiGenerateContent: DraftedAPI {
    /// Creates the API.
    public init() {}

    /// Google's own address.
    public var defaultBaseURL: String? { "https://generativelanguage.googleapis.com/v1beta" }
    /// `x-goog-api-key`.
    public var credential: CredentialPlacement { .header("x-goog-api-key") }
    /// `GEMINI_API_KEY`, else `GOOGLE_API_KEY`.
    public var usualKeyVariables: [String] { ["GEMINI_API_KEY", "GOOGLE_API_KEY"] }

    /// The body for `/models/ID:generateContent`; a stream is asked for as server-sent events.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        let body = try draft(request, images).finished()
        return APICall(
            path: Self.path(
                request.model.model, streams ? "streamGenerateContent?alt=sse" : "generateContent"),
            body: .object(body))
    }

    /// The path of an operation; an id with a slash names its collection itself: `tunedModels/mine`.
    static func path(_ model: String, _ operation: String) -> String {
        let id = model.split(separator: "/", omittingEmptySubsequences: false)
            .map { URLPath.encoded(String($0)) }.joined(separator: "/")
        return "/\(model.contains("/") ? id : "models/\(id)"):\(operation)"
    }

    /// The body, and what Google would reject or ignore.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = AlternatingConversation(request.messages)
        var draft = RequestDraft(request, api: "Google's API")
        draft.note(conversation.complaints)
        draft.checkGemini(request.parameters, endsWithModel: conversation.endsWithModel)
        if !conversation.system.isEmpty {
            let parts = conversation.system.map { text -> JSONValue in ["text": .string(text)] }
            draft.put(.array(parts), at: ["systemInstruction", "parts"])
        }
        let isSigned = GeminiModel(request.model.model)?.wantsSignatures == true
        var contents: [JSONValue] = []
        for turn in conversation.turns {
            contents.append(try Self.json(of: turn, images, isSigned: isSigned))
        }
        draft.put(.array(contents), at: ["contents"])
        Self.addGeneration(to: &draft)
        Self.addThinking(to: &draft)
        Self.addTools(request.tools.map(ToolDefinition.init), to: &draft)
        Self.addOutputFormat(request.outputSchema, to: &draft)
        draft.close()
        return draft
    }

    private static func addGeneration(to draft: inout RequestDraft) {
        draft.moveOutputLimit(to: "generationConfig", "maxOutputTokens")
        draft.moveStop(to: "generationConfig", "stopSequences")
        for (name, member) in [
            ("temperature", "temperature"), ("top_p", "topP"), ("top_k", "topK"), ("seed", "seed"),
            ("presence_penalty", "presencePenalty"), ("frequency_penalty", "frequencyPenalty"),
            ("logprobs", "responseLogprobs"), ("top_logprobs", "logprobs"),
        ] {
            draft.move(name, to: "generationConfig", member)
        }
    }

    private static func addThinking(to draft: inout RequestDraft) {
        let path = ["generationConfig", "thinkingConfig"]
        if let effort = draft.take("reasoning_effort") {
            switch effort.string {
            case "none"?: draft.put(0, at: path + ["thinkingBudget"])
            case let level?: draft.put(.string(level.uppercased()), at: path + ["thinkingLevel"])
            case nil: draft.put(effort, at: path + ["thinkingLevel"])
            }
        }
        if let thinking = draft.take("thinking") { draft.put(thinking, at: path) }
    }

    private static func addTools(_ tools: [ToolDefinition], to draft: inout RequestDraft) {
        if !tools.isEmpty {
            let functions = tools.map { tool -> JSONValue in
                var members = tool.members(schema: "parametersJsonSchema")
                members["strict"] = nil
                return .object(members)
            }
            draft.put([["functionDeclarations": .array(functions)]], at: ["tools"])
        }
        for tool in tools where tool.isStrict {
            draft.warn(
                "ignored-parameter",
                "'strict' of the tool '\(tool.name)' is not sent: \(draft.api) has no such thing")
        }
        // That several tools may be called at once is what this API always does.
        if let parallel = draft.take("parallel_tool_calls"), parallel != true {
            draft.refuseParameter("parallel_tool_calls")
        }
        guard let choice = draft.takeToolChoice(among: tools) else { return }
        if choice["functionCallingConfig"] != nil {
            draft.put(choice, at: ["toolConfig"])
            return
        }
        let path = ["toolConfig", "functionCallingConfig"]
        switch choice["mode"] == nil ? ToolDemand(choice, tools: tools) : nil {
        case .automatic?: draft.put("AUTO", at: path + ["mode"])
        case .none?: draft.put("NONE", at: path + ["mode"])
        case .any?: draft.put("ANY", at: path + ["mode"])
        case .tool(let name)?:
            draft.put(["mode": "ANY", "allowedFunctionNames": [.string(name)]], at: path)
        case nil where choice["mode"] != nil: draft.put(choice, at: path)
        case nil: draft.refuseToolChoice(choice)
        }
    }

    private static func addOutputFormat(_ schema: JSONValue?, to draft: inout RequestDraft) {
        if let format = draft.take("response_format") {
            if format["type"] != nil {
                draft.refuse(
                    "parameter-range", "\(draft.model) can't take a 'response_format' of \(format)",
                    hint:
                        "write members of Google's generationConfig, such as {responseMimeType: application/json}"
                )
            }
            draft.put(format, at: ["generationConfig"])
            return
        }
        guard let schema, draft.accepts(outputSchema: schema) else { return }
        draft.put("application/json", at: ["generationConfig", "responseMimeType"])
        draft.put(schema, at: ["generationConfig", "responseJsonSchema"])
        draft.checkSchema(schema, "output_schema", GeminiModel.schemaSubset, effect: "ignores")
    }

    private static func json(
        of turn: AlternatingConversation.Turn, _ images: ImageSource, isSigned: Bool
    ) throws(EvaluationError) -> JSONValue {
        var parts: [JSONValue] = []
        var isFirstCall = true
        for piece in turn.pieces {
            switch piece {
            case .text(let text): parts.append(["text": .string(text)])
            case .image(let path): parts.append(try inlineImage(path, images))
            case .call(let call):
                var part: JSONObject = [
                    "functionCall": [
                        "id": .string(call.id), "name": .string(call.name), "args": call.arguments,
                    ]
                ]
                // The word that Google's documentation gives for calls that the model did not make itself.
                if isSigned, isFirstCall { part["thoughtSignature"] = "skip_thought_signature_validator" }
                isFirstCall = false
                parts.append(.object(part))
            case .result(let call, let content):
                var result: JSONObject = ["id": .string(call.id), "name": .string(call.name)]
                let text = Message(role: .tool, parts: content).text
                let value = try? JSONParser().parse(text)
                result["response"] = value?.object == nil ? ["output": value ?? .string(text)] : value
                var inner: [JSONValue] = []
                for case .image(let path, _) in content { inner.append(try inlineImage(path, images)) }
                if !inner.isEmpty { result["parts"] = .array(inner) }
                parts.append(["functionResponse": .object(result)])
            }
        }
        return ["role": turn.isModel ? "model" : "user", "parts": .array(parts)]
    }

    private static func inlineImage(
        _ path: String, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        let image = try images.image(at: path)
        return ["inlineData": ["mimeType": .string(image.mediaType), "data": .string(image.base64)]]
    }
}
