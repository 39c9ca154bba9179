import Assertions
import JSON

/// What the verdicts on all criteria of a rubric come to.
struct RubricFinding: Sendable {
    /// The verdicts, at least one.
    let verdicts: [CriterionVerdict]
    /// What they are on.
    let scale: RubricScale

    /// The finding: the mean of the scores; on the scale pass or fail it passes when all criteria are met.
    func finding(prompt: String) -> Finding {
        let mean = verdicts.reduce(0) { $0 + $1.score } / Double(verdicts.count)
        let passes = scale == .passFail ? verdicts.allSatisfy { $0.verdict == true } : nil
        return Finding(
            measure: mean, passes: passes, reason: reason, details: ["criteria": .array(list)],
            prompts: [prompt])
    }

    private var list: [JSONValue] {
        verdicts.map {
            [
                "criterion": .string($0.criterion), "verdict": scale.display($0.verdict),
                "score": .double($0.score), "reason": .string($0.reason),
            ]
        }
    }

    private var reason: String {
        if verdicts.count == 1, scale == .passFail { return verdicts[0].reason }
        if verdicts.count == 1 { return said(verdicts[0]) }
        guard scale == .passFail else {
            return verdicts.map { "\(Excerpt.quoted($0.criterion)) \(said($0))" }.joined(separator: "; ")
        }
        let failed = verdicts.filter { $0.verdict != true }
        let count = "\(verdicts.count - failed.count) of \(verdicts.count) criteria are met"
        let told = (failed.isEmpty ? verdicts : failed).map {
            "\(Excerpt.quoted($0.criterion)) \(failed.isEmpty ? "is" : "is not"): \($0.reason)"
        }
        return "\(count); \(told.joined(separator: "; "))"
    }

    private func said(_ verdict: CriterionVerdict) -> String {
        let word = ScalarText.text(of: verdict.verdict) ?? ""
        return verdict.reason.isEmpty ? "gets \(word)" : "gets \(word): \(verdict.reason)"
    }
}
