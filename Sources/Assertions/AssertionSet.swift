import Diagnostics
import Evals
import JSON

/// `assert-set`: several assertions that count as one; all that decide must pass, or their mean score must
/// reach the set's threshold.
enum AssertionSet {
    private static let name = "assert-set"
    /// How deep sets may stand in sets.
    private static let maximumDepth = 32

    /// The descriptor of sets of these types, which may be nested.
    static func descriptor(holding catalog: AssertionCatalog, depth: Int = 1) -> AssertionDescriptor {
        AssertionDescriptor(
            name: name,
            summary: "All assertions of the list pass, or their mean score reaches the threshold.",
            family: .logic,
            example: "{type: assert-set, threshold: 0.5, assert: [{contains: refund}, {contains: credit}]}",
            valueSchema: ["type": "array", "minItems": 1], holdsAssertions: true, rendersValue: false
        ) { (specification: AssertionSpecification) throws(DiagnosticError) in
            try compile(specification, catalog: catalog, depth: depth)
        }
    }

    private static func compile(
        _ specification: AssertionSpecification, catalog: AssertionCatalog, depth: Int
    ) throws(DiagnosticError) -> CompiledAssertion {
        let threshold = try Threshold.score(of: specification)
        let inner = try innerAssertions(of: specification, catalog: catalog, depth: depth)
        if let narrowing = narrowing(of: specification), inner.contains(where: \.asks) {
            // What is asked together, compared or calibrated is told apart by the asking assertion's own narrowing.
            throw DiagnosticError(
                Diagnostic(
                    "narrowed-set",
                    "'\(specification.writtenType)' has '\(narrowing)' and holds an assertion that asks a model",
                    at: specification.mark,
                    hint: "put '\(narrowing)' on the inner assertions"))
        }
        var set = CompiledAssertion(specification, vacuity: vacuity(specification, inner)) {
            (subject: Subject) async -> Judgement in
            var results: [AssertionResult] = []
            for (index, assertion) in inner.enumerated() {
                var own = subject
                own.label =
                    assertion.specification.metric
                    ?? "\(subject.label).\(AssertionEvaluation.label(of: assertion, at: index + 1))"
                results.append(await AssertionEvaluation.evaluate(assertion, on: own))
            }
            return judgement(results, threshold: threshold)
        }
        set.asks = inner.contains(where: \.asks)
        set.compares = inner.contains(where: \.compares)
        set.instruments = inner.flatMap(\.instruments)
        return set
    }

    /// The option that lets a set see less than the whole answer; nil when it has none.
    private static func narrowing(of specification: AssertionSpecification) -> String? {
        if specification.select != nil { return "select" }
        if specification.xpath != nil { return "xpath" }
        return specification.transform.isEmpty ? nil : "transform"
    }

    private static func judgement(_ results: [AssertionResult], threshold: Double?) -> Judgement {
        let outcome = CaseOutcome.decide(results: results, threshold: threshold)
        let deciding = results.filter(CaseOutcome.decides)
        let passed = deciding.count(where: \.passed)
        let failure = deciding.first { !$0.passed }.map { "; \($0.type): \($0.reason)" } ?? ""
        let score = outcome.score ?? 0
        let percent = Threshold.text((score * 1000).rounded() / 1000)
        return Judgement(
            passed: outcome.status == .passed, score: score,
            reason: "\(passed) of \(deciding.count) assertions passed, score \(percent)\(failure)",
            expected: threshold.map { "a score of at least \(Threshold.text($0))" } ?? "all assertions pass",
            actual: "\(passed) of \(deciding.count) passed, score \(percent)", inner: results)
    }

    /// Compiles the inner assertions, so that the mistakes of all are reported at once.
    private static func innerAssertions(
        of specification: AssertionSpecification, catalog: AssertionCatalog, depth: Int
    ) throws(DiagnosticError) -> [CompiledAssertion] {
        guard depth <= maximumDepth else {
            throw mistake(
                "bad-value", "sets stand in sets more than \(maximumDepth) deep", specification,
                hint: "put the assertions into fewer sets")
        }
        guard specification.inner.contains(where: { $0.weight > 0 && $0.quarantine == nil }) else {
            let isEmpty = specification.inner.isEmpty
            throw mistake(
                isEmpty ? "empty-list" : "nothing-decides",
                isEmpty
                    ? "'\(specification.writtenType)' has no assertions"
                    : "no assertion of '\(specification.writtenType)' decides: all have weight 0 or are in "
                        + "quarantine",
                specification,
                hint: isEmpty
                    ? "list assertions under it"
                    : "give one a weight above 0, or put the weight or quarantine on the set itself")
        }
        var compiled: [CompiledAssertion] = []
        var mistakes: [Diagnostic] = []
        for inner in specification.inner {
            do throws(DiagnosticError) {
                if inner.type == name {
                    let set = SharedChecks.added(to: descriptor(holding: catalog, depth: depth + 1))
                    compiled.append(try set.compile(inner))
                } else {
                    compiled.append(try catalog.compile(inner))
                }
            } catch {
                mistakes += error.diagnostics
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        return compiled
    }

    private static func vacuity(
        _ specification: AssertionSpecification, _ inner: [CompiledAssertion]
    ) -> String? {
        guard !specification.isNegated else { return nil }
        if specification.threshold == 0 { return "every score reaches a threshold of 0" }
        let deciding = inner.filter { $0.specification.weight > 0 && $0.specification.quarantine == nil }
        return deciding.allSatisfy { $0.vacuity != nil } ? "none of its assertions can fail" : nil
    }

    private static func mistake(
        _ id: String, _ message: String, _ specification: AssertionSpecification, hint: String
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: specification.valueMark, hint: hint))
    }
}
