import Diagnostics
import HTTP
import JSON

extension APIResponse {
    /// The provider's id of the request, which each gives in a field of its own.
    var requestID: String? {
        let names = [
            "x-request-id", "request-id", "x-amzn-requestid", "x-goog-request-id", "apim-request-id",
        ]
        return names.lazy.compactMap { headers[$0] }.first { !$0.isEmpty }
    }

    /// The beginning of the body for people; nil when it is empty.
    var excerpt: String? {
        let text = TerminalText.excerpt(String(decoding: body.prefix(2000), as: UTF8.self), limit: 200)
        return text.isEmpty ? nil : text
    }

    /// The failure of a response with a good status in which something is missing or wrong.
    ///
    /// - Parameter requestID: The provider's id where the body has it.
    func unreadable(_ message: String, code: String? = nil, requestID: String? = nil) -> CallFailure {
        CallFailure(
            .unreadable, excerpt.map { "\(message): \($0)" } ?? message, status: status, code: code,
            requestID: self.requestID ?? requestID)
    }

    /// The failure of a stream without its end.
    var brokenStream: CallFailure {
        CallFailure(
            .connection, "the stream broke off before its end, after \(events?.count ?? 0) events",
            status: status, requestID: requestID)
    }

    /// The body as a JSON object.
    func object() throws(CallFailure) -> JSONValue {
        let value: JSONValue
        do {
            value = try JSONParser().parse(bytes: body)
        } catch {
            throw unreadable("the response is no JSON (\(error))")
        }
        guard value.object != nil else { throw unreadable("the response is no JSON object") }
        return value
    }

    /// The data of one of its events as a JSON object.
    func object(in event: ServerSentEvent) throws(CallFailure) -> JSONValue {
        if let value = try? JSONParser().parse(event.data), value.object != nil { return value }
        let shown = TerminalText.excerpt(event.data, limit: 200)
        throw CallFailure(
            .unreadable, "an event of the stream is no JSON object: \(shown)", status: status,
            requestID: requestID)
    }
}
