/// What became of a gate.
public struct GateResult: Sendable, Hashable {
    /// What became of a gate.
    public enum Verdict: String, Sendable, Hashable {
        /// The bounds hold.
        case passed
        /// They do not, or would not even if everything unevaluated had passed.
        case failed
        /// Errors left it open, or no value is known.
        case unevaluated
        /// A statistical gate could neither pass nor fail.
        case inconclusive
        /// Nothing that was selected for this run falls under it.
        case notEvaluated = "not-evaluated"
    }

    /// The suite's name.
    public var suite: String
    /// The prompt's reference; nil when the whole suite is pooled.
    public var prompt: String?
    /// The model's name; nil when the whole suite is pooled.
    public var model: String?
    /// The gate.
    public var gate: GateSpecification
    /// True when the model is advisory, so that the gate decides nothing.
    public var isAdvisory: Bool
    /// The value; nil when there is none.
    public var value: Double?
    /// On how many values it rests.
    public var count: Int
    /// What became of it.
    public var verdict: Verdict
    /// One sentence that explains the verdict.
    public var reason: String

    /// Creates a result.
    public init(
        suite: String, prompt: String?, model: String?, gate: GateSpecification, isAdvisory: Bool = false,
        value: Double?, count: Int, verdict: Verdict, reason: String
    ) {
        self.suite = suite
        self.prompt = prompt
        self.model = model
        self.gate = gate
        self.isAdvisory = isAdvisory
        self.value = value
        self.count = count
        self.verdict = verdict
        self.reason = reason
    }

    /// Whether the result counts for the exit code.
    public var decides: Bool { gate.level == .fail && !isAdvisory }
}
