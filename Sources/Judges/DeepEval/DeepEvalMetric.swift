import Assertions
import Diagnostics
import Evals
import JSON

/// What the metrics of DeepEval share: a share of verdicts, a threshold of 0.5 unless written, and `strict`.
struct DeepEvalMetric: Sendable {
    /// The type, `deepeval/faithfulness`.
    var name: String
    /// One sentence for the reference.
    var summary: String
    /// What the answer should be, for display.
    var expected: String
    /// Whether a small measure is a good one.
    var isLowerBetter = false
    /// Whether an answer without text fails without a question.
    var needsAnswerText = false
    /// The options of its own, each a boolean.
    var flags: [AssertionDescriptor.Option] = []
    /// The judge prompts and their variables.
    var prompts: [JudgePromptUse]
    /// What one judge, asked once, makes of an answer.
    var measure: @Sendable (Subject, Judge, AssertionSpecification) async throws(EvaluationError) -> Finding

    /// What the catalog holds.
    var descriptor: AssertionDescriptor {
        AssertionDescriptor(
            name: name, summary: summary, family: .deepEval, example: name,
            scoring: isLowerBetter
                ? .lowerIsBetter(unit: "as a share", limit: Self.standard)
                : .higherIsBetter(threshold: Self.standard),
            valueNeed: .none, options: [strict] + flags + JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: prompts
        ) { (specification: AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion in
            try assertion(specification)
        }
    }

    /// Whether an option is written as true.
    static func isSet(_ flag: String, in specification: AssertionSpecification) -> Bool {
        specification.options[flag]?.bool ?? false
    }

    private static let standard = 0.5

    private var strict: AssertionDescriptor.Option {
        AssertionDescriptor.Option(
            name: "strict", schema: ["type": "boolean"],
            summary: isLowerBetter
                ? "`true`: only 0 passes, and no threshold can be written."
                : "`true`: only 1 passes, and no threshold can be written.")
    }

    private func assertion(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        for flag in [strict] + flags {
            guard let written = specification.options[flag.name], written.bool == nil else { continue }
            throw mistake(
                "'\(flag.name)' of '\(specification.writtenType)' is neither true nor false", specification,
                hint: "write \(flag.name): true, or leave it out")
        }
        let limit = try limit(specification)
        let compiled = try JudgedAssertion.assertion(
            specification, rule: isLowerBetter ? .atMost(limit) : .atLeast(limit), expected: expected
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            var finding = try await measure(subject, judge, specification)
            // The score is 1 − measure: who reads the result sees the number that DeepEval would give.
            if isLowerBetter { finding.details["measure"] = .double(finding.measure) }
            return finding
        }
        return needsAnswerText ? compiled.needingAnswerText() : compiled
    }

    private func limit(_ specification: AssertionSpecification) throws(DiagnosticError) -> Double {
        guard !Self.isSet("strict", in: specification) else {
            guard specification.threshold == nil else {
                throw mistake(
                    "'\(specification.writtenType)' has both 'strict' and 'threshold'", specification,
                    hint: "strict: true is a threshold of \(isLowerBetter ? 0 : 1)")
            }
            return isLowerBetter ? 0 : 1
        }
        guard isLowerBetter else { return try Threshold.score(of: specification) ?? Self.standard }
        let limit = specification.threshold ?? Self.standard
        guard limit >= 0, limit <= 1 else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-threshold", "the threshold of '\(specification.writtenType)' is not between 0 and 1",
                    at: specification.valueMark,
                    hint: "it is the largest share that passes: 0 is the best, 1 the worst"))
        }
        return limit
    }

    private func mistake(
        _ message: String, _ specification: AssertionSpecification, hint: String
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-value", message, at: specification.mark, hint: hint))
    }
}
