import Assertions
import Diagnostics
import Evals
import JSON

/// `moderation`: a moderation endpoint flags nothing in the answer.
enum ModerationAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "moderation",
            summary:
                "A moderation endpoint like OpenAI's flags the answer in none of its categories, or of those that are "
                + "listed. With a `threshold` its scores decide in place of its flags: the highest one is at most the "
                + "threshold. An answer without text has nothing to flag.",
            family: .judges, example: "{moderation: [hate, violence], model: moderation}",
            valueNeed: .optional,
            valueSchema: OptionValue.listSchema(of: ["type": "string", "minLength": 1]),
            options: [
                AssertionDescriptor.Option(
                    name: "model", schema: ["type": "string", "minLength": 1],
                    summary: "The model of the endpoint, in place of the one of the project's `judge:`.")
            ],
            needs: { specification in
                [ModelNeed(.moderation, names: specification.options["model"]?.string.map { [$0] })]
            }, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let categories = try categories(of: specification)
        let limit = try Threshold.score(of: specification)
        let isVacuous = limit == 1 && !specification.isNegated
        var compiled = CompiledAssertion(
            specification, vacuity: isVacuous ? "no score is above a limit of 1" : nil
        ) { (subject: Subject) async throws(EvaluationError) -> Judgement in
            let expected = "nothing flagged" + (categories.map { " as \($0.joined(separator: ", "))" } ?? "")
            guard subject.output.contains(where: { !$0.isWhitespace }) else {
                return Judgement(passed: true, reason: "the answer has no text to flag", expected: expected)
            }
            guard let interview = subject.interview else {
                throw EvaluationError(.judge, "no moderation endpoint can be asked here")
            }
            let model = try model(of: specification, interview.desk)
            let inquiry = Inquiry(
                .moderation, to: model, messages: [Message(role: .user, text: subject.output)])
            let reply: Reply
            do throws(EvaluationError) {
                reply = try await interview.ask(inquiry, label: subject.label).reply
            } catch {
                throw error.said(by: "the moderation by '\(model.name)'")
            }
            let report: ModerationReport
            do throws(ModerationReport.Mistake) {
                report = try ModerationReport(reply.content ?? "", categories: categories)
            } catch {
                throw EvaluationError(
                    .judge, "the moderation by '\(model.name)' gave no verdict: \(error.message)",
                    hint: error.hint)
            }
            var judgement = try report.judgement(limit: limit)
            judgement.expected = expected
            judgement.actual = Excerpt.display(subject.output)
            return judgement
        }
        compiled.asks = true
        return compiled
    }

    private static func categories(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> [String]? {
        guard let value = specification.value, !value.isNull else { return nil }
        let elements = value.array ?? [value]
        let names = elements.compactMap(\.string)
        guard !elements.isEmpty, names.count == elements.count, names.allSatisfy({ !$0.trimmed.isEmpty })
        else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' takes the names of categories",
                    at: specification.valueMark,
                    hint:
                        "write \(specification.writtenType): [hate, violence], or no value for all categories"
                )
            )
        }
        return names
    }

    private static func model(
        of specification: AssertionSpecification, _ desk: JudgeDesk
    ) throws(EvaluationError) -> ModelSpecification {
        guard let name = specification.options["model"]?.string ?? desk.settings.moderation else {
            throw EvaluationError(
                .judge, "no model for moderation is configured",
                hint: "add judge: {moderation: NAME} to evalrun.yaml, or model: NAME to the assertion")
        }
        return try desk.model(name)
    }
}
