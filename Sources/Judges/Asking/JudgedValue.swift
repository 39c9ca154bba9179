import Assertions
import Diagnostics
import Evals
import JSON

/// Reads the texts that a judged type takes as its value or in an option.
enum JudgedValue {
    /// The JSON Schema of one text or several.
    static let schema: JSONValue = [
        "anyOf": [
            ["type": "string", "minLength": 1],
            ["type": "array", "minItems": 1, "items": ["type": "string", "minLength": 1]],
        ]
    ]

    /// The value as one text, without white space at its ends.
    ///
    /// - Parameters:
    ///   - thing: What the text is, with its article: `a criterion`.
    ///   - hint: What to write.
    static func text(
        of specification: AssertionSpecification, _ thing: String, hint: String
    ) throws(DiagnosticError) -> String {
        let value = try required(specification, thing, hint: hint)
        guard let text = value.string else {
            throw mistake(
                "'\(specification.writtenType)' needs \(thing), not \(ScalarText.article(value))",
                at: specification.valueMark, hint: hint)
        }
        guard !text.trimmed.isEmpty else {
            throw mistake(
                "the text of '\(specification.writtenType)' is empty", at: specification.valueMark, hint: hint
            )
        }
        return text.trimmed
    }

    /// The value as one text or several different ones, without white space at their ends.
    ///
    /// Throws all mistakes in them.
    static func texts(
        of specification: AssertionSpecification, _ thing: String, hint: String
    ) throws(DiagnosticError) -> [String] {
        let value = try required(specification, thing, hint: hint)
        guard value.array != nil else { return [try text(of: specification, thing, hint: hint)] }
        return try texts(
            value, of: "'\(specification.writtenType)'", at: specification.valueMark, hint: hint)
    }

    /// A list of different texts; all mistakes in it are thrown.
    static func texts(
        _ list: JSONValue, of holder: String, at mark: SourceMark, hint: String
    ) throws(DiagnosticError) -> [String] {
        guard let elements = list.array else {
            throw mistake("\(holder) is not a list of texts", at: mark, hint: hint)
        }
        guard !elements.isEmpty else {
            throw DiagnosticError(
                Diagnostic("empty-list", "the list of \(holder) is empty", at: mark, hint: hint))
        }
        var texts: [String] = []
        var mistakes: [Diagnostic] = []
        for (index, element) in elements.enumerated() {
            let item = "item \(index + 1) of \(holder)"
            guard let text = element.string?.trimmed else {
                mistakes.append(
                    Diagnostic(
                        "bad-value", "\(item) is \(ScalarText.article(element)), not a text", at: mark,
                        hint: "put the text in quotes"))
                continue
            }
            if text.isEmpty {
                mistakes.append(Diagnostic("bad-value", "\(item) is empty", at: mark, hint: hint))
            } else if let first = texts.firstIndex(of: text) {
                mistakes.append(
                    Diagnostic(
                        "bad-value", "\(item) says the same as item \(first + 1)", at: mark,
                        hint: "leave one of them out"))
            }
            texts.append(text)
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        return texts
    }

    private static func required(
        _ specification: AssertionSpecification, _ thing: String, hint: String
    ) throws(DiagnosticError) -> JSONValue {
        guard let value = specification.value, !value.isNull else {
            throw DiagnosticError(
                Diagnostic(
                    "missing-value", "'\(specification.writtenType)' needs \(thing)", at: specification.mark,
                    hint: hint))
        }
        return value
    }

    private static func mistake(_ message: String, at mark: SourceMark, hint: String) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-value", message, at: mark, hint: hint))
    }
}
