import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("assert-set")
struct AssertionSetTests {
    private static func contains(
        _ text: String, weight: Double = 1, quarantine: Quarantine? = nil
    ) -> AssertionSpecification {
        AssertionSpecification(
            type: "contains", value: .string(text), weight: weight, quarantine: quarantine)
    }

    private static let flaky = Quarantine(until: "2026-12-31", owner: "me", reason: "flaky")
    private static let unknown = AssertionSpecification(type: "latency", threshold: 5)

    private static func result(
        _ inner: [AssertionSpecification], threshold: Double? = nil
    ) async throws -> AssertionResult {
        let specification = AssertionSpecification(type: "assert-set", threshold: threshold, inner: inner)
        let assertion = try AssertionCatalog.standard.compile(specification)
        return await AssertionEvaluation.evaluate(assertion, on: Subject(reply: Reply(content: "ab")))
    }

    @Test(
        "judges",
        arguments: [
            ([contains("a"), contains("b")], nil, true, 1),
            ([contains("a"), contains("x")], nil, false, 0.5),
            ([contains("a"), contains("x")], 0.5, true, 0.5),
            ([contains("a", weight: 3), contains("x")], 0.8, false, 0.75),
            ([contains("a"), contains("x", weight: 0)], nil, true, 1),
            ([contains("a"), contains("x", quarantine: flaky)], nil, true, 1),
            (
                [contains("a"), AssertionSpecification(type: "assert-set", inner: [contains("x")])], nil,
                false, 0.5
            ),
        ] as [([AssertionSpecification], Double?, Bool, Double)])
    func judge(inner: [AssertionSpecification], threshold: Double?, passes: Bool, score: Double) async throws
    {
        let result = try await Self.result(inner, threshold: threshold)
        #expect(result.passed == passes)
        #expect(result.score == score)
        #expect(result.inner.count == inner.count)
        #expect(result.error == nil)
    }

    @Test("An inner error that decides is the set's error, and the inner results are kept")
    func innerError() async throws {
        let result = try await Self.result([Self.contains("a"), Self.unknown], threshold: 0.5)
        #expect(!result.passed)
        #expect(result.error?.kind == .assertion)
        #expect(result.inner.map { $0.error == nil } == [true, false])
        var harmless = Self.unknown
        harmless.weight = 0
        #expect(try await Self.result([Self.contains("a"), harmless]).passed)
    }

    @Test("All mistakes of the inner assertions are reported")
    func mistakes() {
        let inner = [
            AssertionSpecification(type: "contains"), AssertionSpecification(type: "regex", value: "("),
            AssertionSpecification(type: "contians", value: "x"),
            AssertionSpecification(type: "contains", value: "x", select: "x"),
        ]
        let error = #expect(throws: DiagnosticError.self) {
            try AssertionCatalog.standard.compile(AssertionSpecification(type: "assert-set", inner: inner))
        }
        #expect(
            error?.diagnostics.map(\.id) == [
                "missing-value", "bad-pattern", "unknown-assertion", "bad-select",
            ])
    }

    @Test(
        "refuses sets in which nothing decides",
        arguments: [
            ([], "empty-list"), ([contains("a", weight: 0)], "nothing-decides"),
            ([contains("a", quarantine: flaky)], "nothing-decides"),
        ] as [([AssertionSpecification], String)])
    func refuse(inner: [AssertionSpecification], id: String) {
        let error = #expect(throws: DiagnosticError.self) {
            try AssertionCatalog.standard.compile(AssertionSpecification(type: "assert-set", inner: inner))
        }
        #expect(error?.diagnostics.first?.id == id)
    }

    @Test("Sets stand in sets, but not without end")
    func depth() {
        var set = AssertionSpecification(type: "assert-set", inner: [Self.contains("a")])
        for _ in 0..<20 { set = AssertionSpecification(type: "assert-set", inner: [set]) }
        #expect(throws: Never.self) { try AssertionCatalog.standard.compile(set) }
        for _ in 0..<20 { set = AssertionSpecification(type: "assert-set", inner: [set]) }
        #expect(throws: DiagnosticError.self) { try AssertionCatalog.standard.compile(set) }
    }

    @Test("Types that others add may stand in sets")
    func added() throws {
        let probe = AssertionDescriptor(name: "probe", summary: "Passes.", family: .logic, example: "probe") {
            (specification: AssertionSpecification) throws(DiagnosticError) in
            CompiledAssertion(specification, vacuity: "probe") { _ in Judgement(passed: true, reason: "probe")
            }
        }
        let catalog = AssertionCatalog.standard(adding: [probe])
        let set = AssertionSpecification(type: "assert-set", inner: [AssertionSpecification(type: "probe")])
        #expect(try catalog.compile(set).vacuity == "none of its assertions can fail")
        #expect(throws: (any Error).self) {
            try catalog.compile(AssertionSpecification(type: "probe", select: "x"))
        }
    }

    @Test(
        "narrows no answer for assertions that ask models, however deep they stand in it",
        arguments: [
            ("probe", nil, nil, [], nil), ("contains", "$.a", nil, [], nil),
            ("probe", "$.a", nil, [], "'assert-set' has 'select' and holds an assertion that asks a model"),
            ("probe", nil, "//a", [], "'assert-set' has 'xpath' and holds an assertion that asks a model"),
            (
                "probe", nil, nil, [.named(.trim)],
                "'assert-set' has 'transform' and holds an assertion that asks a model"
            ),
        ] as [(String, String?, String?, [TransformStep], String?)])
    func narrowed(
        type: String, select: String?, xpath: String?, transform: [TransformStep], message: String?
    ) {
        let probe = AssertionDescriptor(name: "probe", summary: "Asks.", family: .judges, example: "probe") {
            (specification: AssertionSpecification) throws(DiagnosticError) in
            var assertion = CompiledAssertion(specification) { _ in Judgement(passed: true, reason: "") }
            assertion.asks = true
            return assertion
        }
        let catalog = AssertionCatalog.standard(adding: [probe])
        let inner = AssertionSpecification(type: type, value: "a")
        for content in [inner, AssertionSpecification(type: "assert-set", inner: [inner])] {
            let set = AssertionSpecification(
                type: "assert-set", select: select, xpath: xpath, transform: transform, inner: [content])
            var found: [Diagnostic] = []
            do throws(DiagnosticError) {
                _ = try catalog.compile(set)
            } catch {
                found = error.diagnostics
            }
            #expect(found.map(\.message) == (message.map { [$0] } ?? []))
            #expect(found.allSatisfy { $0.id == "narrowed-set" })
        }
    }
}
