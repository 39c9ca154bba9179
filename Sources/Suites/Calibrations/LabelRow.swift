import Diagnostics
import Files
import JSON

/// One line of a file of labels: an answer, and what one person says of it.
struct LabelRow {
    /// The id as written; nil when it is not.
    var id: String?
    /// The answer.
    var output: String
    /// What was asked.
    var question: String?
    /// The retrieved texts.
    var context: [String]
    /// The right answer.
    var reference: String?
    /// The variables.
    var variables: JSONObject
    /// Whether the label passes the answer.
    var passes: Bool
    /// Who labeled it; nil when that is not written.
    var labeler: String?
    /// Where the line begins.
    var mark: SourceMark

    private static let keys = [
        "id", "output", "label", "question", "context", "reference", "vars", "labeler",
    ]

    /// The row of a line; nil when there is a mistake in it, all of which are reported.
    init?(_ members: JSONObject, at mark: SourceMark, reader: SourceReader) {
        let before = reader.mistakeCount
        func text(_ key: String) -> String? {
            guard let value = members[key], !value.isNull else { return nil }
            if let text = value.string { return text }
            reader.report("wrong-type", "'\(key)' must be text, not \(value.typeName)", at: mark)
            return nil
        }
        for key in members.keys where !Self.keys.contains(key) {
            reader.report(
                "unknown-key", "unknown key '\(TerminalText.excerpt(key, limit: 60))' of a label", at: mark,
                hint: Spelling.hint(for: key, among: Self.keys))
        }
        id = text("id")
        question = text("question")
        reference = text("reference")
        labeler = text("labeler")
        if let id, let complaint = CaseReader.complaint(aboutID: id) {
            reader.report("bad-id", complaint, at: mark)
        }
        let output = text("output")
        if members["output"].map(\.isNull) ?? true {
            reader.report("missing-key", "the label has no 'output', the answer it is about", at: mark)
        }
        let passes = members["label"].flatMap(Self.passes)
        if passes == nil {
            let written = members["label"].map { "'label' is \(Self.shown($0))" } ?? "the line has no 'label'"
            reader.report(
                "bad-label", "\(written), not pass or fail", at: mark,
                hint: "write \"label\": \"pass\" or \"label\": \"fail\"; leave out what nobody could decide")
        }
        context = []
        switch members["context"] {
        case nil, .null?: break
        case .string(let text)?: context = [text]
        case .array(let items)? where items.allSatisfy({ $0.string != nil }):
            context = items.compactMap(\.string)
        default: reader.report("wrong-type", "'context' must be text or a list of texts", at: mark)
        }
        variables = [:]
        switch members["vars"] {
        case nil, .null?: break
        case .object(let values)?: variables = values
        case let value?:
            reader.report("wrong-type", "'vars' must be an object, not \(value.typeName)", at: mark)
        }
        guard reader.mistakeCount == before, let output, let passes else { return nil }
        self.output = output
        self.passes = passes
        self.mark = mark
    }

    private static func passes(_ label: JSONValue) -> Bool? {
        if let value = label.bool { return value }
        if let text = label.string { return ["pass": true, "fail": false][text] }
        guard label.number != nil else { return nil }
        return [1: true, 0: false][label.double ?? -1]
    }

    private static func shown(_ value: JSONValue) -> String {
        value.string.map { "'\(TerminalText.excerpt($0, limit: 40))'" } ?? value.typeName
    }

    /// The hash of what a judge would see: equal for labels of the same answer.
    var contentHash: String {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let material: JSONValue = [
            "output": .string(output), "question": text(question), "reference": text(reference),
            "context": .array(context.map { .string($0) }), "vars": .object(variables),
        ]
        return ContentHash.sha256Hex(CanonicalJSON.bytes(of: material))
    }
}
