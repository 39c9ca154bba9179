import Assertions
import Diagnostics
import Evals
import JSON

/// `grounded`: what the answer claims is in the retrieved texts.
enum GroundedAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "grounded",
            summary:
                "A judge finds each claim of the answer supported by the retrieved texts, and none contradicted. The "
                + "score is the share of claims that are supported, or 0 when one is contradicted; the rest is "
                + "unsupported. An answer that claims nothing, such as that it does not know, passes; one without text "
                + "fails.",
            family: .judges, example: "grounded", scoring: .higherIsBetter(threshold: 1), valueNeed: .none,
            options: JudgedAssertion.options, needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(claims, variables: ["question", "answer", "tag"]),
                JudgePromptUse(verdicts, variables: ["context", "claims", "tag"]),
            ],
            compile: compile)
    ]

    private static let claims = "judge-grounded-claims"
    private static let verdicts = "judge-grounded-verdicts"
    private static let words = ["supported", "unsupported", "contradicted"]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try Threshold.score(of: specification) ?? 1
        let type = specification.writtenType
        return try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold), expected: "claims that the retrieved texts support"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            try await finding(subject, judge, type)
        }.needingAnswerText()
    }

    private static func finding(
        _ subject: Subject, _ judge: Judge, _ type: String
    ) async throws(EvaluationError) -> Finding {
        let context = try CaseTexts.context(of: subject, for: type).joined(separator: "\n\n")
        var texts: [(name: String, text: String)] = []
        if let question = subject.question { texts.append(("question", question)) }
        texts.append(("answer", subject.output))
        let list = try await StatementList.ask(judge, prompt: claims, texts: texts)
        guard !list.statements.isEmpty else {
            return Finding(
                measure: 1, reason: "the answer makes no claim: \(list.absence)",
                details: ["claims": [], "why_none": .string(list.absence)], prompts: [list.prompt])
        }
        let found = try await ItemVerdicts.ask(
            judge, prompt: verdicts, count: list.statements.count, things: "claims", words: words,
            texts: [("context", context), ("claims", StatementList.numbered(list.statements))])
        let isContradicted = found.count("contradicted") > 0
        return Finding(
            measure: isContradicted ? 0 : found.share("supported"),
            reason: found.summary(
                of: list.statements, things: "claims", words.map { ($0, $0) },
                fault: isContradicted ? "contradicted" : "unsupported"),
            details: [
                "claims": found.details(of: list.statements, key: "claim"), "counts": found.counts(words),
            ],
            prompts: [list.prompt, found.prompt])
    }
}
