import Diagnostics
import JSON

/// What the body of an error response says, at the places where servers put it.
struct ErrorBody {
    /// The sentence: `error.message`, `error`, `message`, `Message` or `detail`; nil when none is there.
    let message: String?
    /// `code`, a number as its digits.
    let code: String?
    /// `type`.
    let type: String?
    /// The parameter that the error is about, where the body names it.
    let parameter: String?

    /// Reads a body; nil: it is no JSON.
    init(_ body: JSONValue?) {
        let error = body?["error"]
        code = Self.text(error?["code"]) ?? Self.text(body?["code"])
        type = Self.text(error?["type"]) ?? Self.text(body?["type"])
        parameter = Self.text(error?["param"])
        message =
            Self.text(error?["message"]) ?? error?.string.flatMap { $0.isEmpty ? nil : $0 }
            ?? ["message", "Message", "detail"].lazy.compactMap { Self.text(body?[$0]) }.first
    }

    /// Reads the body of a response.
    init(_ response: APIResponse) { self.init(try? JSONParser().parse(bytes: response.body)) }

    /// The sentence, cut to a length that people read; the beginning of the body where there is none.
    func sentence(of response: APIResponse) -> String {
        if let message { return TerminalText.excerpt(message, limit: 500) }
        return response.excerpt ?? "status \(response.status) without a message"
    }

    /// The failure that the body tells, of the kind that the status means.
    func failure(of response: APIResponse) -> CallFailure {
        CallFailure(
            CallFailure.Kind(status: response.status), sentence(of: response), status: response.status,
            code: code ?? type, requestID: response.requestID)
    }

    /// The parameter that the sentence complains of, when it says that the model does not take it.
    ///
    /// - Parameter names: The names that the API uses, each with the one that files have.
    func unsupportedParameter(_ names: [(api: String, file: String)]) -> String? {
        let text = (message ?? "").lowercased()
        let phrases = [
            "deprecated for this model", "not supported", "unsupported", "does not support",
            "doesn't support", "isn't supported", "is not allowed", "not permitted",
            "cannot both be specified", "unknown name", "extraneous key", "not available for this model",
            "is not enabled for",
        ]
        guard phrases.contains(where: text.contains) else { return nil }
        return names.first { text.contains($0.api.lowercased()) }?.file
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text.isEmpty ? nil : text
        case .number(let number)?: number.text
        default: nil
        }
    }
}

extension CallFailure {
    /// Makes a rejection one of a parameter that the model does not take, and says what to do about it.
    mutating func blame(parameter: String) {
        kind = .unsupported
        hint = Self.hint(toDrop: TerminalText.excerpt(parameter, limit: 60))
    }

    /// What to do about a parameter that is not taken.
    static func hint(toDrop parameter: String) -> String {
        "take '\(parameter)' out of the parameters of the prompt or the model"
    }
}
