import Diagnostics
import HTTP
import JSON

/// Reads the error responses of servers that have no shape in common.
enum ErrorResponse {
    /// The failure that a response tells whose status is none of success.
    ///
    /// The message is what stands at one of the usual places of a JSON body (`error.message`, `error`, `message`,
    /// `detail`), else the beginning of the body.
    static func failure(_ response: APIResponse) -> CallFailure {
        let body = try? JSONParser().parse(bytes: response.body)
        let error = body?["error"]
        let code = error?["code"]?.string ?? body?["code"]?.string
        let places = [error?["message"], error, body?["message"], body?["detail"]]
        let message =
            places.lazy.compactMap { $0?.string }.first { !$0.isEmpty }
            ?? String(decoding: response.body.prefix(2000), as: UTF8.self)
        let shown = TerminalText.excerpt(message, limit: 500)
        return CallFailure(
            kind(status: response.status),
            shown.isEmpty ? "status \(response.status) without a message" : shown,
            status: response.status, code: code, requestID: response.headers["x-request-id"])
    }

    /// The kind of trouble that a status means.
    static func kind(status: Int) -> CallFailure.Kind {
        switch status {
        case 401, 403: .authentication
        case 402: .quota
        case 408, 409, 500...: .unavailable
        case 429: .rateLimited
        default: .rejected
        }
    }

    /// The failure of a response with a good status in which something is missing or wrong.
    static func unreadable(_ message: String, _ response: APIResponse) -> CallFailure {
        let text = String(decoding: response.body.prefix(1000), as: UTF8.self)
        let shown = TerminalText.excerpt(text, limit: 200)
        return CallFailure(
            .unreadable, shown.isEmpty ? message : "\(message): \(shown)", status: response.status,
            requestID: response.headers["x-request-id"])
    }
}
