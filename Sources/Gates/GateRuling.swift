import Evals
import Results

/// The verdict on one gate in one group, and why.
///
/// Errors say nothing about quality, so they are taken as open: each could have turned out best or worst.
///
/// - `pass_rate` and scores: an errored execution counts as not passed, with score 0, in the value. The bounds
///   are checked against the two ends of what is possible: every errored unit passed with score 1, or none with
///   score 0. In bounds at both ends: `passed`. Out of bounds at both ends of the same bound: `failed`. Else
///   `unevaluated`. So `max` does not profit from errors, and an error that a written `error_rate` gate tolerates
///   does no harm as long as `min` holds without it.
/// - `error_rate` is known exactly; out of bounds is `unevaluated`.
/// - `latency_ms`, `ttft_ms`, `tokens` and `tokens_per_second` are defined over answered executions: in bounds is `passed`. Out of
///   bounds is `failed` only when it would be so with every unanswered execution at its best (0 for `max`, as
///   large as wanted for `min`), else `unevaluated`. Single unknown numbers are left out, but a sum with unknown
///   parts is unknown.
/// - `fallback_rate` and `retry_rate` are shares of answered executions, judged like these: out of bounds is `failed`
///   only when no outcome of the unanswered ones could mend it, and without any answer there is nothing to judge.
/// - `cost_usd` and `judge_cost_usd` are sums: unknown as soon as one price is, and `failed` when what is known exceeds
///   `max` already.
/// - `rerolled` is a number of answered executions: in bounds is `passed`, since what was not answered froze no luck.
struct GateRuling {
    /// The value; nil when there is none.
    private(set) var value: Double?
    /// On how many values it rests.
    private(set) var count = 0
    /// What became of the gate.
    private(set) var verdict: GateResult.Verdict
    /// One sentence.
    private(set) var reason: String

    private let gate: GateSpecification

    /// Judges what was counted.
    init(_ gate: GateSpecification, _ tally: GateTally, isNarrowed: Bool) {
        self.gate = gate
        verdict = .unevaluated
        reason = ""
        guard tally.considered > 0 else {
            if isNarrowed { verdict = .notEvaluated }
            reason =
                tally.matched == 0
                ? "nothing in this run falls under the gate"
                : "all \(tally.matched) executions under the gate are skipped"
            return
        }
        switch gate.metric {
        case .passRate: judgePassRate(tally)
        case .errorRate: judgeErrorRate(tally)
        case .score: judgeScore(tally)
        case .latency(let statistic), .firstToken(let statistic), .tokens(_, let statistic),
            .speed(let statistic):
            judgeMeasures(tally, statistic)
        case .fallbackRate: judgeShare(tally, "that came from a fallback")
        case .retryRate: judgeShare(tally, "that took more than one request")
        case .cost: judgeCost(tally, unknown: "the price of \(tally.unknown) answers is unknown")
        case .judgeCost:
            judgeCost(tally, unknown: "what it cost to judge \(tally.unknown) answers is unknown")
        case .rerolled: judgeRerolled(tally)
        }
    }

    private mutating func judgePassRate(_ tally: GateTally) {
        let units = tally.units.count
        count = units.total
        value = units.rate
        let total = Double(max(1, units.total))
        let basis = "\(units.passed) of \(units.total) passed"
        judge(
            lowest: Double(units.passed) / total, highest: Double(units.passed + units.open) / total, basis,
            open: units.open)
    }

    private mutating func judgeScore(_ tally: GateTally) {
        count = tally.scoreCount + tally.errored
        guard count > 0 else {
            reason = "no execution has this score"
            return
        }
        let lowest = tally.scores.value / Double(count)
        let highest = (tally.scores.value + Double(tally.errored)) / Double(count)
        value = lowest
        judge(lowest: lowest, highest: highest, "mean of \(Self.values(count))", open: tally.errored)
    }

    /// Judges a value of which errors leave open where between two ends it is.
    private mutating func judge(lowest: Double, highest: Double, _ basis: String, open: Int) {
        let errors = open == 0 ? "" : "; \(open) could not be evaluated"
        let isBelow = gate.min.map { highest < $0 } ?? false
        let isAbove = gate.max.map { lowest > $0 } ?? false
        let holds = (gate.min.map { lowest >= $0 } ?? true) && (gate.max.map { highest <= $0 } ?? true)
        if isBelow || isAbove {
            verdict = .failed
            let certainly =
                open == 0 ? "" : ", and would be with any outcome of the \(open) that could not be evaluated"
            reason = "\(basis), \(comparison(lowest) ?? comparison(highest) ?? "out of bounds")\(certainly)"
        } else if holds {
            verdict = .passed
            reason = "\(basis) (\(GateNumber.text(lowest)))\(errors)"
        } else {
            let range = "between \(GateNumber.text(lowest)) and \(GateNumber.text(highest))"
            reason = "\(basis)\(errors), so that the value may be anything \(range)"
        }
    }

