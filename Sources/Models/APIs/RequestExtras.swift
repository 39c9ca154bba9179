import Evals
import JSON

/// What the APIs do alike with the parameters of a request.
enum RequestExtras {
    /// The body with the members of `parameters.extra`, objects merged into objects.
    static func merged(_ body: JSONObject, _ parameters: JSONObject) -> JSONObject {
        guard let extra = parameters["extra"]?.object else { return body }
        return merged(body, with: extra)
    }

    private static func merged(_ body: JSONObject, with extra: JSONObject) -> JSONObject {
        var merged = body
        for (key, value) in extra {
            if let old = merged[key]?.object, let new = value.object {
                merged[key] = .object(self.merged(old, with: new))
            } else {
                merged[key] = value
            }
        }
        return merged
    }

    /// The complaint about a parameter that an API does not have.
    static func missing(_ parameter: String, in api: String, hint: String? = nil) -> RequestComplaint {
        RequestComplaint(
            "unsupported-parameter", "\(api) has no '\(parameter)'",
            hint: hint ?? "leave it out for this model", isError: true)
    }

    /// Throws the first complaint that makes a request impossible.
    static func check(_ complaints: [RequestComplaint]) throws(EvaluationError) {
        guard let worst = complaints.first(where: \.isError) else { return }
        throw EvaluationError(.provider, worst.message, hint: worst.hint)
    }

    /// `max_completion_tokens`, else `max_tokens`: for APIs with one limit.
    static func tokenLimit(_ parameters: JSONObject) -> JSONValue? {
        parameters["max_completion_tokens"] ?? parameters["max_tokens"]
    }

    /// The complaint about two different limits of tokens where an API has one.
    static func limitComplaint(_ parameters: JSONObject, in api: String) -> RequestComplaint? {
        guard let first = parameters["max_tokens"], let second = parameters["max_completion_tokens"],
            first != second
        else { return nil }
        return RequestComplaint(
            "unsupported-parameter", "\(api) has one limit of tokens, and two different ones are written",
            hint: "leave max_tokens or max_completion_tokens out", isError: true)
    }
}
