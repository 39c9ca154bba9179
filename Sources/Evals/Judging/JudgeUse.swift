/// What was asked, beside the answer itself, to judge one execution.
public struct JudgeUse: Sendable, Hashable {
    /// Calls that were answered, also from recordings.
    public var calls: Int
    /// Calls that failed.
    public var failures: Int
    /// What the calls cost by the price table; nil when a price is unknown, or a call that failed may have cost something.
    public var cost: Money?
    /// What this run spent on them; nil when that is not known.
    public var spent: Money?
    /// Tokens of the requests, where they are known.
    public var inputTokens: Int
    /// Tokens of the answers, where they are known.
    public var outputTokens: Int
    /// Recordings among them that were made anew for an unchanged request, with another answer.
    public var rerolled: Int
    /// What a person should know of the calls, such as that a recording was found at another place; each once.
    public var notices: [String]

    /// Creates the use of nothing.
    public init(
        calls: Int = 0, failures: Int = 0, cost: Money? = .zero, spent: Money? = .zero, inputTokens: Int = 0,
        outputTokens: Int = 0, rerolled: Int = 0, notices: [String] = []
    ) {
        self.calls = calls
        self.failures = failures
        self.cost = cost
        self.spent = spent
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.rerolled = rerolled
        self.notices = notices
    }
}
