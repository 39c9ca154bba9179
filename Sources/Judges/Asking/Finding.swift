import JSON

/// What one judge, asked once, makes of an answer.
struct Finding: Sendable, Hashable {
    /// The measure, from 0 to 1, in the direction that the metric has.
    var measure: Double
    /// Whether the judge itself said that the answer passes; nil where a threshold decides.
    var passes: Bool?
    /// One sentence or several.
    var reason: String
    /// Claims, verdicts, counts: what a person can check.
    var details: JSONObject
    /// The prompts used, each `name@version`.
    var prompts: [String]
    /// True when the order of compared answers changed the preference; nil where nothing is compared.
    var isFlipped: Bool?

    /// Creates a finding.
    init(
        measure: Double, passes: Bool? = nil, reason: String, details: JSONObject = [:],
        prompts: [String] = [], isFlipped: Bool? = nil
    ) {
        self.measure = measure
        self.passes = passes
        self.reason = reason
        self.details = details
        self.prompts = prompts
        self.isFlipped = isFlipped
    }
}
