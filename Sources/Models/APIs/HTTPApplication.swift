public import Diagnostics
public import Evals
import HTTP
public import JSON
import Templates

/// A whole application under test behind HTTP (kind `http`).
///
/// `base_url` is the full URL. Without `body:` it gets `{"messages": …, "model": …}` and the parameters.
public struct HTTPApplication: ModelAPI {
    /// None: `base_url` says where the application is.
    public let defaultBaseURL: String? = nil
    /// A key, where one is named, is sent as a bearer token.
    public let credential = CredentialPlacement.bearer
    /// None: an application needs a key only where `api_key_env` names one.
    public let usualKeyVariables: [String] = []

    /// The variables of templates in `body`.
    static let variables: Set<String> = [
        "messages", "prompt", "input", "system", "model", "parameters", "sample", "tools", "output_schema",
    ]
    private static let methods = ["POST", "PUT", "GET"]

    private let method: String
    private let body: BodyTemplate?
    private let answer: ApplicationAnswer

    /// Reads the settings of a provider; throws all mistakes in them.
    public init(settings: JSONObject) throws(DiagnosticError) {
        var mistakes: [SettingMistake] = []
        self.init(settings, &mistakes)
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes.map { $0.diagnostic() }) }
    }

    /// What is wrong in the settings of a provider of this kind: methods, templates and paths.
    public static func mistakes(in settings: JSONObject) -> [SettingMistake] {
        var mistakes: [SettingMistake] = []
        _ = HTTPApplication(settings, &mistakes)
        return mistakes
    }

    private init(_ settings: JSONObject, _ mistakes: inout [SettingMistake]) {
        method = settings["method"]?.string ?? "POST"
        if !Self.methods.contains(method) || settings["method"].map({ $0.string == nil }) == true {
            mistakes.append(
                SettingMistake(
                    key: "method", message: "'method' must be one of \(Self.methods.joined(separator: ", "))",
                    hint: "write it in capitals"))
        }
        body = settings["body"].map { BodyTemplate($0, variables: Self.variables, &mistakes) }
        answer = ApplicationAnswer(settings, &mistakes)
    }

    /// The rendered body, sent to the base URL itself.
    public func call(
        for request: ModelRequest, images: ImageSource, streams: Bool
    ) throws(EvaluationError) -> APICall {
        guard !streams else {
            throw EvaluationError(
                .provider, "the answer of an http application is read as a whole",
                hint: "take `stream: true` out of the provider or the model")
        }
        let messages = try Self.messages(request.messages, images)
        guard let body else {
            var plain = RequestDraft(
                request, api: "the application",
                body: ["messages": messages, "model": .string(request.model.model)])
            plain.moveRest()
            plain.close()
            return APICall(method: method, path: "", body: .object(try plain.finished()))
        }
        let prompt = JSONValue.string(request.messages.last { $0.role == .user }?.text ?? "")
        let system = request.messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n")
        let context = TemplateContext([
            "messages": messages, "prompt": prompt, "input": prompt, "system": .string(system),
            "model": .string(request.model.model), "parameters": .object(request.parameters),
            "sample": .integer(request.sample), "tools": .array(request.tools),
            "output_schema": request.outputSchema ?? .null,
        ])
        do throws(TemplateError) {
            return APICall(method: method, path: "", body: try body.rendered(context))
        } catch {
            let place = error.diagnostic.mark.map { " in '\($0.file)'" } ?? ""
            throw EvaluationError(
                .template, "the request\(place): \(error.diagnostic.message)", hint: error.diagnostic.hint)
        }
    }

    /// Tools and parameters that the body has no place for.
    public func complaints(about request: ModelRequest) -> [RequestComplaint] {
        let used = body?.variables ?? ["parameters"]
        var unused: [(String, String)] = []
        if !request.tools.isEmpty, !used.contains("tools") { unused.append(("tools", "tools")) }
        if !request.parameters.isEmpty, !used.contains("parameters") {
            unused.append(("parameters", "parameters (\(request.parameters.keys.joined(separator: ", ")))"))
        }
        return unused.map { name, shown in
            RequestComplaint(
                "not-sent", "the body of the application has no place for the \(shown) of the request",
                hint: "write \"{{ \(name) }}\" into `body:`, or leave them out for this model")
        }
    }

    /// Reads the answer by the paths of the settings.
    public func reply(from response: APIResponse) throws(CallFailure) -> Reply {
        guard (200..<300).contains(response.status) else { throw ErrorBody(response).failure(of: response) }
        guard response.events == nil else {
            throw response.unreadable("the application sent a stream")
        }
        do throws(ApplicationAnswer.Trouble) {
            var reply = try answer.reply(in: response.body)
            reply.requestID = response.requestID
            return reply
        } catch {
            var failure = response.unreadable(error.message)
            failure.hint = error.hint
            throw failure
        }
    }

    /// False: an application is not streamed.
    public func isToken(_ event: ServerSentEvent) -> Bool { false }

    /// The conversation as `{role, content}`, images as data URLs in OpenAI's form.
    private static func messages(
        _ messages: [Message], _ images: ImageSource
    ) throws(EvaluationError) -> JSONValue {
        var items: [JSONValue] = []
        for message in messages {
            // As requests show it, with calls of tools and the ids of their results.
            var item = message.json.object ?? [:]
            item["content"] = .string(message.text)
            if message.parts.contains(where: { if case .image = $0 { true } else { false } }) {
                item["content"] = try OpenAIChat.content(of: message, images)
            }
            items.append(.object(item))
        }
        return .array(items)
    }
}
