public import Evals
import HTTP
import JSON

/// OpenAI's Chat Completions, and the many servers that speak it.
public struct OpenAIChat: DraftedAPI {
    /// Whose server it is.
    public enum Dialect: Sendable, Hashable {
        /// OpenAI itself: knows its own parameters and nothing else.
        case openAI
        /// Azure OpenAI: the same parameters; filters prompts.
        case azure
        /// vLLM, llama.cpp, LiteLLM, OpenRouter, Groq, …: takes what it takes.
        case compatible

        /// The API's name in messages.
        fileprivate var name: String {
            switch self {
            case .openAI: "OpenAI's Chat Completions"
            case .azure: "Azure OpenAI"
            case .compatible: "the server"
            }
        }
    }

    /// Whose server it is.
    let dialect: Dialect
    private let apiVersion: String?

    /// Parameters of OpenAI's that have the same name there.
    private static let parameters = [
        "temperature", "top_p", "stop", "seed", "presence_penalty", "frequency_penalty", "logprobs",
        "top_logprobs", "reasoning_effort", "verbosity", "response_format",
    ]

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
        var body = try draft(request, images).finished()
        if streams {
            body["stream"] = true
            // `extra` may say otherwise, for servers that do not know this.
            if body["stream_options"] == nil { body["stream_options"] = ["include_usage": true] }
        }
        return APICall(path: path("chat/completions", model: request.model.model), body: .object(body))
    }

    /// The path of an operation; on Azure's older interface that of a deployment.
    func path(_ operation: String, model: String) -> String {
        guard dialect == .azure, let apiVersion else { return "/\(operation)" }
        return "/openai/deployments/\(URLPath.encoded(model))/\(operation)?api-version="
            + URLPath.encoded(apiVersion)
    }

    /// The body, and what OpenAI and Azure would reject; what else a compatible server takes is not known.
    func draft(_ request: ModelRequest, _ images: ImageSource) throws(EvaluationError) -> RequestDraft {
        let conversation = Conversation(request.messages)
        let tools = request.tools.map(ToolDefinition.init)
        var draft = RequestDraft(request, api: dialect.name, body: ["model": .string(request.model.model)])
        draft.note(conversation.complaints)
        var messages: [JSONValue] = []
        for step in conversation.steps { messages.append(try Self.json(of: step, images)) }
        draft.put(.array(messages), at: ["messages"])
        let hasOwnFormat = request.parameters["response_format"] != nil
        if dialect != .compatible {
            draft.checkOpenAI(
                request.parameters, tools: tools, schema: hasOwnFormat ? nil : request.outputSchema)
            draft.move(Self.parameters)
            draft.moveOutputLimit(to: "max_completion_tokens")
            Self.addParallelCalls(hasTools: !tools.isEmpty || draft.isExtra("tools"), to: &draft)
        }
        draft.addTools(tools, as: .nested)
        if dialect == .compatible { draft.moveRest() }
        if !hasOwnFormat, let format = request.outputSchema.flatMap(OpenAIOutputFormat.init) {
            draft.put(
                ["type": "json_schema", "json_schema": .object(format.members)], at: ["response_format"])
        }
        draft.close()
        return draft
    }

    private static func addParallelCalls(hasTools: Bool, to draft: inout RequestDraft) {
        guard let parallel = draft.take("parallel_tool_calls") else { return }
        if hasTools {
            draft.put(parallel, at: ["parallel_tool_calls"])
        } else {
            draft.warn("idle-parameter", "'parallel_tool_calls' is not sent: the prompt offers no tools")
        }
    }

    private static func json(
        of step: Conversation.Step, _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        switch step {
        case .message(let message):
            return ["role": .string(message.role.rawValue), "content": try content(of: message, images)]
        case .calls(let message, let calls):
            let isSilent = message.parts.allSatisfy { $0 == .text("") }
            return [
                "role": "assistant", "content": isSilent ? .null : try content(of: message, images),
                "tool_calls": .array(
                    calls.map { call in
                        [
                            "id": .string(call.id), "type": "function",
                            "function": [
                                "name": .string(call.name), "arguments": .string(call.argumentsText),
                            ],
                        ]
                    }),
            ]
        case .result(let call, let message):
            return [
                "role": "tool", "tool_call_id": .string(call.id), "content": try content(of: message, images),
            ]
        }
    }

    /// A text as it is, several parts as a list.
    static func content(of message: Message, _ images: ImageSource) throws(EvaluationError) -> JSONValue {
        if message.parts.count == 1, case .text(let text)? = message.parts.first { return .string(text) }
        var parts: [JSONValue] = []
        for part in message.parts {
            switch part {
            case .text(let text): parts.append(["type": "text", "text": .string(text)])
            case .image(let path, _):
                let url = try images.image(at: path).dataURL
                parts.append(["type": "image_url", "image_url": ["url": .string(url)]])
            }
        }
        return .array(parts)
    }
}