    private mutating func judgeErrorRate(_ tally: GateTally) {
        count = tally.considered
        let rate = Double(tally.errored) / Double(tally.considered)
        value = rate
        reason = "\(tally.errored) of \(tally.considered) could not be evaluated"
        if let broken = comparison(rate) { reason += ", \(broken)" } else { verdict = .passed }
    }

    private mutating func judgeMeasures(_ tally: GateTally, _ statistic: GateMetric.Statistic) {
        count = tally.measures.count
        guard let measured = tally.measures.value else {
            reason =
                tally.unknown == 0
                ? "no execution was answered" : "none of \(tally.unknown) answers tells this number"
            return
        }
        var basis = "\(statistic) of \(Self.values(count))"
        if case .percentile(let percent) = statistic { basis += Self.caution(percent, count: count) }
        let isSum = statistic == .sum
        if !isSum || tally.unknown == 0 { value = measured }
        judgeKnown(
            measured, basis, unknownParts: isSum ? tally.unknown : 0,
            highest: tally.measures.value(adding: tally.unanswered, atTop: true),
            lowest: tally.measures.value(adding: tally.unanswered, atTop: false),
            unanswered: tally.unanswered)
    }

    private mutating func judgeShare(_ tally: GateTally, _ what: String) {
        count = tally.answers
        guard tally.answers > 0 else {
            reason = "no execution was answered"
            return
        }
        let rate = Double(tally.hits) / Double(tally.answers)
        let all = Double(tally.answers + tally.unanswered)
        value = rate
        judgeKnown(
            rate, "share of \(Self.answers(tally.answers)) \(what)", unknownParts: 0,
            highest: Double(tally.hits + tally.unanswered) / all, lowest: Double(tally.hits) / all,
            unanswered: tally.unanswered)
    }

    private mutating func judgeRerolled(_ tally: GateTally) {
        count = tally.answers
        guard tally.answers > 0 else {
            reason = "no execution was answered"
            return
        }
        let number = Double(tally.hits)
        value = number
        judgeKnown(
            number, "re-rolled recordings behind \(Self.answers(tally.answers))", unknownParts: 0,
            highest: Double(tally.hits + tally.unanswered), lowest: number, unanswered: tally.unanswered)
    }

    private mutating func judgeCost(_ tally: GateTally, unknown: String) {
        count = tally.costCount
        guard tally.costCount > 0 else {
            reason = tally.unknown == 0 ? "no execution was answered" : unknown
            return
        }
        let sum = tally.cost.usd
        if tally.unknown == 0 { value = sum }
        judgeKnown(
            sum, "sum of \(Self.values(count))", unknownParts: tally.unknown,
            highest: tally.unanswered > 0 ? .infinity : sum, lowest: sum, unanswered: tally.unanswered)
    }

    /// Judges a number over answered executions; `lowest` and `highest` are what it could be had all answered.
    private mutating func judgeKnown(
        _ known: Double, _ basis: String, unknownParts: Int, highest: Double, lowest: Double, unanswered: Int
    ) {
        if unknownParts > 0 {
            // A sum of numbers of which none is negative can only grow.
            if let most = gate.max, known > most {
                verdict = .failed
                reason = "\(basis), \(comparison(known) ?? ""); \(unknownParts) more are unknown"
            } else {
                reason = "\(basis) is \(GateNumber.text(known)); \(unknownParts) more are unknown"
            }
            return
        }
        guard let broken = comparison(known) else {
            verdict = .passed
            reason = "\(basis) is \(GateNumber.text(known))"
            return
        }
        reason = "\(basis), \(broken)"
        let isBelow = gate.min.map { highest < $0 } ?? false
        let isAbove = gate.max.map { lowest > $0 } ?? false
        if isBelow || isAbove {
            verdict = .failed
        } else {
            reason += "; \(unanswered) were not answered, which could change that"
        }
    }

    /// For example `0.75 is below the minimum 0.95`; nil when the value is in bounds.
    private func comparison(_ value: Double) -> String? {
        if let least = gate.min, value < least {
            return "\(GateNumber.text(value, bound: least)) is below the minimum \(GateNumber.text(least))"
        }
        if let most = gate.max, value > most {
            return "\(GateNumber.text(value, bound: most)) is above the maximum \(GateNumber.text(most))"
        }
        return nil
    }

    private static func values(_ count: Int) -> String { count == 1 ? "1 value" : "\(count) values" }

    private static func answers(_ count: Int) -> String { count == 1 ? "1 answer" : "\(count) answers" }

    /// What to say of a percentile of too few values.
    private static func caution(_ percent: Double, count: Int) -> String {
        guard let needed = NearestRank.countForConfidence(percent), count < needed else { return "" }
        return " (95% confidence needs at least \(needed))"
    }
}
