public import Evals

/// What a number of executions add up to.
public struct Counters: Sendable {
    /// Executions that met every expectation.
    public private(set) var passed = 0
    /// Executions that missed one.
    public private(set) var failed = 0
    /// Executions that could not be evaluated.
    public private(set) var errored = 0
    /// Executions that the author left out.
    public private(set) var skipped = 0
    /// The sum of the known costs of all answers, quarantined ones included.
    public private(set) var knownCost = Money.zero
    /// Answers whose cost is not known.
    public private(set) var unknownCosts = 0
    /// What the run spent for certain: on answers, and on judging them, where the cost is known.
    public private(set) var knownSpent = Money.zero
    /// Executions on which an unknown amount was spent.
    public private(set) var unknownSpendings = 0
    /// Input tokens of all answers that tell.
    public private(set) var inputTokens = 0
    /// Output tokens of all answers that tell.
    public private(set) var outputTokens = 0
    /// What judging took.
    public private(set) var judging = JudgingCounters()
    private var unitCounter = UnitCounter()
    private var scoreSum = 0.0
    private var scores = 0
    private var latencies: [Double] = []
    private let keepsLatencies: Bool

    /// Creates counters at zero.
    public init() { keepsLatencies = true }

    /// Creates counters that may leave latencies out, which take 8 bytes an execution.
    init(keepsLatencies: Bool) { self.keepsLatencies = keepsLatencies }

    /// Adds the next execution of the plan.
    public mutating func add(_ execution: Execution) {
        switch execution.status {
        case .passed: passed += 1
        case .failed: failed += 1
        case .errored: errored += 1
        case .skipped: skipped += 1
        }
        unitCounter.add(execution)
        judging.add(execution)
        if let spent = execution.spent { knownSpent = knownSpent + spent } else { unknownSpendings += 1 }
        if execution.status == .errored {
            scores += 1
        } else if execution.status != .skipped, let score = execution.score {
            scoreSum += score
            scores += 1
        }
        guard let reply = execution.answer?.reply else { return }
        if let cost = execution.cost { knownCost = knownCost + cost } else { unknownCosts += 1 }
        inputTokens = Self.sum(inputTokens, reply.usage?.inputTokens ?? 0)
        outputTokens = Self.sum(outputTokens, reply.usage?.outputTokens ?? 0)
        if keepsLatencies, execution.status != .skipped, let latency = reply.latencyMS {
            latencies.append(latency)
        }
    }

    /// All executions that were added.
    public var executions: Int { passed + failed + errored + skipped }
    /// The units of `pass_rate`.
    public var units: UnitCounter.Count { unitCounter.count }
    /// Passed units of all that are not skipped; nil when there is none.
    public var passRate: Double? { units.rate }
    /// The mean score, an errored execution as 0, skipped ones left out; nil without scores.
    public var meanScore: Double? { scores == 0 ? nil : scoreSum / Double(scores) }
    /// What the answers cost; nil when the cost of one is not known.
    public var cost: Money? { unknownCosts == 0 ? knownCost : nil }
    /// What the run spent; nil when a part of it is not known.
    public var spent: Money? { unknownSpendings == 0 ? knownSpent : nil }
    /// How many answers have a latency, skipped executions left out.
    public var latencyCount: Int { latencies.count }

    /// Milliseconds that these percents of the answers do not exceed, by nearest rank; empty without latencies.
    public func latencies(_ percents: [Double]) -> [Double] {
        let sorted = latencies.sorted()
        return percents.compactMap { NearestRank.percentile($0, of: sorted) }
    }

    /// The sum, held at the largest number when it would be larger.
    private static func sum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflowed) = left.addingReportingOverflow(right)
        return overflowed ? .max : sum
    }
}
