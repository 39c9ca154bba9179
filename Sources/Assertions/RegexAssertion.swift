import Diagnostics
import Evals
import JSON
import Patterns

/// `regex`: a regular expression matches somewhere in the answer.
enum RegexAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "regex", summary: "The regular expression matches somewhere in the answer.",
            family: .text, example: "regex: '\\d{4}-\\d{2}-\\d{2}'",

            valueSchema: ["type": ["string", "number", "boolean"]], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let source = try ScalarText.value(of: specification)
        let pattern: Pattern
        do throws(PatternError) {
            pattern = try Pattern(source)
        } catch {
            throw DiagnosticError(
                Diagnostic(
                    "bad-pattern", "'\(specification.writtenType)': \(error)", at: specification.valueMark,
                    hint: "in single quotes YAML leaves backslashes as they are: '\\d+'"))
        }
        let expected = Excerpt.display(source)
        var assertion = try YesNoRule.assertion(
            specification, alwaysPasses: PatternVacuity.whyAlways(pattern),
            neverPasses: PatternVacuity.whyNever(pattern)
        ) { (subject: Subject) throws(EvaluationError) in
            do throws(PatternError) {
                let match = try pattern.firstMatch(in: subject.output)
                let reason =
                    match.map { "the pattern matches \(Excerpt.quoted($0.text))" }
                    ?? "the pattern \(Excerpt.quoted(source)) matches nowhere"
                return Judgement(
                    passed: match != nil, reason: reason, expected: expected,
                    actual: Excerpt.display(subject.output))
            } catch {
                throw EvaluationError(
                    .assertion, error.message,
                    hint: error.kind == .limit
                        ? "write the pattern so that each group can match a text in one way only" : nil)
            }
        }
        if source.unicodeScalars.contains("\u{8}") {
            assertion.warnings.append(
                Diagnostic(
                    "backspace-pattern",
                    "the pattern of '\(specification.writtenType)' holds a backspace: that is what \\b is in double quotes",
                    at: specification.valueMark, hint: "for a word boundary use single quotes: '\\bword\\b'",
                    severity: .warning))
        }
        return assertion
    }
}
