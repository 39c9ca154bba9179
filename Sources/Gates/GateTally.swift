import Evals
import Results

/// What one gate counts in one group.
struct GateTally: Sendable {
    private let metric: GateMetric
    private let filter: GateFilter?
    /// Executions that fall under the gate, skipped ones included.
    private(set) var matched = 0
    /// Those of them that are not skipped: the denominator of `error_rate`.
    private(set) var considered = 0
    /// Those that could not be evaluated.
    private(set) var errored = 0
    /// Those that could not be evaluated and have no answer to measure.
    private(set) var unanswered = 0
    /// Answers without the measured number.
    private(set) var unknown = 0
    /// The units of `pass_rate`.
    private(set) var units = UnitCounter()
    /// The sum of the known scores.
    private(set) var scores = CompensatedSum()
    /// Scores that are known.
    private(set) var scoreCount = 0
    /// Milliseconds or tokens.
    private(set) var measures: MeasureTally
    /// The sum of the known costs.
    private(set) var cost = Money.zero
    /// Answers whose cost, or whose judges' cost, is known.
    private(set) var costCount = 0
    /// Answers that have what is counted: another model's, more than one request, or a recording made anew.
    private(set) var hits = 0
    /// Answers in all.
    private(set) var answers = 0

    /// Creates counters at zero.
    init(_ gate: GateSpecification) {
        metric = gate.metric
        filter = gate.filter
        switch gate.metric {
        case .latency(let statistic), .firstToken(let statistic), .tokens(_, let statistic),
            .speed(let statistic):
            measures = MeasureTally(statistic)
        default: measures = MeasureTally(.mean)
        }
    }

    /// Adds an execution when it falls under the gate; answers whether it does.
    @discardableResult
    mutating func add(_ execution: Execution) -> Bool {
        guard filter?.matches(execution) ?? true else { return false }
        matched += 1
        // A skipped execution decides nothing, a quarantined one neither, whatever it was measured at.
        guard execution.status != .skipped else { return true }
        considered += 1
        if execution.status == .errored {
            errored += 1
            if execution.answer == nil { unanswered += 1 }
        }
        switch metric {
        case .passRate: units.add(execution)
        case .errorRate: break
        case .score(let name): addScore(of: execution, metric: name)
        case .latency: addMeasure(of: execution) { $0.latencyMS }
        case .firstToken: addMeasure(of: execution) { $0.firstTokenMS }
        case .speed: addMeasure(of: execution) { $0.tokensPerSecond }
        case .fallbackRate: addAnswer(of: execution) { $0.fallback != nil }
        case .retryRate: addAnswer(of: execution) { $0.attempts > 1 }
        case .rerolled:
            guard execution.answer != nil else { break }
            answers += 1
            if execution.hasRerolledRecording { hits += 1 }
        case .judgeCost:
            // An answer that nobody was asked about cost nothing to judge.
            guard execution.answer != nil else { break }
            addCost(execution.judging.map(\.cost) ?? .zero)
        case .tokens(let kind, _):
            addMeasure(of: execution) { reply in
                reply.usage.map { usage in
                    switch kind {
                    case "input": Double(usage.inputTokens)
                    case "output": Double(usage.outputTokens)
                    default: Double(usage.inputTokens) + Double(usage.outputTokens)
                    }
                }
            }
        case .cost:
            guard execution.answer != nil else { break }
            addCost(execution.cost)
        }
        return true
    }

    private mutating func addCost(_ amount: Money?) {
        if let amount {
            cost = cost + amount
            costCount += 1
        } else {
            unknown += 1
        }
    }

    private mutating func addMeasure(of execution: Execution, _ measure: (Reply) -> Double?) {
        guard let reply = execution.answer?.reply else { return }
        if let value = measure(reply), value.isFinite { measures.add(value) } else { unknown += 1 }
    }

    private mutating func addAnswer(of execution: Execution, _ isHit: (Reply) -> Bool) {
        guard let reply = execution.answer?.reply else { return }
        answers += 1
        if isHit(reply) { hits += 1 }
    }

    private mutating func addScore(of execution: Execution, metric: String?) {
        guard execution.status != .errored else { return }
        let score = metric.map { Self.score(of: execution.assertions, metric: $0) } ?? execution.score
        guard let score else { return }
        scores.add(score)
        scoreCount += 1
    }

    /// The weighted mean of the scores that count for a metric, inner ones included; nil when there is none.
    ///
    /// Where all weights are 0 the assertions only report, and the plain mean is what they report. An assertion
    /// in quarantine decides nothing and is left out.
    static func score(of assertions: [AssertionResult], metric: String) -> Double? {
        var weighted = CompensatedSum()
        var weights = CompensatedSum()
        var plain = CompensatedSum()
        var count = 0
        func walk(_ results: [AssertionResult]) {
            for result in results where !result.isQuarantined {
                if result.metric == metric {
                    weighted.add(result.score * result.weight)
                    weights.add(result.weight)
                    plain.add(result.score)
                    count += 1
                }
                walk(result.inner)
            }
        }
        walk(assertions)
        guard count > 0 else { return nil }
        return weights.value > 0 ? weighted.value / weights.value : plain.value / Double(count)
    }
}
