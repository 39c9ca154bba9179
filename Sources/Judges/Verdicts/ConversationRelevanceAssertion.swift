import Assertions
import Diagnostics
import Evals
import JSON

/// `conversation-relevance`: the share of the assistant's turns that are relevant to what the user said before.
enum ConversationRelevanceAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "conversation-relevance",
            summary:
                "Of the assistant's turns in the conversation, the answer included, the share that a judge finds relevant to "
                + "what the user said before; one call for each turn.",
            family: .judges, example: "{type: conversation-relevance, window: 4, threshold: 0.8}",
            scoring: .higherIsBetter(threshold: standardThreshold), valueNeed: .none,
            options: [
                AssertionDescriptor.Option(
                    name: "window", schema: ["type": "integer", "minimum": 1, "maximum": 100],
                    summary:
                        "How many messages before a turn the judge sees with it, \(standardWindow) unless written."
                )
            ] + JudgedAssertion.options,
            needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(question.prompt, variables: ["conversation", "answer", "tag"])
            ],
            compile: compile)
    ]

    private static let question = YesNoQuestion(prompt: "judge-conversation-relevance", key: "relevant")
    private static let standardThreshold = 0.5
    private static let standardWindow = 5

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let window = try window(of: specification)
        return try JudgedAssertion.assertion(
            specification,
            rule: JudgedAssertion.rule(specification, otherwise: .atLeast(standardThreshold)),
            expected: "turns that are relevant to what the user said"
        ) { (subject: Subject, judge: Judge) async throws(EvaluationError) -> Finding in
            let turns = ConversationTurn.all(in: subject.messages, answer: subject.output, window: window)
            guard !turns.isEmpty else {
                throw EvaluationError(
                    .assertion,
                    "'\(specification.writtenType)' needs a conversation in which a user says something",
                    hint: "give the prompt a user message")
            }
            return try await finding(on: turns, by: judge)
        }
    }

    private static func window(of specification: AssertionSpecification) throws(DiagnosticError) -> Int {
        guard let written = specification.options["window"] else { return standardWindow }
        guard let window = written.integer, (1...100).contains(window) else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value",
                    "'window' of '\(specification.writtenType)' is not a whole number from 1 to 100",
                    at: specification.mark, hint: "write window: \(standardWindow), or leave it out"))
        }
        return window
    }

    private static func finding(
        on turns: [ConversationTurn], by judge: Judge
    ) async throws(EvaluationError) -> Finding {
        var findings: [Finding] = []
        // One after the other: equal turns are equal requests, which are numbered in order.
        for turn in turns {
            findings.append(
                try await question.finding(
                    on: [("conversation", turn.before), ("answer", turn.text)], by: judge))
        }
        let relevant = findings.count { $0.passes == true }
        let strays = findings.enumerated().filter { $0.element.passes != true }
            .map { "; turn \($0.offset + 1) is not: \($0.element.reason)" }
        return Finding(
            measure: Double(relevant) / Double(turns.count),
            reason: "\(relevant) of \(turns.count) turns are relevant" + strays.joined(),
            details: [
                "turns": .array(
                    zip(turns, findings).map { turn, finding in
                        [
                            "text": .string(Excerpt.display(turn.text)),
                            "relevant": .bool(finding.passes == true), "reason": .string(finding.reason),
                        ]
                    })
            ],
            prompts: findings.flatMap(\.prompts))
    }
}
