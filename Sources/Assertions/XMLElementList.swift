import Diagnostics
import Evals
import JSON
import XML

/// The elements that `is-xml` and `contains-xml` want: `a.b, a.c`, a list, or `{requiredElements: [...]}`.
struct XMLElementList: Sendable {
    /// The paths; empty when only XML is asked for.
    let paths: [XMLElementPath]

    /// The JSON Schema of such a value.
    static let schema: JSONValue = [
        "anyOf": [
            ["type": "string"], ["type": "array", "items": ["type": "string"], "minItems": 1],
            [
                "type": "object", "required": ["requiredElements"], "additionalProperties": false,
                "properties": [
                    "requiredElements": [
                        "anyOf": [
                            ["type": "string"],
                            ["type": "array", "items": ["type": "string"], "minItems": 1],
                        ]
                    ]
                ],
            ],
        ]
    ]

    private static let hint =
        "write paths from the root element down, such as order.item.0.name, in a list or with commas between"

    /// Reads the value of an assertion.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        guard let value = specification.value else {
            paths = []
            return
        }
        var texts = value
        if case .object(let members) = value {
            for key in members.keys where key != "requiredElements" {
                throw Self.mistake(
                    "unknown-key", "unknown key '\(key)' in the value of '\(specification.writtenType)'",
                    specification, hint: Spelling.hint(for: key, among: ["requiredElements"]))
            }
            guard let required = members["requiredElements"] else {
                throw Self.mistake(
                    "missing-key", "the value of '\(specification.writtenType)' has no 'requiredElements'",
                    specification, hint: Self.hint)
            }
            texts = required
        }
        let written: [String]
        switch texts {
        case .string(let text):
            written = text.split(separator: ",", omittingEmptySubsequences: false).map {
                WhiteSpace.trimmed(String($0))
            }
        case .array(let elements):
            let strings = elements.compactMap(\.string)
            guard strings.count == elements.count else {
                throw Self.mistake(
                    "bad-value", "an element of '\(specification.writtenType)' is not a text", specification,
                    hint: Self.hint)
            }
            written = strings
        default:
            throw Self.mistake(
                "bad-value",
                "'\(specification.writtenType)' takes the paths of elements, not \(ScalarText.article(texts))",
                specification, hint: Self.hint)
        }
        guard !written.isEmpty else {
            throw Self.mistake(
                "empty-list", "'\(specification.writtenType)' lists no element", specification,
                hint: "leave the value out to ask for XML of any kind")
        }
        var paths: [XMLElementPath] = []
        for text in written {
            guard let path = XMLElementPath(text) else {
                throw Self.mistake(
                    "bad-value", "'\(text)' is not the path of an element", specification, hint: Self.hint)
            }
            paths.append(path)
        }
        self.paths = paths
    }

    /// What is expected, in words.
    var summary: String {
        paths.isEmpty ? "well-formed XML" : "XML with " + paths.map(\.source).joined(separator: ", ")
    }

    private static func mistake(
        _ id: String, _ message: String, _ specification: AssertionSpecification, hint: String?
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: specification.valueMark, hint: hint))
    }
}
