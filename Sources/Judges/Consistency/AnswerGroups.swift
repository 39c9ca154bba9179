import Assertions
import JSON
import Statistics

/// Answers of one model to one request, those that say the same in one group.
struct AnswerGroups: Sendable, Hashable {
    /// The answers; nil for one that has nothing to look at.
    let answers: [String?]
    /// The group of each answer: any numbers, equal for the same group.
    private(set) var groups: [Int]

    /// Puts answers together that differ by white space and case at most; those with nothing to look at are one group.
    init(_ answers: [String?]) {
        self.answers = answers
        var known: [String?: Int] = [:]
        groups = answers.map { answer in
            let key = answer.map(Self.folded)
            let group = known[key] ?? known.count
            known[key] = group
            return group
        }
    }

    /// The first answer of each group that has something to look at, and its group.
    var different: [(group: Int, answer: String)] {
        var seen: Set<Int> = []
        return zip(groups, answers).compactMap { group, answer in
            guard let answer, seen.insert(group).inserted else { return nil }
            return (group, answer)
        }
    }

    /// Puts groups together: the members of `joined` are the new groups of those in `different`, in order.
    mutating func join(_ joined: [Int]) {
        var numbers: [Int: Int] = [:]
        var new: [Int: Int] = [:]
        for (old, group) in zip(different.map(\.group), joined) {
            let number = numbers[group] ?? numbers.count
            numbers[group] = number
            new[old] = number
        }
        // Answers that no judge saw stay together, apart from the others.
        groups = groups.map { new[$0] ?? numbers.count }
    }

    /// How likely two of the answers agree, from 0 to 1; nil for less than two.
    var agreement: Double? { SelfAgreement(answerCounts: sizes)?.agreement }

    /// `3 of 5 answers say the same`, and what is to say of the judged answer, the first one.
    var summary: String {
        let largest = sizes.max() ?? 0
        guard largest < answers.count else { return "all \(answers.count) answers say the same" }
        let own = groups.first.map { group in groups.count { $0 == group } } ?? 0
        let text =
            largest > 1
            ? "\(largest) of \(answers.count) answers say the same"
            : "no two of \(answers.count) answers agree"
        return own < largest ? text + ", and the judged answer is none of them" : text
    }

    /// The answers with their groups, numbered from 1 in the order in which they appear, and the figures.
    var details: JSONObject {
        var numbers: [Int: Int] = [:]
        for group in groups where numbers[group] == nil { numbers[group] = numbers.count + 1 }
        let list = zip(answers, groups).map { answer, group -> JSONValue in
            [
                "answer": answer.map { .string(Excerpt.display($0)) } ?? .null,
                "group": .integer(numbers[group] ?? 0),
            ]
        }
        var members: JSONObject = ["samples": .array(list)]
        if let agreement { members["agreement"] = .double(agreement) }
        if let share = SelfAgreement(answerCounts: sizes)?.modalShare {
            members["modal_share"] = .double(share)
        }
        return members
    }

    private var sizes: [Int] {
        var sizes: [Int: Int] = [:]
        for group in groups { sizes[group, default: 0] += 1 }
        return sizes.values.sorted()
    }

    private static func folded(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}
