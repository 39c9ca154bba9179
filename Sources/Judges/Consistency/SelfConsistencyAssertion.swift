import Assertions
import Diagnostics
import Evals
import JSON

/// `self-consistency`: the model under test says the same when it is asked again.
enum SelfConsistencyAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "self-consistency",
            summary:
                "The model under test, asked the same again, agrees with itself: how likely two of the `samples` say the "
                + "same reaches the threshold (4 of 5 that agree give 0.6). With `judge`, the default, a judge compares "
                + "them by meaning, unless white space and case are all that differs; `exact` asks no judge.",
            family: .judges, example: "{type: self-consistency, value: exact, samples: 3, select: $.label}",
            scoring: .higherIsBetter(threshold: standard), valueNeed: .optional,
            valueSchema: ["enum": ["judge", "exact"]],
            options: [
                AssertionDescriptor.Option(
                    name: "samples",
                    schema: [
                        "type": "integer", "minimum": .integer(range.lowerBound),
                        "maximum": .integer(range.upperBound),
                    ],
                    summary:
                        "How many answers are compared, the judged one among them, 2 to 25; default 5. Each of the "
                        + "others is a call of the model under test.")
            ] + JudgedAssertion.options,
            needs: { isExact($0) ? [] : JudgedAssertion.needs($0) },
            judgePrompts: [JudgePromptUse(prompt, variables: ["question", "answers", "tag"])],
            compile: compile)
    ]

    private static let prompt = "judge-self-consistency"
    private static let standard = 0.8
    private static let range = 2...25
    private static let usualCount = 5

    private static let schema: JSONValue = {
        let entry = VerdictSchema.object(["answer": ["type": "integer"], "group": ["type": "integer"]])
        return VerdictSchema.reasoned("groups", ["type": "array", "items": entry])
    }()

    private static func isExact(_ specification: AssertionSpecification) -> Bool {
        specification.value?.string == "exact"
    }

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        if let value = specification.value, !["judge", "exact"].contains(value.string) {
            throw mistake(
                "'\(specification.writtenType)' compares by 'judge' or 'exact'", at: specification.valueMark,
                hint: "judge compares by meaning, and is what holds without a value")
        }
        let threshold = try Threshold.score(of: specification) ?? standard
        let samples = AnswerSamples(
            count: try count(of: specification), narrowing: try Narrowing(specification))
        return isExact(specification)
            ? try exact(specification, samples, threshold).needingAnswerText()
            : try judged(specification, samples, threshold).needingAnswerText()
    }

    private static func count(of specification: AssertionSpecification) throws(DiagnosticError) -> Int {
        guard let written = specification.options["samples"] else { return usualCount }
        guard let count = written.integer, range.contains(count) else {
            throw mistake(
                "'samples' of '\(specification.writtenType)' is not a whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)", at: specification.mark,
                hint: "write samples: \(usualCount), or leave it out")
        }
        return count
    }

    private static func exact(
        _ specification: AssertionSpecification, _ samples: AnswerSamples, _ threshold: Double
    ) throws(DiagnosticError) -> CompiledAssertion {
        if let option = ["judge", "panel"].first(where: { specification.options[$0] != nil }) {
            throw mistake(
                "'\(option)' of '\(specification.writtenType)' has no use, since 'exact' asks no judge",
                at: specification.mark, hint: "leave it out, or write value: judge")
        }
        let isVacuous = threshold == 0 && !specification.isNegated
        var compiled = CompiledAssertion(
            specification, vacuity: isVacuous ? "every score reaches a threshold of 0" : nil
        ) { (subject: Subject) async throws(EvaluationError) -> Judgement in
            let groups = AnswerGroups(try await texts(samples, subject, specification))
            let agreement = try agreement(of: groups)
            let passed = Threshold.isReached(threshold, by: agreement)
            let score = Threshold.text((agreement * 10_000).rounded() / 10_000)
            return Judgement(
                passed: passed, score: agreement,
                reason:
                    "the score \(score) \(passed ? "reaches" : "is below") the threshold "
                    + "\(Threshold.text(threshold)): \(groups.summary)",
                expected: expected, actual: Excerpt.display(subject.output), details: .object(groups.details))
        }
        compiled.asks = true
        return compiled
    }

    private static func judged(
        _ specification: AssertionSpecification, _ samples: AnswerSamples, _ threshold: Double
    ) throws(DiagnosticError) -> CompiledAssertion {
        var compiled = try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold), expected: expected
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            try await finding(AnswerGroups(try await texts(samples, subject, specification)), subject, judge)
        }
        // The model under test is asked before any judge of a panel, so that all of them find its answers there.
        compiled.judge = { [judge = compiled.judge] (subject: Subject) async throws(EvaluationError) in
            _ = try await texts(samples, subject, specification)
            return try await judge(subject)
        }
        return compiled
    }

    private static let expected = "the same answer whenever the model is asked"

    private static func texts(
        _ samples: AnswerSamples, _ subject: Subject, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> [String?] {
        guard let interview = subject.interview else {
            throw EvaluationError(.assertion, "the model under test can't be asked here")
        }
        return try await samples.texts(subject, interview, specification)
    }

    private static func finding(
        _ alike: AnswerGroups, _ subject: Subject, _ judge: Judge
    ) async throws(EvaluationError) -> Finding {
        let different = alike.different
        guard different.count > 1 else {
            return Finding(measure: try agreement(of: alike), reason: alike.summary, details: alike.details)
        }
        let verdict = try await judge.ask(
            JudgeQuestion(
                prompt: prompt, texts: subject.question.map { [("question", $0)] } ?? [],
                lists: [("answers", different.map(\.answer))], schema: schema
            ) { value in
                ItemNumbers.complaint(
                    about: value["groups"], key: "answer", count: different.count, things: "answers")
            })
        var groups = alike
        groups.join(
            ItemNumbers.sorted(verdict.value["groups"], key: "answer").map { $0["group"]?.integer ?? 0 })
        var details = groups.details
        let reason = verdict.value["reason"]?.string ?? ""
        details["reason"] = .string(reason)
        return Finding(
            measure: try agreement(of: groups),
            reason: reason.isEmpty ? groups.summary : "\(groups.summary): \(reason)",
            details: details, prompts: [verdict.prompt])
    }

    private static func agreement(of groups: AnswerGroups) throws(EvaluationError) -> Double {
        guard let agreement = groups.agreement else {
            throw EvaluationError(.assertion, "there are no two answers to compare")
        }
        return agreement
    }

    private static func mistake(_ message: String, at mark: SourceMark, hint: String) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-value", message, at: mark, hint: hint))
    }
}
