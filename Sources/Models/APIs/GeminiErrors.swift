import HTTP
import JSON

/// Reads the error responses of Google's API.
enum GeminiErrors {
    /// The failure that a response with a status of no success tells.
    static func failure(_ response: APIResponse) -> CallFailure {
        let body = try? JSONParser().parse(bytes: response.body)
        // Streams answer an error as a list of one.
        return failure(body?.array?.first ?? body, response)
    }

    /// The failure that a body with `error` tells; `error.code` is a status, which a stream has nowhere else.
    static func failure(_ body: JSONValue?, _ response: APIResponse) -> CallFailure {
        let error = body?["error"]
        let state = error?["status"]?.string
        let details = error?["details"]?.array ?? []
        let said = ErrorBody(body)
        var failure = said.failure(of: response)
        failure.code = state
        if response.status < 300, let status = error?["code"]?.integer, (400...599).contains(status) {
            failure.status = status
            failure.kind = CallFailure.Kind(status: status)
        }
        if let kind = kind(state) { failure.kind = kind }
        failure.retryAfter = details.lazy.compactMap { seconds($0["retryDelay"]?.string) }.first
        let reasons = details.compactMap { $0["reason"]?.string }
        let text = (said.message ?? "").lowercased()
        if reasons.contains("API_KEY_INVALID") || text.contains("api key not valid")
            || text.contains("api key expired")
        {
            failure.kind = .authentication
        } else if isSpent(text, details) || failure.kind != .rateLimited && text.contains("billing") {
            failure.kind = .quota
            failure.retryAfter = nil
        } else if failure.kind == .rejected, let parameter = said.unsupportedParameter(parameterNames) {
            failure.blame(parameter: parameter)
        }
        return failure
    }

    private static func kind(_ state: String?) -> CallFailure.Kind? {
        switch state {
        case "RESOURCE_EXHAUSTED": .rateLimited
        case "UNAUTHENTICATED", "PERMISSION_DENIED": .authentication
        case "UNAVAILABLE", "INTERNAL", "DEADLINE_EXCEEDED", "ABORTED", "CANCELLED", "UNKNOWN": .unavailable
        case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "OUT_OF_RANGE", "UNIMPLEMENTED":
            .rejected
        default: nil
        }
    }

    /// True when waiting some seconds does not help: the day's quota or the money is used up, or there is none.
    ///
    /// The message of every limit speaks of "plan and billing details", so that word says nothing here.
    private static func isSpent(_ said: String, _ details: [JSONValue]) -> Bool {
        let violations = details.flatMap { $0["violations"]?.array ?? [] }
        return violations.contains { violation in
            violation["quotaId"]?.string?.contains("PerDay") == true
                || (violation["quotaValue"]?.string ?? violation["quotaValue"]?.number?.text) == "0"
        } || ["limit: 0,", "credits are depleted", "spending cap"].contains(where: said.contains)
    }

    /// The seconds of `17s` or `1.5s`.
    private static func seconds(_ delay: String?) -> Double? {
        guard let delay, delay.hasSuffix("s"), let value = Double(delay.dropLast()), value.isFinite,
            value >= 0
        else { return nil }
        return value
    }

    private static let parameterNames: [(api: String, file: String)] = [
        ("temperature", "temperature"), ("topP", "top_p"), ("top_p", "top_p"), ("topK", "top_k"),
        ("top_k", "top_k"), ("seed", "seed"), ("presencePenalty", "presence_penalty"),
        ("presence_penalty", "presence_penalty"), ("frequencyPenalty", "frequency_penalty"),
        ("frequency_penalty", "frequency_penalty"), ("penalty", "frequency_penalty"),
        ("logprobs", "logprobs"), ("thinking level", "reasoning_effort"),
        ("thinkingLevel", "reasoning_effort"),
        ("thinking_level", "reasoning_effort"), ("thinking", "thinking"),
        ("response_json_schema", "output_schema"),
        ("responseJsonSchema", "output_schema"), ("response mime type", "output_schema"),
        ("json mode", "output_schema"),
        ("function calling", "tools"), ("system instruction", "system"), ("developer instruction", "system"),
    ]
}
