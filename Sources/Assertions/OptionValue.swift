package import Diagnostics
package import Evals
package import JSON

/// Reads the options that a type has beside the value.
package enum OptionValue {
    /// One of several words; `standard` when the option is not written.
    package static func word(
        _ name: String, of specification: AssertionSpecification, among words: [String], standard: String
    ) throws(DiagnosticError) -> String {
        guard let value = specification.options[name] else { return standard }
        guard let word = value.string, words.contains(word) else {
            let list = words.map { "'\($0)'" }.joined(separator: ", ")
            throw mistake(
                "'\(name)' of '\(specification.writtenType)' is none of \(list)", specification,
                hint: Spelling.hint(for: value.string ?? "", among: words)
                    ?? "write \(name): \(standard), or leave it out")
        }
        return word
    }

    /// A whole number within a range; `standard` when the option is not written.
    package static func integer(
        _ name: String, of specification: AssertionSpecification, in range: ClosedRange<Int>, standard: Int
    ) throws(DiagnosticError) -> Int {
        guard let value = specification.options[name] else { return standard }
        guard let number = value.integer, range.contains(number) else {
            throw mistake(
                "'\(name)' of '\(specification.writtenType)' is not a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)", specification,
                hint: "write \(name): \(standard), or leave it out")
        }
        return number
    }

    /// One or several words out of those that are known; nil when the option is not written.
    package static func words(
        _ name: String, of specification: AssertionSpecification, among words: [String]
    ) throws(DiagnosticError) -> [String]? {
        guard let texts = try texts(name, of: specification) else { return nil }
        for text in texts where !words.contains(text) {
            throw mistake(
                "'\(name)' of '\(specification.writtenType)' does not know '\(text)'", specification,
                hint: Spelling.hint(for: text, among: words))
        }
        return texts
    }

    /// One or several texts; nil when the option is not written.
    package static func texts(
        _ name: String, of specification: AssertionSpecification
    ) throws(DiagnosticError) -> [String]? {
        guard let value = specification.options[name] else { return nil }
        let texts = value.array.map { $0.compactMap(\.string) } ?? value.string.map { [$0] }
        guard let texts, !texts.isEmpty, texts.count == value.array?.count ?? 1 else {
            throw mistake(
                "'\(name)' of '\(specification.writtenType)' is not a text or a list of texts", specification,
                hint: "write \(name): [first, second]")
        }
        return texts
    }

    /// The JSON Schema of one or several texts, each with a schema.
    package static func listSchema(of item: JSONValue) -> JSONValue {
        ["anyOf": [item, ["type": "array", "minItems": 1, "items": item]]]
    }

    /// The mistake of an option.
    package static func mistake(
        _ message: String, _ specification: AssertionSpecification, hint: String?
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-value", message, at: specification.mark, hint: hint))
    }
}
