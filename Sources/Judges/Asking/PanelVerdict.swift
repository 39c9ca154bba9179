import Assertions
import Evals
import JSON

/// The vote of a panel on its findings.
struct PanelVerdict: Sendable {
    /// Who judged.
    let panel: JudgePanel
    /// What decides about each finding.
    let rule: JudgedAssertion.Rule
    /// Whether the assertion has a `not-`, which turns each vote before they are counted.
    ///
    /// Were the outcome turned in place of the votes, judges that disagree would pass what none of them is sure of.
    var isNegated = false
    /// One finding of each judge and repeat, in order; never empty.
    let findings: [Finding]

    /// What the vote makes of the answer.
    ///
    /// The score is higher for better answers in every metric: 1 − measure where less is better.
    func judgement(
        expected: String, actual: String, instrument: JudgeInstrument
    ) throws(EvaluationError) -> Judgement {
        guard !findings.isEmpty, findings.allSatisfy({ $0.measure.isFinite }) else {
            throw EvaluationError(.judge, "the judges gave no verdict")
        }
        let votes = try findings.map { (finding) throws(EvaluationError) in try passes(finding) }
        let mean = findings.reduce(0) { $0 + $1.measure } / Double(findings.count)
        let passed = try passes(votes, mean: mean)
        var stamp = JudgeStamp(
            models: instrument.models, prompts: distinct(findings.flatMap(\.prompts)),
            instrument: instrument.sha256, calibration: instrument.calibration?.file, votes: votes)
        if findings.contains(where: { $0.isFlipped != nil }) {
            stamp.isFlipped = findings.contains { $0.isFlipped == true }
        }
        let score = if case .atMost = rule { 1 - mean } else { mean }
        return Judgement(
            passed: passed, score: score, reason: reason(votes, passed: passed, mean: mean),
            expected: Excerpt.display(expected), actual: Excerpt.display(actual), details: details(votes),
            stamp: stamp)
    }

    private func passes(_ finding: Finding) throws(EvaluationError) -> Bool {
        switch rule {
        case .verdict:
            guard let passes = finding.passes else {
                throw EvaluationError(.judge, "a judge did not say whether the answer passes")
            }
            return passes
        case .atLeast(let limit): return Threshold.isReached(limit, by: finding.measure)
        case .atMost(let limit): return Threshold.isReached(-limit, by: -finding.measure)
        }
    }

    /// Whether the panel passes the answer before `not-` turns that round: there, unless it passes the opposite.
    private func passes(_ votes: [Bool], mean: Double) throws(EvaluationError) -> Bool {
        switch panel.vote {
        case .all: return isNegated ? votes.contains(true) : votes.allSatisfy(\.self)
        // An even split is no majority, neither for the answer nor, under `not-`, against it.
        case .majority:
            let passes = votes.count(where: \.self) * 2
            return isNegated ? passes >= votes.count : passes > votes.count
        case .mean:
            // One number for all judges: `not-` holds where it does not reach the limit.
            switch rule {
            // The votes' mean, not that of the measures: half of the criteria met is no pass of any judge.
            case .verdict: return votes.count(where: \.self) * 2 >= votes.count
            case .atLeast(let limit): return Threshold.isReached(limit, by: mean)
            case .atMost(let limit): return Threshold.isReached(-limit, by: -mean)
            }
        }
    }

    private func reason(_ votes: [Bool], passed: Bool, mean: Double) -> String {
        let measure = Threshold.text((mean * 10_000).rounded() / 10_000)
        var parts: [String] = []
        switch rule {
        case .verdict: break
        case .atLeast(let limit):
            parts.append(
                "the score \(measure) \(Threshold.isReached(limit, by: mean) ? "reaches" : "is below") the threshold "
                    + Threshold.text(limit)
            )
        case .atMost(let limit):
            parts.append(
                "\(measure) is \(Threshold.isReached(-limit, by: -mean) ? "at most" : "more than") "
                    + "\(Threshold.text(limit)) (lower is better)"
            )
        }
        if votes.count > 1 { parts.append("\(votes.count(where: \.self)) of \(votes.count) judges pass it") }
        // The words of one who voted with the panel.
        let spoken = zip(findings, votes).first { $0.1 == passed }?.0 ?? findings.first
        if let words = spoken?.reason, !words.isEmpty { parts.append(words) }
        return parts.joined(separator: ": ")
    }

    private func details(_ votes: [Bool]) -> JSONValue {
        guard findings.count > 1 else { return .object(findings[0].details) }
        let seats = (0..<panel.repetition).flatMap { _ in panel.models }
        let list = zip(zip(findings, votes), seats).map { pair, seat -> JSONValue in
            var members: JSONObject = [
                "judge": .string(seat), "passed": .bool(pair.1), "measure": .double(pair.0.measure),
                "reason": .string(pair.0.reason),
            ]
            if !pair.0.details.isEmpty { members["details"] = .object(pair.0.details) }
            return .object(members)
        }
        let passes = votes.count(where: \.self)
        return [
            "vote": .string(panel.vote.rawValue), "panel": .array(list),
            "disagreement": .double(Double(min(passes, votes.count - passes)) / Double(votes.count)),
        ]
    }

    private func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
