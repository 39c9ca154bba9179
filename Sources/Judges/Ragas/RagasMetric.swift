import Assertions
import Diagnostics
import Evals
import JSON

/// What the metrics of Ragas have in common: what they need of a case, and a threshold that must be written.
///
/// Ragas gives numbers and no limits, so that none would be more right than another.
enum RagasMetric {
    /// The threshold of a metric, from 0 to 1.
    ///
    /// - Parameter example: A threshold as one might choose it.
    static func threshold(
        of specification: AssertionSpecification, example: String
    ) throws(DiagnosticError) -> Double {
        let name = specification.writtenType
        let hint = "write \(name): \(example), or threshold: \(example)"
        guard specification.value == nil else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(name)' takes a threshold and no value", at: specification.valueMark,
                    hint: hint))
        }
        guard let threshold = try Threshold.score(of: specification) else {
            throw DiagnosticError(
                Diagnostic(
                    "missing-threshold",
                    "'\(name)' needs a threshold: Ragas has none that would hold for everybody",
                    at: specification.mark, hint: hint))
        }
        return threshold
    }

    /// The question of a case.
    static func question(of subject: Subject, for name: String) throws(EvaluationError) -> String {
        guard let question = subject.question, !question.trimmed.isEmpty else {
            throw missing("question", for: name, "question: the question that the answer is to")
        }
        return question
    }

    /// The retrieved texts of a case, at least one.
    static func context(of subject: Subject, for name: String) throws(EvaluationError) -> [String] {
        guard subject.context.contains(where: { !$0.trimmed.isEmpty }) else {
            throw missing("context", for: name, "context: the retrieved texts, a text or a list")
        }
        return subject.context
    }

    /// The right answer of a case.
    static func reference(of subject: Subject, for name: String) throws(EvaluationError) -> String {
        guard let reference = subject.reference, !reference.trimmed.isEmpty else {
            throw missing("reference", for: name, "reference: the right answer")
        }
        return reference
    }

    /// The retrieved texts as one text.
    static func joined(_ context: [String]) -> String { context.joined(separator: "\n\n") }

    /// The share of items that hold, as a finding whose details list all of them.
    ///
    /// - Parameters:
    ///   - property: What holds or does not, as the details name it: `supported`.
    ///   - opposite: What those are that lack it: `unsupported`.
    ///   - things: The items in the plural: `statements`.
    ///   - relation: What those that hold do: `follow from the context`.
    static func share(
        of verdicts: [RagasVerdict], property: String, opposite: String, things: String, relation: String,
        prompts: [String]
    ) -> Finding {
        let holding = verdicts.count(where: \.holds)
        return Finding(
            measure: Double(holding) / Double(verdicts.count),
            reason: "\(holding) of \(verdicts.count) \(things) \(relation)"
                + list(verdicts.filter { !$0.holds }),
            details: JSONObject([
                (things, .array(verdicts.map { $0.json(property) })), (property, .integer(holding)),
                (opposite, .integer(verdicts.count - holding)),
            ]),
            prompts: prompts)
    }

    /// The error of a judge that found nothing to count, where Ragas has no number either.
    static func nothing(_ things: String, in text: String, hint: String) -> EvaluationError {
        EvaluationError(
            .judge, "the judge found no \(things) in \(text), and a share of none is no score", hint: hint)
    }

    private static func list(_ verdicts: [RagasVerdict]) -> String {
        verdicts.isEmpty ? "" : "; not: " + Excerpt.quoted(verdicts.map(\.text))
    }

    private static func missing(_ thing: String, for name: String, _ hint: String) -> EvaluationError {
        EvaluationError(
            .assertion, "'\(name)' needs the \(thing) of the case, which has none",
            hint: "give the case \(hint)")
    }
}
