import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("Assertions on what comes with an answer")
struct ReplyAssertionTests {
    private static func result(
        _ specimen: Specimen, _ reply: Reply, cost: Money? = nil
    ) async throws -> AssertionResult {
        let assertion = try AssertionCatalog.standard.compile(specimen.specification)
        return await AssertionEvaluation.evaluate(assertion, on: Subject(reply: reply, cost: cost))
    }

    @Test(
        "latency: the limit is included",
        arguments: [(0.0, true), (99.9, true), (100, true), (100.5, false)])
    func latency(measured: Double, passes: Bool) async throws {
        let reply = Reply(content: "", latencyMS: measured)
        let result = try await Self.result(Specimen(type: "latency", threshold: 100), reply)
        #expect(result.passed == passes)
        let twin = Specimen(type: "latency", threshold: 100, isNegated: true)
        #expect(try await Self.result(twin, reply).passed == !passes)
    }

    @Test(
        "cost: compared exactly, the limit included",
        arguments: [(10_000_000_000, true), (10_000_000_001, false), (0, true)])
    func cost(picoUSD: Int64, passes: Bool) async throws {
        let cost = Money(picoUSD: picoUSD)
        let specimen = Specimen(type: "cost", threshold: 0.01)
        #expect(try await Self.result(specimen, Reply(content: ""), cost: cost).passed == passes)
        #expect(try await Self.result(specimen, Reply(content: "", cost: cost)).passed == passes)
    }

    @Test(
        "finish-reason: case does not count",
        arguments: [("stop", "STOP", true), ("Length", "length", true), ("stop", "length", false)])
    func finishReason(wanted: String, found: String, passes: Bool) async throws {
        let specimen = Specimen(type: "finish-reason", value: .string(wanted))
        let result = try await Self.result(specimen, Reply(content: "", finishReason: found))
        #expect(result.passed == passes)
        #expect(result.actual == found)
    }

    @Test(
        "What is not known is an error with a way out, under not- too",
        arguments: [
            Specimen(type: "latency", threshold: 5), Specimen(type: "cost", threshold: 5),
            Specimen(type: "finish-reason", value: "stop"),
        ], [false, true])
    func unknown(specimen: Specimen, isNegated: Bool) async throws {
        var specimen = specimen
        specimen.isNegated = isNegated
        let result = try await Self.result(specimen, Reply(content: "x"))
        #expect(!result.passed)
        #expect(result.score == 0)
        #expect(result.error?.kind == .assertion)
        #expect(result.error?.hint?.isEmpty == false)
    }

    @Test(
        "refuse",
        arguments: [
            (Specimen(type: "latency"), "missing-value"),
            (Specimen(type: "latency", value: 100), "bad-value"),
            (Specimen(type: "latency", threshold: -1), "bad-threshold"),
            (Specimen(type: "cost"), "missing-value"),
            (Specimen(type: "cost", threshold: .infinity), "bad-threshold"),
            (Specimen(type: "finish-reason"), "missing-value"),
            (Specimen(type: "finish-reason", value: 123), "bad-value"),
            (Specimen(type: "finish-reason", value: "lenght"), "bad-value"),
        ])
    func refuse(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id)
    }

    @Test("A misspelt finish reason is answered with the right one")
    func spelling() {
        let hint = Specimen(type: "finish-reason", value: "lenght").mistake()?.hint
        #expect(hint == "did you mean 'length'?")
    }
}
