import Diagnostics
import Evals
package import JSON

/// The texts that an assertion looks for: texts as they are, numbers and booleans as they are written.
package enum ScalarText {
    /// The value of an assertion as one text.
    static func value(of specification: AssertionSpecification) throws(DiagnosticError) -> String {
        let value = try required(specification)
        guard let text = text(of: value) else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value",
                    "'\(specification.writtenType)' takes a text, not \(article(value))",
                    at: specification.valueMark,
                    hint:
                        "put the text in quotes: unquoted brackets, braces and ': ' make a list or a mapping"
                ))
        }
        return text
    }

    /// The value of an assertion that needs one; null counts as none.
    static func required(_ specification: AssertionSpecification) throws(DiagnosticError) -> JSONValue {
        guard let value = specification.value else {
            throw DiagnosticError(
                Diagnostic(
                    "missing-value", "'\(specification.writtenType)' needs a value", at: specification.mark,
                    hint: "write it behind the colon: \(specification.writtenType): VALUE"))
        }
        guard !value.isNull else {
            throw DiagnosticError(
                Diagnostic(
                    "missing-value", "the value of '\(specification.writtenType)' is null",
                    at: specification.valueMark,
                    hint: "put the text in quotes: an unquoted # begins a comment, and null means nothing"))
        }
        return value
    }

    /// A text, number or boolean as text; nil for other values.
    package static func text(of value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): text(of: number)
        case .bool(let bool): bool ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// A number as JavaScript writes it: `1` for 1.0; but whole numbers of up to 40 digits with all of them, and what
    /// no double is exactly as it is written: `1e400`.
    package static func text(of number: JSONNumber) -> String {
        let decimal = number.decimal
        guard !decimal.digits.isEmpty else { return "0" }
        if JSONNumber(number.double) != number { return number.text }
        if decimal.exponent > 0, decimal.digits.count + decimal.exponent <= 40 {
            let digits = String(decoding: decimal.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
            return (decimal.isNegative ? "-" : "") + digits + String(repeating: "0", count: decimal.exponent)
        }
        return String(decoding: CanonicalJSON.bytes(of: .number(number)), as: UTF8.self)
    }

    /// The kind of a value with its article, for messages.
    package static func article(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .array: "a list"
        case .object: "a mapping"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a text"
        }
    }
}
