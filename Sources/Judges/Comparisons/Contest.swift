import Evals
import JSON

/// The answers of a case among which judges choose the best, each text once.
struct Contest: Sendable {
    /// What makes an answer the best.
    let criterion: String
    /// Question, context and reference, as far as they are the same for all answers.
    let known: [(name: String, text: String)]
    /// The different texts, in the plan's order of their first answers.
    let entries: [Entry]

    /// A text, and whose it is.
    struct Entry: Sendable, Hashable {
        /// The text.
        let text: String
        /// The places of the answers that have it.
        var places: [Int]
    }

    /// What one judge chose.
    struct Choice: Sendable, Hashable {
        /// The entry chosen from the list in the plan's order, and the one chosen from the reversed list.
        let entries: [Int]
        /// Why, for each order.
        let reasons: [String]
        /// The prompt used, `name@version`.
        let prompt: String

        /// The choice as it is kept for all executions of the case.
        var json: JSONValue {
            [
                "entries": .array(entries.map { .integer($0) }),
                "reasons": .array(reasons.map { .string($0) }), "prompt": .string(prompt),
            ]
        }

        /// Creates a choice.
        init(entries: [Int], reasons: [String], prompt: String) {
            self.entries = entries
            self.reasons = reasons
            self.prompt = prompt
        }

        /// Reads what `json` writes; nil for anything else.
        init?(json: JSONValue) {
            guard let entries = json["entries"]?.array?.compactMap(\.integer), entries.count == 2,
                let reasons = json["reasons"]?.array?.compactMap(\.string), reasons.count == 2,
                let prompt = json["prompt"]?.string
            else { return nil }
            self.init(entries: entries, reasons: reasons, prompt: prompt)
        }
    }

    private static let schema: JSONValue = [
        "type": "object",
        "properties": ["reason": ["type": "string"], "best": ["type": "integer"]],
        "required": ["reason", "best"], "additionalProperties": false,
    ]

    /// Puts answers together that have the same text.
    init(criterion: String, answers: [(place: Int, subject: Subject)]) {
        self.criterion = criterion
        known = ComparedAnswers.common(to: answers.map(\.subject))
        var entries: [Entry] = []
        for (place, subject) in answers {
            let text = Array(subject.output.utf8)
            if let same = entries.firstIndex(where: { Array($0.text.utf8) == text }) {
                entries[same].places.append(place)
            } else {
                entries.append(Entry(text: subject.output, places: [place]))
            }
        }
        self.entries = entries
    }

    /// What a judge chooses from the list and from the reversed list.
    func choice(of judge: Judge) async throws(EvaluationError) -> Choice {
        async let one = chosen(by: judge, from: Array(entries.indices))
        async let two = chosen(by: judge, from: entries.indices.reversed())
        let (first, second) = (try await one.get(), try await two.get())
        return Choice(
            entries: [first.entry, second.entry], reasons: [first.reason, second.reason],
            prompt: first.prompt)
    }

    private func chosen(
        by judge: Judge, from order: [Int]
    ) async -> Result<(entry: Int, reason: String, prompt: String), EvaluationError> {
        do throws(EvaluationError) {
            let verdict = try await judge.ask(
                JudgeQuestion(
                    prompt: "judge-select-best",
                    variables: ["criterion": .string(criterion), "count": .integer(order.count)],
                    texts: known,
                    lists: [("answers", order.map { entries[$0].text })],
                    schema: Self.schema,
                    complaint: { verdict in
                        guard let best = verdict["best"]?.integer, (1...order.count).contains(best) else {
                            return "'best' is not the number of an answer, from 1 to \(order.count)"
                        }
                        return nil
                    }))
            guard let best = verdict.value["best"]?.integer, order.indices.contains(best - 1) else {
                throw EvaluationError(.judge, "the judge '\(judge.model.name)' chose no answer")
            }
            return .success((order[best - 1], verdict.value["reason"]?.string ?? "", verdict.prompt))
        } catch {
            return .failure(error)
        }
    }
}
