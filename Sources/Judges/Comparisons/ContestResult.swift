import Evals
import JSON

/// What the choice of a judge means for one of the answers.
struct ContestResult: Sendable {
    /// The answers to choose from.
    let contest: Contest
    /// Whose they are, and which one is judged.
    let answers: ComparedAnswers

    /// What becomes of answers that all have the same text, which nobody is asked about.
    var tie: Finding {
        Finding(
            measure: 0.5, reason: "all answers have the same text",
            details: ["candidates": candidates, "same": true])
    }

    /// What a judge's choice says of the answer: 1 when it is the best in both orders and alone, 0.5 for a tie, else 0.
    func finding(_ choice: Contest.Choice) -> Finding {
        let own = contest.entries.firstIndex { $0.places.contains(answers.place) }
        let orders = choice.entries.map { $0 == own }
        let isShared = own.map { contest.entries[$0].places.count > 1 } ?? false
        let isFlipped = choice.entries[0] != choice.entries[1]
        let measure = !orders.contains(true) ? 0 : isFlipped || isShared ? 0.5 : 1
        let positions = [choice.entries[0] + 1, contest.entries.count - choice.entries[1]]
        let chosen = zip(zip(choice.entries, positions), choice.reasons).map { pair, reason -> JSONValue in
            [
                "chosen": .integer(pair.0 + 1), "position": .integer(pair.1), "reason": .string(reason),
            ]
        }
        var details: JSONObject = [
            "candidates": candidates, "orders": .array(chosen), "flipped": .bool(isFlipped),
        ]
        if isFlipped, positions[0] == positions[1] { details["position"] = .integer(positions[0]) }
        let reason = choice.reasons[orders.first == false && orders.last == true ? 1 : 0]
        let verdict = verdict(choice, measure, isFlipped: isFlipped)
        return Finding(
            measure: measure, reason: reason.isEmpty ? verdict : "\(verdict): \(reason)", details: details,
            prompts: [choice.prompt], isFlipped: isFlipped)
    }

    private func verdict(_ choice: Contest.Choice, _ measure: Double, isFlipped: Bool) -> String {
        let best = contest.entries[choice.entries[0]].places.first ?? answers.place
        return switch (measure, isFlipped) {
        case (1, _): "chosen as the best in both orders"
        case (0.5, true): "chosen in one of the two orders only, which makes a tie"
        case (0.5, false): "chosen in both orders, but another answer has the same text, which makes a tie"
        case (_, true): "other answers were chosen, another one in each order"
        default: "the answer of \(answers.name(of: best)) was chosen in both orders"
        }
    }

    /// Whose answers there were to choose from; those with the same text have the same number.
    private var candidates: JSONValue {
        let numbered = contest.entries.enumerated().flatMap { number, entry in
            entry.places.map { (place: $0, number: number + 1) }
        }
        return .array(
            numbered.sorted { $0.place < $1.place }.map { place, number in
                let rival = answers.rivals.all[place]
                return [
                    "prompt": .string(rival.prompt), "model": .string(rival.model),
                    "number": .integer(number),
                ]
            })
    }
}
