package import Diagnostics
package import Evals
package import JSON

/// The texts that an answer is compared with: one text, or a list of which the best counts.
package enum ReferenceTexts {
    /// The JSON Schema of such a value.
    package static let schema: JSONValue = [
        "anyOf": [["type": "string"], ["type": "array", "minItems": 1, "items": ["type": "string"]]]
    ]

    /// The references of a specification, at least one.
    ///
    /// Numbers are refused, other than where a text is looked for: a reference is a sentence, and a number in its
    /// place is a mistake.
    package static func texts(of specification: AssertionSpecification) throws(DiagnosticError) -> [String] {
        let value = try ScalarText.required(specification)
        let elements = value.array ?? [value]
        guard !elements.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "empty-list", "'\(specification.writtenType)' has nothing to compare with",
                    at: specification.valueMark, hint: "give it at least one text"))
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-value",
                        "'\(specification.writtenType)' compares with a text or a list of texts, "
                            + "not with \(ScalarText.article(element))",
                        at: specification.valueMark, hint: "put the text in quotes"))
            }
            texts.append(text)
        }
        return texts
    }

    /// The mistake of a reference in which there is nothing to compare.
    package static func nothing(_ things: String, in specification: AssertionSpecification) -> DiagnosticError
    {
        DiagnosticError(
            Diagnostic(
                "bad-value", "the text of '\(specification.writtenType)' has no \(things)",
                at: specification.valueMark, hint: "the answer is compared with it, so it needs \(things)"))
    }

    /// The references as a report shows them.
    package static func display(_ texts: [String]) -> String {
        texts.count == 1 ? texts[0] : "any of " + Excerpt.quoted(texts)
    }
}
