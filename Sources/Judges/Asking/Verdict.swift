import JSON

/// What a judge said to one question.
struct Verdict: Sendable, Hashable {
    /// The value, of the form that was asked for.
    var value: JSONValue
    /// The prompt's name and version, `name@version`.
    var prompt: String
    /// The answer's log probabilities, where the API gives them.
    var logprobs: JSONValue?
}
