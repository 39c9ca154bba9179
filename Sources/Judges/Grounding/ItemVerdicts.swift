import Assertions
import Evals
import JSON

/// A judge's verdicts about the items of a list, one for each, checked by their numbers.
struct ItemVerdicts: Sendable {
    /// The verdict about one item.
    struct Entry: Sendable, Hashable {
        /// One of the words that were allowed.
        let verdict: String
        /// Why.
        let reason: String
    }

    /// The verdicts, in the order of the items.
    let entries: [Entry]
    /// The prompt's name and version.
    let prompt: String

    /// Asks a judge for them.
    ///
    /// - Parameters:
    ///   - count: How many items there are.
    ///   - things: What they are, `claims`.
    ///   - words: The verdicts that can be given.
    static func ask(
        _ judge: Judge, prompt: String, count: Int, things: String, words: [String],
        texts: [(name: String, text: String)], lists: [(name: String, texts: [String])] = []
    ) async throws(EvaluationError) -> ItemVerdicts {
        let verdict = try await judge.ask(
            JudgeQuestion(prompt: prompt, texts: texts, lists: lists, schema: schema(words)) { value in
                ItemNumbers.complaint(about: value["verdicts"], key: "number", count: count, things: things)
            })
        return ItemVerdicts(
            entries: ItemNumbers.sorted(verdict.value["verdicts"], key: "number").map { entry in
                Entry(
                    verdict: entry["verdict"]?.string ?? "", reason: entry["reason"]?.string ?? "")
            },
            prompt: verdict.prompt)
    }

    /// How many verdicts are this word.
    func count(_ word: String) -> Int { entries.count { $0.verdict == word } }

    /// The share of verdicts that are one of these words; the entries must not be empty.
    func share(_ words: String...) -> Double {
        Double(entries.count { words.contains($0.verdict) }) / Double(entries.count)
    }

    /// `5 claims: 3 supported, 2 unsupported`, and the first item that has the word `fault`, with the judge's reason.
    func summary(of items: [String], things: String, _ names: [(word: String, name: String)], fault: String)
        -> String
    {
        let counts = names.map { "\(count($0.word)) \($0.name)" }.joined(separator: ", ")
        let noun = entries.count == 1 ? String(things.dropLast()) : things
        var text = "\(entries.count) \(noun): \(counts)"
        if let (item, entry) = zip(items, entries).first(where: { $0.1.verdict == fault }) {
            text += "; \(Excerpt.quoted(item)): \(entry.reason)"
        }
        return text
    }

    /// The items with their verdicts, for a person to check.
    func details(of items: [String], key: String) -> JSONValue {
        .array(
            zip(items, entries).map { item, entry in
                [
                    key: .string(item), "verdict": .string(entry.verdict), "reason": .string(entry.reason),
                ]
            })
    }

    /// How often each word was given.
    func counts(_ words: [String]) -> JSONValue {
        .object(JSONObject(words.map { ($0, .integer(count($0))) }))
    }

    private static func schema(_ words: [String]) -> JSONValue {
        let entry = VerdictSchema.object([
            "number": ["type": "integer"], "reason": ["type": "string"],
            "verdict": ["type": "string", "enum": .array(words.map { .string($0) })],
        ])
        return VerdictSchema.object(["verdicts": ["type": "array", "items": entry]])
    }
}
