import HTTP
import JSON

/// Reads the errors of OpenAI and of servers that speak like it.
///
/// Servers differ in `code` (a text, a number, null) and `type`, so the status decides first.
enum OpenAIErrors {
    /// The failure that a response with a status of no success tells.
    static func failure(_ response: APIResponse) -> CallFailure {
        failure(try? JSONParser().parse(bytes: response.body), response)
    }

    /// The failure that a body, a choice or an event with an error tells.
    ///
    /// With a good status the error's own code is the status, where it is one.
    /// - Parameter message: What stands for the error's message when it has none.
    static func failure(
        _ body: JSONValue?, _ response: APIResponse, else message: String? = nil
    ) -> CallFailure {
        let said = ErrorBody(body)
        var failure = said.failure(of: response)
        if said.message == nil, let message { failure.message = message }
        if response.status < 300, let status = said.code.flatMap({ Int($0) }), (400...599).contains(status) {
            failure.status = status
            failure.kind = CallFailure.Kind(status: status)
        }
        let words = [said.code, said.type].compactMap { $0 }
        if let kind = words.lazy.compactMap(kind).first {
            // A gateway's 5xx that speaks of a limit is trouble all the same: the status decides but for these.
            let isOpen = failure.kind == .rejected || (failure.status ?? 0) < 300
            if kind == .quota || isOpen { failure.kind = kind }
        }
        switch failure.kind {
        case .unsupported:
            if let parameter = said.parameter { failure.blame(parameter: parameter) }
        case .rejected:
            if let parameter = said.unsupportedParameter(parameterNames) {
                failure.blame(parameter: parameter)
            }
        default: break
        }
        return failure
    }

    /// Throws when there is an error in a body, a choice or an event.
    static func check(_ body: JSONValue, _ response: APIResponse) throws(CallFailure) {
        if let error = body["error"], !error.isNull { throw failure(body, response) }
    }

    private static func kind(_ word: String) -> CallFailure.Kind? {
        switch word {
        case "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded":
            .quota
        case "unsupported_value", "unsupported_parameter", "unknown_parameter", "unsupported_model":
            .unsupported
        case "rate_limit_exceeded": .rateLimited
        case "invalid_api_key": .authentication
        default:
            word.hasPrefix("invalid_") || word.hasPrefix("image_") || word.hasSuffix("_policy")
                || word.hasSuffix("_policy_violation") ? .rejected : nil
        }
    }

    /// For servers that say in words alone what they do not take.
    private static let parameterNames: [(api: String, file: String)] = [
        "temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty", "top_logprobs", "logprobs",
        "reasoning_effort", "verbosity", "thinking", "parallel_tool_calls", "tool_choice", "response_format",
        "max_completion_tokens", "max_tokens", "seed",
    ].map { ($0, $0) }
}
