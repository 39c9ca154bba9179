public import Evals

/// Judges the gates of a run from its executions, with counters only.
///
/// A gate is judged for each prompt × model; those of advisory models are shown and decide nothing. With
/// `over: suite` the suite is pooled without its advisory models.
public struct GateJudge: Sendable {
    /// The groups of one suite and the counters of its gates.
    private struct Suite: Sendable {
        let name: String
        let gates: [GateSpecification]
        var groups: [GateGroup] = []
        var places: [String: [String: Int]] = [:]
        /// Counters by gate, then by group; those of a pooling gate have one element.
        var tallies: [[GateTally]]

        init(_ list: SuiteGates) {
            name = list.suite
            gates = list.gates
            tallies = gates.map { $0.over == .suite ? [GateTally($0)] : [] }
        }

        mutating func place(of group: GateGroup) -> Int {
            if let place = places[group.prompt]?[group.model] { return place }
            let place = groups.count
            places[group.prompt, default: [:]][group.model] = place
            groups.append(group)
            for (index, gate) in gates.enumerated() where gate.over == .each {
                tallies[index].append(GateTally(gate))
            }
            return place
        }
    }

    private let isNarrowed: Bool
    private var suites: [Suite] = []
    private var places: [String: Int] = [:]

    /// Errored executions of models that decide which no `error_rate` gate of their suite looks at, since all
    /// have a `where` that leaves them out: nothing tolerates them.
    public private(set) var untoleratedErrors = 0

    /// Creates a judge.
    ///
    /// - Parameters:
    ///   - suites: The suites in the plan's order with their complete lists of gates.
    ///   - groups: Every prompt × model of the full plan, also those that the selection leaves out, in order.
    ///   - isNarrowed: Whether an option such as `--case` leaves something out.
    public init(suites: [SuiteGates], groups: [GateGroup], isNarrowed: Bool) {
        self.isNarrowed = isNarrowed
        for list in suites where places[list.suite] == nil {
            places[list.suite] = self.suites.count
            self.suites.append(Suite(list))
        }
        for group in groups {
            guard let place = places[group.suite] else { continue }
            _ = self.suites[place].place(of: group)
        }
    }

    /// Adds the next execution of the plan.
    public mutating func add(_ execution: Execution) {
        guard let place = places[execution.suite] else {
            if execution.status == .errored, !execution.isAdvisory { untoleratedErrors += 1 }
            return
        }
        let group = suites[place].place(
            of: GateGroup(
                suite: execution.suite, prompt: execution.prompt, model: execution.model,
                isAdvisory: execution.isAdvisory))
        var isLookedAt = false
        for index in suites[place].gates.indices {
            let gate = suites[place].gates[index]
            if gate.over == .suite, execution.isAdvisory { continue }
            let isMatch = suites[place].tallies[index][gate.over == .suite ? 0 : group].add(execution)
            if isMatch, gate.metric == .errorRate { isLookedAt = true }
        }
        if execution.status == .errored, !execution.isAdvisory, !isLookedAt { untoleratedErrors += 1 }
    }

    /// The results in the order suite, gate, group; at least one for each gate that somebody wrote.
    ///
    /// - Parameter isCutShort: Whether the run ended before all executions had results, so that no gate can be
    ///   said to have passed, or to have had nothing to judge.
    public func finish(isCutShort: Bool = false) -> [GateResult] {
        let judged = suites.flatMap { suite in
            suite.gates.indices.flatMap { results(of: suite, gate: $0) }
        }
        return isCutShort ? judged.map(Self.leftOpen) : judged
    }

    /// The result as it is when the executions it rests on may not be all.
    private static func leftOpen(_ result: GateResult) -> GateResult {
        guard result.verdict == .passed || result.verdict == .notEvaluated else { return result }
        var open = result
        open.verdict = .unevaluated
        open.reason += "; the run ended before all executions had results"
        return open
    }

    private func results(of suite: Suite, gate index: Int) -> [GateResult] {
        let gate = suite.gates[index]
        let tallies = suite.tallies[index]
        if gate.over == .suite {
            return tallies.map { result(gate, $0, suite: suite.name, group: nil) }
        }
        let matchesSomething = tallies.contains { $0.matched > 0 }
        let results = zip(suite.groups, tallies).compactMap { group, tally -> GateResult? in
            if tally.matched == 0, gate.filter != nil {
                // What the filter leaves out by its prompt or model is no gap, nor, in a full run, is a group
                // without a case that fits, as long as the gate judges another group.
                if matchesSomething, !isNarrowed || !group.mayMatch(gate.filter) { return nil }
                if !matchesSomething, !group.mayMatch(gate.filter) { return nil }
            }
            return result(gate, tally, suite: suite.name, group: group)
        }
        // What somebody wrote is never passed over in silence.
        if results.isEmpty, !gate.isImplied {
            return [result(gate, GateTally(gate), suite: suite.name, group: nil)]
        }
        return results
    }

    private func result(
        _ gate: GateSpecification, _ tally: GateTally, suite: String, group: GateGroup?
    ) -> GateResult {
        let ruling = GateRuling(gate, tally, isNarrowed: isNarrowed)
        return GateResult(
            suite: suite, prompt: group?.prompt, model: group?.model, gate: gate,
            isAdvisory: group?.isAdvisory ?? false, value: ruling.value, count: ruling.count,
            verdict: ruling.verdict, reason: ruling.reason)
    }
}
