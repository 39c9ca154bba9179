import Evals
import JSON

/// Two texts that a judge compares twice, each one first once, so that a liking for a place can't decide.
struct PairwiseComparison: Sendable {
    /// What makes one better than the other.
    let criterion: String
    /// Question, context and reference, as far as they are known.
    let known: [(name: String, text: String)]
    /// The judged answer.
    let answer: String
    /// What it is compared with.
    let other: String

    /// Which of the two a judge prefers.
    enum Preference: String, Sendable, Hashable {
        /// The judged answer.
        case answer
        /// What it is compared with.
        case other
        /// None of them.
        case neither
    }

    private struct Round: Sendable {
        var preference: Preference
        var reason: String
        var prompt: String
    }

    private static let schema: JSONValue = [
        "type": "object",
        "properties": [
            "reason": ["type": "string"],
            "better": ["type": "string", "enum": ["first", "second", "neither"]],
        ],
        "required": ["reason", "better"], "additionalProperties": false,
    ]

    /// What one judge makes of the two: 1 when it prefers the answer in both orders, 0 when it prefers the other one, and
    /// 0.5 when it prefers neither or the orders disagree.
    ///
    /// Texts that are the same are a tie that nobody is asked about.
    func finding(of judge: Judge) async throws(EvaluationError) -> Finding {
        guard Array(answer.utf8) != Array(other.utf8) else {
            return Finding(
                measure: 0.5, reason: "the two texts are the same", details: ["same": true])
        }
        async let one = round(judge, answerIsFirst: true)
        async let two = round(judge, answerIsFirst: false)
        let rounds = (try await one.get(), try await two.get())
        return finding(rounds.0, rounds.1)
    }

    private func round(_ judge: Judge, answerIsFirst: Bool) async -> Result<Round, EvaluationError> {
        let texts = answerIsFirst ? (answer, other) : (other, answer)
        do throws(EvaluationError) {
            let verdict = try await judge.ask(
                JudgeQuestion(
                    prompt: "judge-pairwise", variables: ["criterion": .string(criterion)],
                    texts: known + [("first", texts.0), ("second", texts.1)], schema: Self.schema))
            let preference: Preference =
                switch verdict.value["better"]?.string {
                case "first": answerIsFirst ? .answer : .other
                case "second": answerIsFirst ? .other : .answer
                default: .neither
                }
            return .success(
                Round(
                    preference: preference, reason: verdict.value["reason"]?.string ?? "",
                    prompt: verdict.prompt))
        } catch {
            return .failure(error)
        }
    }

    private func finding(_ first: Round, _ second: Round) -> Finding {
        let isFlipped = first.preference != second.preference
        let measure =
            switch (first.preference, second.preference) {
            case (.answer, .answer): 1.0
            case (.other, .other): 0.0
            default: 0.5
            }
        var details: JSONObject = [
            "orders": [
                [
                    "first": "answer", "preferred": .string(first.preference.rawValue),
                    "reason": .string(first.reason),
                ],
                [
                    "first": "other", "preferred": .string(second.preference.rawValue),
                    "reason": .string(second.reason),
                ],
            ], "flipped": .bool(isFlipped),
        ]
        // Once the answer was first, once the other one.
        switch (first.preference, second.preference) {
        case (.answer, .other): details["position"] = "first"
        case (.other, .answer): details["position"] = "second"
        default: break
        }
        let verdict =
            if isFlipped {
                "the order of the texts changed the preference, which makes a tie"
            } else {
                switch first.preference {
                case .answer: "better in both orders"
                case .other: "worse in both orders"
                case .neither: "neither is better, in both orders"
                }
            }
        return Finding(
            measure: measure, reason: first.reason.isEmpty ? verdict : "\(verdict): \(first.reason)",
            details: details, prompts: [first.prompt], isFlipped: isFlipped)
    }
}
