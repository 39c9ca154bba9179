import Diagnostics
import HTTP
import JSON

/// Reads the error responses of OpenAI and of servers that speak like it.
///
/// Servers differ in `code` (a text, a number, null) and `type`, so the status decides first.
enum OpenAIErrors {
    /// The failure that a response with a status of 400 or more tells.
    static func failure(_ response: APIResponse) -> CallFailure {
        let body = try? JSONParser().parse(bytes: response.body)
        let error = body?["error"]
        let code = text(error?["code"]) ?? text(body?["code"])
        let type = text(error?["type"]) ?? text(body?["type"])
        let message =
            text(error?["message"]) ?? text(body?["message"]) ?? text(body?["detail"]) ?? error?.string
            ?? excerpt(response.body)
        var failure = CallFailure(
            kind(status: response.status, code: code, type: type),
            message.isEmpty
                ? "status \(response.status) without a message" : TerminalText.excerpt(message, limit: 500),
            status: response.status, code: code ?? type,
            requestID: response.headers["x-request-id"] ?? response.headers["request-id"])
        if let parameter = text(error?["param"]), failure.kind == .unsupported {
            failure.hint =
                "take '\(TerminalText.excerpt(parameter, limit: 60))' out of the parameters of the prompt or model"
        }
        return failure
    }

    /// The kind of trouble that a status and the provider's own words mean.
    static func kind(status: Int, code: String?, type: String?) -> CallFailure.Kind {
        let words = [code, type].compactMap { $0 }
        func says(_ texts: String...) -> Bool { words.contains(where: texts.contains) }
        if says("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded") {
            return .quota
        }
        switch status {
        case 401, 403: return .authentication
        case 402: return .quota
        case 429: return .rateLimited
        case 408, 409: return .unavailable
        case 400...499:
            return says(
                "unsupported_value", "unsupported_parameter", "unknown_parameter", "unsupported_model")
                ? .unsupported : .rejected
        default: return .unavailable
        }
    }

    private static func text(_ value: JSONValue?) -> String? {
        switch value {
        case .string(let text)?: text.isEmpty ? nil : text
        case .number(let number)?: number.text
        default: nil
        }
    }

    private static func excerpt(_ body: [UInt8]) -> String {
        TerminalText.excerpt(String(decoding: body.prefix(2000), as: UTF8.self), limit: 200)
    }
}
