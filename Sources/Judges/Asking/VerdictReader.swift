import JSON
import JSONSchema

/// Reads a judge's answer: one JSON value of the form that was asked for, or nothing.
///
/// No part of a text is ever taken for the verdict: what stands in prose, beside a second value or in a quotation may be
/// the judged text's own words.
struct VerdictReader: Sendable {
    private let schema: CompiledSchema
    private let complaint: (@Sendable (JSONValue) -> String?)?

    /// Why an answer is no verdict, in words that the judge understands.
    struct Mistake: Error, Hashable {
        /// What is wrong with it.
        let message: String
    }

    /// Prepares to read verdicts of one form.
    init(
        schema: JSONValue, complaint: (@Sendable (JSONValue) -> String?)? = nil
    ) throws(SchemaError) {
        self.schema = try CompiledSchema(schema)
        self.complaint = complaint
    }

    /// The verdict that an answer is.
    func verdict(_ answer: String) throws(Mistake) -> JSONValue {
        let text = Self.unfenced(answer)
        guard !text.isEmpty else { throw Mistake(message: "the answer is empty") }
        let value: JSONValue
        do throws(JSONParseError) {
            value = try JSONParser(maximumDepth: 64, rejectsDuplicateKeys: true).parse(text)
        } catch {
            throw Mistake(message: "the answer is not one JSON value and nothing else: \(error.message)")
        }
        let violations: [SchemaViolation]
        do throws(SchemaLimitError) {
            violations = try schema.validate(value)
        } catch {
            throw Mistake(message: "the answer can't be checked: \(error)")
        }
        if let violation = violations.first {
            throw Mistake(message: "the answer does not have the form asked for: \(violation)")
        }
        if let complaint = complaint?(value) { throw Mistake(message: complaint) }
        return value
    }

    /// The text without the white space around it, and without a Markdown fence around the whole of it.
    private static func unfenced(_ answer: String) -> String {
        let text = answer.trimmed
        let scalars = text.unicodeScalars
        guard text.utf8.starts(with: "```".utf8), scalars.suffix(3).elementsEqual("```".unicodeScalars),
            let lineEnd = scalars.firstIndex(of: "\n")
        else { return text }
        let language = String(scalars[..<lineEnd].dropFirst(3)).trimmed.lowercased()
        guard language.isEmpty || language == "json" else { return text }
        return String(scalars[scalars.index(after: lineEnd)...].dropLast(3)).trimmed
    }
}

extension String {
    /// The text without white space and byte order marks at its ends.
    var trimmed: String {
        func isContent(_ scalar: Unicode.Scalar) -> Bool {
            !scalar.properties.isWhitespace && scalar != "\u{FEFF}"
        }
        guard let first = unicodeScalars.firstIndex(where: isContent),
            let last = unicodeScalars.lastIndex(where: isContent)
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
