import Assertions
import Diagnostics
import Evals
import JSON

/// `classifier`: an endpoint that gives labels gives the answer this one.
enum ClassifierAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "classifier",
            summary:
                "The model, which gets the answer as the user's message, gives it the label with a score that reaches "
                + "the threshold. It may answer with a list of `{label, score}`, with `{LABEL: score}`, with "
                + "`{labels, scores}`, or with a label alone, which has the score 1. An answer without the wanted "
                + "label is an error, unless it is one of `labels` alone.",
            family: .judges, example: "{classifier: polite, model: tone, labels: [polite, rude]}",
            scoring: .higherIsBetter(threshold: standardThreshold),
            valueSchema: ["type": "string", "minLength": 1],
            options: [
                AssertionDescriptor.Option(
                    name: "model", schema: ["type": "string", "minLength": 1],
                    summary: "The model that classifies, usually one of the kind `http` or `exec`; required."),
                AssertionDescriptor.Option(
                    name: "labels",
                    schema: ["type": "array", "minItems": 2, "items": ["type": "string", "minLength": 1]],
                    summary:
                        "All labels that the model may give; any other one is an error. Needed for a model that "
                        + "answers with a label alone."),
            ],
            needs: { specification in
                [ModelNeed(.classifier, names: specification.options["model"]?.string.map { [$0] } ?? [])]
            }, compile: compile)
    ]

    private static let standardThreshold = 0.5

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard let wanted = specification.value?.string?.trimmed, !wanted.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' needs the label that the answer should get",
                    at: specification.valueMark, hint: "write \(specification.writtenType): LABEL"))
        }
        guard let name = specification.options["model"]?.string, !name.isEmpty else {
            throw OptionValue.mistake(
                "'\(specification.writtenType)' needs the model that classifies", specification,
                hint: "write {\(specification.writtenType): \(wanted), model: NAME}")
        }
        let labels = try labels(of: specification, wanted: wanted)
        let threshold = try Threshold.score(of: specification) ?? standardThreshold
        let isVacuous = threshold == 0 && !specification.isNegated
        var compiled = CompiledAssertion(
            specification, vacuity: isVacuous ? "every score reaches a threshold of 0" : nil
        ) { (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard let interview = subject.interview else {
                throw EvaluationError(.judge, "no classifier can be asked here")
            }
            let inquiry = Inquiry(
                to: try interview.desk.model(name), messages: [Message(role: .user, text: subject.output)])
            let reply: Reply
            do throws(EvaluationError) {
                reply = try await interview.ask(inquiry, label: subject.label).reply
            } catch {
                throw error.said(by: "the classifier '\(name)'")
            }
            let found: LabelScores
            let score: Double
            do throws(LabelScores.Mistake) {
                found = try LabelScores(reply.content ?? "")
                score = try found.score(of: wanted, among: labels)
            } catch {
                throw EvaluationError(
                    .judge, "the classifier '\(name)' gave no score for '\(wanted)': \(error.message)",
                    hint: error.hint)
            }
            let passed = Threshold.isReached(threshold, by: score)
            return Judgement(
                passed: passed, score: score,
                reason:
                    "the score of '\(wanted)', \(Threshold.text((score * 10_000).rounded() / 10_000)), "
                    + "\(passed ? "reaches" : "is below") the threshold \(Threshold.text(threshold))",
                expected: wanted, actual: Excerpt.display(subject.output),
                details: ["model": .string(name), "scores": found.json])
        }
        compiled.asks = true
        return compiled.needingText
    }

    private static func labels(
        of specification: AssertionSpecification, wanted: String
    ) throws(DiagnosticError) -> [String]? {
        guard let labels = try OptionValue.texts("labels", of: specification)?.map(\.trimmed) else {
            return nil
        }
        guard labels.contains(wanted) else {
            throw OptionValue.mistake(
                "'\(wanted)' is none of the 'labels' of '\(specification.writtenType)'", specification,
                hint: Spelling.hint(for: wanted, among: labels) ?? "add it to labels:")
        }
        return labels
    }
}
