import Assertions
import Diagnostics
import Evals
import JSON

/// What all types of assertion share that a judge decides: who judges, the threshold, the panel's vote, the result.
enum JudgedAssertion {
    /// What decides about a finding.
    enum Rule: Sendable, Hashable {
        /// The judge's own pass or fail.
        case verdict
        /// A measure that must reach a number from 0 to 1.
        case atLeast(Double)
        /// A measure that must stay at or below a number from 0 to 1.
        case atMost(Double)
    }

    /// The options that all of them have.
    static let options: [AssertionDescriptor.Option] = [
        AssertionDescriptor.Option(
            name: "judge", schema: ["type": "string", "minLength": 1],
            summary: "The model that judges, in place of the project's `judge:`."),
        AssertionDescriptor.Option(
            name: "panel",
            schema: [
                "type": "object",
                "properties": [
                    "models": ["type": "array", "minItems": 1, "items": ["type": "string"]],
                    "vote": ["enum": ["majority", "mean", "all"]],
                    "repeat": ["type": "integer", "minimum": 1, "maximum": 25],
                ],
                "required": ["models"], "additionalProperties": false,
            ],
            summary:
                "Several judges in place of one: `models`, how they `vote` (`majority` unless written, `mean`, `all`), "
                + "and how often each is asked (`repeat`)."),
    ]

    /// The models that an assertion needs: the judges it names, else the project's.
    static func needs(_ specification: AssertionSpecification) -> [ModelNeed] {
        [ModelNeed(.judge, names: (try? JudgePanel(of: specification))??.models)]
    }

    /// Makes an assertion ready to run.
    ///
    /// - Parameters:
    ///   - expected: What the answer should be, for display.
    ///   - isBatched: Whether other assertions are judged in the same call.
    ///   - usesEmbeddings: Whether embeddings shape the measure too.
    ///   - valueIsReference: Whether the value is what is true in a case, and no rule of judging.
    ///   - measure: What one judge, asked once, makes of an answer.
    static func assertion(
        _ specification: AssertionSpecification, rule: Rule, expected: String,
        isBatched: @escaping @Sendable (Interview) -> Bool = { _ in false }, usesEmbeddings: Bool = false,
        valueIsReference: Bool = false,
        measure: @escaping @Sendable (Subject, Judge) async throws(EvaluationError) -> Finding
    ) throws(DiagnosticError) -> CompiledAssertion {
        try assertion(
            specification, rule: rule, expected: expected, isBatched: isBatched,
            usesEmbeddings: usesEmbeddings, valueIsReference: valueIsReference
        ) { (subject, interview, panel) throws(EvaluationError) -> [Finding] in
            try await PanelRound(panel: panel, interview: interview, label: subject.label)
                .findings { (judge) throws(EvaluationError) in try await measure(subject, judge) }
        }
    }

    /// Makes an assertion ready to run whose panel is asked as a whole.
    ///
    /// - Parameters:
    ///   - expected: What the answer should be, for display.
    ///   - isBatched: Whether other assertions are judged in the same call.
    ///   - usesEmbeddings: Whether embeddings shape the measure too.
    ///   - valueIsReference: Whether the value is what is true in a case, and no rule of judging.
    ///   - findings: What the panel makes of an answer: one finding of each judge and repeat, in order.
    static func assertion(
        _ specification: AssertionSpecification, rule: Rule, expected: String,
        isBatched: @escaping @Sendable (Interview) -> Bool = { _ in false }, usesEmbeddings: Bool = false,
        valueIsReference: Bool = false,
        findings:
            @escaping @Sendable (Subject, Interview, JudgePanel) async throws(EvaluationError) ->
            [Finding]
    ) throws(DiagnosticError) -> CompiledAssertion {
        let own = try JudgePanel(of: specification)
        var compiled = CompiledAssertion(specification, vacuity: vacuity(rule, specification)) {
            (subject: Subject) async throws(EvaluationError) -> Judgement in
            guard let interview = subject.interview else {
                throw EvaluationError(.judge, "no judge can be asked here")
            }
            let desk = interview.desk
            let panel = try desk.panel(own)
            let instrument = JudgeInstrument(
                specification, panel: panel, desk: desk, isBatched: isBatched(interview),
                embeddings: usesEmbeddings ? Embedder.modelName(specification, desk) : nil,
                valueIsReference: valueIsReference)
            try interview.requireCalibration(of: instrument.description, metric: specification.metric)
            let findings = try await findings(subject, interview, panel)
            let verdict = PanelVerdict(
                panel: panel, rule: rule, isNegated: specification.isNegated, findings: findings)
            return try verdict.judgement(expected: expected, actual: subject.output, instrument: instrument)
        }
        compiled.asks = true
        compiled.instruments = [
            InstrumentUse(specification) { (desk) throws(EvaluationError) in
                JudgeInstrument(
                    specification, panel: try desk.panel(own), desk: desk,
                    embeddings: usesEmbeddings ? Embedder.modelName(specification, desk) : nil,
                    valueIsReference: valueIsReference
                ).description
            }
        ]
        return compiled
    }

    /// The rule of a type that has one of its own until a threshold is written.
    static func rule(
        _ specification: AssertionSpecification, otherwise standard: Rule
    ) throws(DiagnosticError) -> Rule {
        try Threshold.score(of: specification).map { .atLeast($0) } ?? standard
    }

    private static func vacuity(_ rule: Rule, _ specification: AssertionSpecification) -> String? {
        guard !specification.isNegated else { return nil }
        switch rule {
        case .atLeast(let limit) where limit <= 0: return "every score reaches a threshold of 0"
        case .atMost(let limit) where limit >= 1: return "no score is above a limit of 1"
        default: return nil
        }
    }
}
