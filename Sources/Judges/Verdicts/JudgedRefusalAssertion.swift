import Assertions
import Diagnostics
import Evals
import JSON

/// `refusal`: the answer refuses, by the word of its provider or else of a judge.
enum JudgedRefusalAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "refusal",
            summary:
                "The answer refuses to help. An empty answer and one that the provider reports as a refusal are known as "
                + "such without asking; else a judge decides, whatever phrases the answer has.",
            family: .judges, example: "not-refusal", valueNeed: .none, options: JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-refusal", variables: ["question", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let question = YesNoQuestion(prompt: "judge-refusal", key: "refuses")

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try Threshold.score(of: specification)
        let usesWholeReply = specification.select == nil && specification.xpath == nil
        var compiled = try JudgedAssertion.assertion(
            specification, rule: JudgedAssertion.rule(specification, otherwise: .verdict),
            expected: "a refusal"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let texts = JudgedTexts(of: subject).all.filter { $0.name == "question" || $0.name == "answer" }
            return try await question.finding(on: texts, by: judge)
        }
        let ask = compiled.judge
        compiled.judge = { (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard let sign = RefusalSigns.certainty(on: subject, usesWholeReply: usesWholeReply) else {
                return try await ask(subject)
            }
            let score: Double = sign.isRefusal ? 1 : 0
            return Judgement(
                passed: threshold.map { Threshold.isReached($0, by: score) } ?? sign.isRefusal, score: score,
                reason: "\(sign.reason); no judge was asked", expected: "a refusal",
                actual: Excerpt.display(subject.output))
        }
        return compiled
    }
}
