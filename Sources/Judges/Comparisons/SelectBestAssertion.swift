import Assertions
import Diagnostics
import Evals
import JSON

/// `select-best`: a judge chooses the best of all answers to a case, from the list and from the reversed list.
enum SelectBestAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "select-best",
            summary:
                "A judge chooses this answer as the best among those of all prompts and models of the case: score 1 when "
                + "chosen from the list and from the reversed list, 0.5 when from one of them, or when another answer has "
                + "the same text.",
            family: .comparison, example: "select-best: Is the most helpful to an angry customer.",
            scoring: .higherIsBetter(threshold: 1), valueSchema: ["type": "string", "minLength": 1],
            options: JudgedAssertion.options, needs: JudgedAssertion.needs,
            judgePrompts: [
                JudgePromptUse(
                    "judge-select-best",
                    variables: ["criterion", "question", "context", "reference", "answers", "count", "tag"])
            ],
            compile: compile)
    ]

    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let criterion = try ComparisonCriterion.text(of: specification)
        let narrowing = try Narrowing(specification)
        let threshold = try Threshold.score(of: specification) ?? 1
        var compiled = try JudgedAssertion.assertion(
            specification, rule: .atLeast(threshold), expected: "the best answer: \(criterion)"
        ) {
            (subject: Subject, interview: Interview, panel: JudgePanel) async throws(EvaluationError)
                -> [Finding] in
            let answers = try ComparedAnswers(of: interview, narrowing: narrowing)
            let contest = Contest(
                criterion: criterion, answers: try await candidates(among: answers, specification))
            let result = ContestResult(contest: contest, answers: answers)
            guard contest.entries.count > 1 else {
                return Array(repeating: result.tie, count: panel.models.count * panel.repetition)
            }
            let instrument = JudgeInstrument(specification, panel: panel, desk: interview.desk)
            return try await choices(
                contest, answers, interview, panel, label: subject.label,
                key: "\(instrument.sha256) \(criterion)"
            ).map(result.finding)
        }
        compiled.compares = true
        return compiled
    }

    /// The answers that have what the assertion looks at, two at least.
    private static func candidates(
        among answers: ComparedAnswers, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> [(place: Int, subject: Subject)] {
        let found = await withTaskGroup(of: (Int, Result<Subject?, EvaluationError>).self) { group in
            for place in answers.rivals.all.indices {
                group.addTask {
                    do throws(EvaluationError) {
                        return (place, .success(try await answers.subject(of: place)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            var found: [Int: Result<Subject?, EvaluationError>] = [:]
            for await (place, subject) in group { found[place] = subject }
            return found
        }
        var candidates: [(place: Int, subject: Subject)] = []
        // In the plan's order, so that the first error is the same in every execution and every run.
        for place in answers.rivals.all.indices {
            if let subject = try found[place]?.get() { candidates.append((place, subject)) }
        }
        guard candidates.count > 1 else {
            throw EvaluationError(
                .assertion, "'\(specification.writtenType)' has a single answer to choose from",
                hint: "give the case several prompts or models; a choice on the command line leaves some out")
        }
        return candidates
    }

    /// What each judge and repeat chose, in order; asked once for all executions of the case.
    private static func choices(
        _ contest: Contest, _ answers: ComparedAnswers, _ interview: Interview, _ panel: JudgePanel,
        label: String, key: String
    ) async throws(EvaluationError) -> [Contest.Choice] {
        let places = contest.entries.flatMap(\.places).sorted()
        let host = places.first ?? answers.place
        let payer = places.first { answers.rivals.all[$0].isExecuted } ?? answers.place
        let value = try await answers.rivals.jointly(key, host: host, payer: payer, for: interview) {
            (joint: Interview) async throws(EvaluationError) -> JSONValue in
            let findings = try await PanelRound(panel: panel, interview: joint, label: label)
                .findings { (judge) throws(EvaluationError) in
                    let choice = try await contest.choice(of: judge)
                    return Finding(measure: 0, reason: "", details: ["choice": choice.json])
                }
            return .array(findings.compactMap { $0.details["choice"] })
        }
        let choices = (value.array ?? []).compactMap { Contest.Choice(json: $0) }
        guard choices.count == panel.models.count * panel.repetition else {
            throw EvaluationError(.judge, "the judges did not choose among the answers")
        }
        return choices
    }
}
