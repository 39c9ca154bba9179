import Diagnostics
import Evals
import JSON

/// `equals`: the answer is exactly this text, or this JSON value.
enum EqualsAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "equals",
            summary: "The answer is exactly this text; for a list or a mapping, JSON of the same value.",
            family: .text, example: "equals: positive",

            compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let value = try ScalarText.required(specification)
        let text = ScalarText.text(of: value)
        let expected = Excerpt.display(text ?? JSONWriter.compact.text(of: value))
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            var judgement =
                switch (value, text) {
                case (.string, let text?): compared(subject, withText: text)
                case (_, let text?) where subject.selected?.string == nil && sameText(subject.output, text):
                    Judgement(passed: true, reason: "the answer is \(text)")
                default: try compared(subject, withValue: value)
                }
            judgement.expected = expected
            judgement.actual = Excerpt.display(subject.output)
            return judgement
        }
    }

    /// Compares scalars, not what they look like: `é` in one scalar and in two are different texts.
    private static func sameText(_ left: String, _ right: String) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    private static func compared(_ subject: Subject, withText text: String) -> Judgement {
        if sameText(subject.output, text) {
            return Judgement(passed: true, reason: "the answer is the expected text")
        }
        if sameText(WhiteSpace.trimmed(subject.output), WhiteSpace.trimmed(text)) {
            return Judgement(
                passed: false, reason: "the answer differs from the expected text in white space at its ends")
        }
        var place = 1
        for (found, wanted) in zip(subject.output.unicodeScalars, text.unicodeScalars) {
            if found != wanted { break }
            place += 1
        }
        return Judgement(
            passed: false, reason: "the answer differs from the expected text from character \(place) on")
    }

    private static func compared(
        _ subject: Subject, withValue value: JSONValue
    ) throws(EvaluationError) -> Judgement {
        switch try JSONAnswer.value(of: subject) {
        case .success(let found):
            guard let pointer = JSONDifference.first(between: found, and: value) else {
                return Judgement(passed: true, reason: "the answer is JSON of the expected value")
            }
            let place = pointer.tokens.isEmpty ? "" : " at \(pointer)"
            return Judgement(passed: false, reason: "the answer differs from the expected value\(place)")
        case .failure(let error):
            return Judgement(passed: false, reason: JSONAnswer.complaint(error, about: subject))
        }
    }
}
