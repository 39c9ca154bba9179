import JSON

/// What a judge says of one criterion of a rubric.
struct CriterionVerdict: Sendable, Hashable {
    /// The criterion.
    let criterion: String
    /// What the judge said: `true`, `4`, `"good"`.
    let verdict: JSONValue
    /// Why.
    let reason: String
    /// What that is worth, from 0 to 1.
    let score: Double

    /// Reads the verdict on a criterion from the object that holds it; nil when it is not on the scale.
    init?(on criterion: String, in answer: JSONValue, scale: RubricScale) {
        guard let verdict = answer[scale.key], let score = scale.score(of: verdict) else { return nil }
        self.criterion = criterion
        self.verdict = verdict
        self.score = score
        reason = answer["reason"]?.string ?? ""
    }
}
