import Diagnostics
import JSON

/// What the error responses of providers have in common.
enum ProviderTrouble {
    /// The kind of trouble that a status alone means.
    static func kind(ofStatus status: Int) -> CallFailure.Kind {
        switch status {
        case 401, 403: .authentication
        case 402: .quota
        case 429: .rateLimited
        case 408, 409, 424, 425, 499: .unavailable
        case 400..<500: .rejected
        default: .unavailable
        }
    }

    /// The provider's message, cut to a length that people read; what stands for it when there is none.
    static func message(_ text: String?, of response: APIResponse) -> String {
        if let text, !text.isEmpty { return excerpt(text) }
        let body = TerminalText.excerpt(
            String(decoding: response.body.prefix(2000), as: UTF8.self), limit: 200)
        return body.isEmpty ? "status \(response.status) without a message" : body
    }

    /// A provider's words, cut to a length that people read.
    static func excerpt(_ text: String) -> String { TerminalText.excerpt(text, limit: 500) }

    /// The JSON of a body with a good status.
    static func json(of response: APIResponse) throws(CallFailure) -> JSONValue {
        do {
            return try JSONParser().parse(bytes: response.body)
        } catch {
            throw CallFailure(.unreadable, "the response is no JSON: \(error)", status: response.status)
        }
    }

    /// The data of an event as JSON.
    static func json(of event: ServerSentEvent, status: Int) throws(CallFailure) -> JSONValue {
        do {
            return try JSONParser().parse(event.data)
        } catch {
            throw CallFailure(.unreadable, "an event of the stream is no JSON: \(error)", status: status)
        }
    }

    /// The parameter that a message complains of, when it says that the model does not take it.
    ///
    /// - Parameter names: The names that the API uses, each with the one that files have.
    static func unsupportedParameter(in message: String, names: [(api: String, file: String)]) -> String? {
        let text = message.lowercased()
        let phrases = [
            "deprecated for this model", "not supported", "unsupported", "does not support",
            "doesn't support",
            "isn't supported", "is not allowed", "not permitted", "cannot both be specified", "unknown name",
            "extraneous key", "not available for this model", "is not enabled for",
        ]
        guard phrases.contains(where: text.contains) else { return nil }
        return names.first { text.contains($0.api.lowercased()) }?.file
    }

    /// What to do about a parameter that the model does not take.
    static func hint(toDrop parameter: String) -> String {
        "take '\(parameter)' out of the prompt or the model's parameters"
    }

    /// A number of tokens; 0 when there is none, and at most 10^12, above which it is no count.
    static func count(_ value: JSONValue?) -> Int { min(max(0, value?.integer ?? 0), 1_000_000_000_000) }
}
