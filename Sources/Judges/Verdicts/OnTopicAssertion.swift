import Assertions
import Diagnostics
import Evals
import JSON

/// `on-topic`: a judge says whether the answer keeps to some topics.
enum OnTopicAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "on-topic",
            summary:
                "A judge finds that the answer keeps to the topics, a text or a list: all that it says belongs to one of them. "
                + "Greetings, questions back and saying that something else is no topic here are no departure.",
            family: .judges, example: "on-topic: [parcels, refunds, opening hours]",
            valueSchema: JudgedValue.schema, options: JudgedAssertion.options, needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse("judge-on-topic", variables: ["topics", "question", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let question = YesNoQuestion(prompt: "judge-on-topic", key: "on_topic")

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let topics = try JudgedValue.texts(
            of: specification, "a topic", hint: "write what answers may be about, as a text or a list")
        return try JudgedAssertion.assertion(
            specification, rule: JudgedAssertion.rule(specification, otherwise: .verdict),
            expected: topics.joined(separator: "\n")
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let texts = JudgedTexts(of: subject).all.filter { $0.name == "question" || $0.name == "answer" }
            return try await question.finding(
                ["topics": .string(topics.map { "- \($0)" }.joined(separator: "\n"))], on: texts, by: judge)
        }
    }
}
