public import Evals

/// What judging a number of executions took.
public struct JudgingCounters: Sendable, Hashable {
    /// Calls that were answered, also from recordings.
    public private(set) var calls = 0
    /// Calls that failed.
    public private(set) var failures = 0
    /// The sum of the known costs.
    public private(set) var knownCost = Money.zero
    /// Executions of which the cost of judging is not known.
    public private(set) var unknownCosts = 0
    /// Executions with a recording that was made anew for an unchanged request, with another answer or verdict.
    public private(set) var rerolled = 0

    /// Creates counters at zero.
    public init() {}

    /// What the calls cost; nil when the cost of one is not known.
    public var cost: Money? { unknownCosts == 0 ? knownCost : nil }

    /// Adds an execution.
    mutating func add(_ execution: Execution) {
        if execution.hasRerolledRecording { rerolled += 1 }
        guard let use = execution.judging else { return }
        calls += use.calls
        failures += use.failures
        if let cost = use.cost { knownCost = knownCost + cost } else { unknownCosts += 1 }
    }
}

extension Execution {
    /// True when its answer, or one that judges gave about it, comes from a recording that was made anew for an
    /// unchanged request, with another answer or verdict.
    public var hasRerolledRecording: Bool {
        answer?.isRerolled == true || (judging?.rerolled ?? 0) > 0
    }
}
