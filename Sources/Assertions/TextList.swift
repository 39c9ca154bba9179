import Diagnostics
import Evals
import JSON

/// The texts of `contains-any` and its kin: a list, or one text with commas and CSV's quotes.
struct TextList: Sendable, Hashable {
    /// The texts, at least one.
    let texts: [String]

    /// The JSON Schema of such a value.
    static let schema: JSONValue = [
        "type": ["array", "string", "number", "boolean"],
        "items": ["type": ["string", "number", "boolean"]], "minItems": 1,
    ]

    /// Reads the value of an assertion.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        let value = try ScalarText.required(specification)
        switch value {
        case .array(let elements):
            texts = try Self.texts(of: elements, specification)
        case .string(let text):
            do throws(QuotedListError) {
                texts = try QuotedList.items(of: text)
            } catch {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-value", "'\(specification.writtenType)': \(error.message)",
                        at: specification.valueMark,
                        hint: "write a list ([a, \"b, c\"]), or quote an item as in CSV: \"b, c\", d"))
            }
        default:
            texts = [try ScalarText.value(of: specification)]
        }
        guard !texts.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "empty-list", "'\(specification.writtenType)' has nothing to look for",
                    at: specification.valueMark, hint: "give it at least one text"))
        }
    }

    private static func texts(
        of elements: [JSONValue], _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> [String] {
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard let text = ScalarText.text(of: element) else {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-value",
                        "item \(index + 1) of '\(specification.writtenType)' is \(ScalarText.article(element)), "
                            + "not a text",
                        at: specification.valueMark, hint: "put the text in quotes"))
            }
            texts.append(text)
        }
        return texts
    }
}
