import Assertions
import Diagnostics
import JSON

/// The labels that a classifier gave a text, with their scores, in any of the usual forms.
///
/// Whatever is none of these forms is a mistake and never a score of 0.
struct LabelScores: Sendable, Hashable {
    /// The labels, each once, in the order of the answer.
    let labels: [String]
    /// Their scores from 0 to 1.
    let scores: [Double]
    /// True when the answer was a label alone, without scores.
    let isBare: Bool

    /// Why an answer is no list of labels, or lacks the one that is wanted.
    struct Mistake: Error, Hashable {
        /// What is wrong, without a full stop.
        let message: String
        /// What to do about it.
        var hint: String?
    }

    /// Longer texts are sentences, such as an apology, and no labels.
    private static let longestLabel = 100

    /// Reads a list of `{label, score}` (also as Hugging Face nests it), `{LABEL: score}`, `{labels, scores}`, or a label.
    init(_ answer: String) throws(Mistake) {
        let text = answer.trimmed
        guard !text.isEmpty else { throw Mistake(message: "the answer is empty") }
        guard let value = try? JSONParser(maximumDepth: 16, rejectsDuplicateKeys: true).parse(text) else {
            try self.init(bare: text)
            return
        }
        if let label = value.string {
            try self.init(bare: label.trimmed)
            return
        }
        try self.init(pairs: try Self.pairs(in: value))
    }

    private init(bare label: String) throws(Mistake) {
        guard !label.isEmpty, label.count <= Self.longestLabel, !label.contains(where: \.isNewline),
            !label.hasPrefix("{"), !label.hasPrefix("[")
        else { throw Mistake(message: "the answer is neither JSON nor a label: \(Excerpt.quoted(label))") }
        (labels, scores, isBare) = ([label], [1], true)
    }

    private init(pairs: [(label: String?, score: Double?)]) throws(Mistake) {
        guard !pairs.isEmpty else { throw Mistake(message: "the answer has no labels in it") }
        var (labels, scores): ([String], [Double]) = ([], [])
        var seen: Set<String> = []
        for pair in pairs {
            guard let label = pair.label?.trimmed, !label.isEmpty else {
                throw Mistake(message: "the answer has a score without a label in it")
            }
            guard let score = pair.score, (0...1).contains(score) else {
                throw Mistake(message: "the label '\(label)' has no score from 0 to 1")
            }
            guard seen.insert(label).inserted else {
                throw Mistake(message: "the label '\(label)' is there twice")
            }
            labels.append(label)
            scores.append(score)
        }
        (self.labels, self.scores, isBare) = (labels, scores, false)
    }

    /// The score of a label.
    ///
    /// - Parameter known: All labels that there are, where the assertion lists them.
    func score(of wanted: String, among known: [String]?) throws(Mistake) -> Double {
        if let known, let stranger = Self.stranger(in: labels, to: known) {
            throw Mistake(
                message: "it gave the label \(Excerpt.quoted(stranger)), which is none of 'labels'",
                hint: Spelling.hint(for: stranger, among: known) ?? "add it to labels:, if it is one")
        }
        if let place = labels.firstIndex(of: wanted) { return scores[place] }
        // A known label alone says that it is this one and no other.
        if isBare, known != nil { return 0 }
        let seen = "it gave \(Excerpt.quoted(labels))"
        guard !isBare else {
            throw Mistake(
                message: seen,
                hint: "list all labels of the classifier, so that others are told from trouble: "
                    + "labels: [\(wanted), …]")
        }
        throw Mistake(
            message: seen,
            hint: Spelling.hint(for: wanted, among: labels)
                ?? "let the classifier give the scores of all its labels, not of the best ones only")
    }

    private static func stranger(in labels: [String], to known: [String]) -> String? {
        let known = Set(known)
        return labels.first { !known.contains($0) }
    }

    /// `{LABEL: score}`.
    var json: JSONValue {
        .object(pairs: zip(labels, scores).map { ($0, .double($1)) })
    }

    private static func pairs(in value: JSONValue) throws(Mistake) -> [(label: String?, score: Double?)] {
        if let elements = value.array {
            // Hugging Face answers for a list of texts, of which there is one here.
            if elements.count == 1, let inner = elements[0].array { return inner.map(pair) }
            return elements.map(pair)
        }
        guard let members = value.object else {
            throw Mistake(message: "the answer is \(value), which is no label")
        }
        if let labels = members["labels"]?.array, let scores = members["scores"]?.array {
            guard labels.count == scores.count else {
                throw Mistake(message: "there are \(labels.count) labels and \(scores.count) scores")
            }
            return zip(labels, scores).map { ($0.string, $1.double) }
        }
        if members["label"]?.string != nil { return [pair(value)] }
        return members.map { ($0.key, $0.value.double) }
    }

    private static func pair(_ value: JSONValue) -> (label: String?, score: Double?) {
        (value["label"]?.string, value["score"]?.double)
    }
}
