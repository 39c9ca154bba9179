import Assertions
import Evals
import JSON
import Testing

@testable import Judges

@Suite("Judges that need a calibration")
struct CalibratedJudgeTests {
    private let model = ScriptedModel { _ in .says(["reason": "fine", "pass": true]) }

    private func bench(_ change: (inout JudgeDesk) -> Void) -> JudgeBench {
        var bench = JudgeBench(model)
        bench.desk.settings.requiredAgreement = 0.6
        change(&bench.desk)
        return bench
    }

    private static func compiled(_ rubric: String = "Is polite.") throws -> CompiledAssertion {
        try JudgeBench.catalog.compile(
            JudgeBench.specification("rubric", value: .string(rubric), metric: "polite"))
    }

    /// A calibration of the rubric as a desk would judge by it.
    private static func calibrate(_ desk: inout JudgeDesk, counts: (Int, Int, Int, Int)) throws {
        let instrument = try #require(compiled().instruments.first).instrument(desk)
        desk.calibrations[instrument.sha256] = JudgeCalibration(
            file: "calibrations/polite.calibration.yaml", name: "polite", instrument: instrument.sha256,
            parts: instrument.parts, truePasses: counts.0, falsePasses: counts.1, trueFails: counts.2,
            falseFails: counts.3)
    }

    private func result(
        _ rubric: String = "Is polite.", on bench: JudgeBench
    ) async throws -> (result: AssertionResult, use: JudgeUse?) {
        let subject = bench.subject()
        let result = await AssertionEvaluation.evaluate(try Self.compiled(rubric), on: subject)
        return (result, subject.interview?.use)
    }

    @Test("a verdict that can't count is not asked for")
    func uncalibrated() async throws {
        let (result, use) = try await result(on: bench { _ in })
        #expect(result.error?.kind == .judge)
        #expect(!result.passed)
        #expect(result.error?.hint?.contains("--allow-uncalibrated") == true)
        #expect(model.requests.isEmpty)
        #expect(use?.calls == 0)
    }

    @Test("a good calibration of the same rubric, judge and prompt lets the judge decide")
    func calibrated() async throws {
        var bench = bench { _ in }
        try Self.calibrate(&bench.desk, counts: (18, 2, 18, 2))
        let (same, _) = try await result(on: bench)
        #expect(same.error == nil)
        #expect(same.passed)
        #expect(same.stamp?.calibration == "calibrations/polite.calibration.yaml")
        let (edited, _) = try await result("Is polite!", on: bench)
        #expect(edited.error?.message.hasSuffix("this changed: rubric") == true, "\(edited)")
        bench.desk.models["judge"]?.parameters = ["temperature": 0]
        let (hotter, _) = try await result(on: bench)
        #expect(hotter.error?.message.hasSuffix("this changed: judge") == true, "\(hotter)")
        #expect(model.requests.count == 1)
    }

    @Test("a calibration below the floor does not")
    func belowFloor() async throws {
        var bench = bench { _ in }
        try Self.calibrate(&bench.desk, counts: (6, 4, 6, 4))
        let (result, _) = try await result(on: bench)
        #expect(result.error?.message.contains("κ 0.2 in calibrations/polite.calibration.yaml") == true)
        #expect(model.requests.isEmpty)
    }

    @Test("where uncalibrated judges are allowed, a notice takes the place of the error")
    func allowed() async throws {
        let (result, use) = try await result(on: bench { $0.allowsUncalibrated = true })
        #expect(result.error == nil)
        #expect(result.passed)
        #expect(use?.notices.count == 1)
        #expect(use?.notices.first?.hasPrefix("allowed by --allow-uncalibrated: ") == true)
    }

    @Test("an assertion inside of a set tells its instrument too")
    func sets() throws {
        let inner = JudgeBench.specification("rubric", value: "Is polite.", metric: "polite")
        var set = JudgeBench.specification("assert-set")
        set.inner = [inner, JudgeBench.specification("contains", value: "x")]
        #expect(try JudgeBench.catalog.compile(set).instruments.map(\.metric) == ["polite"])
        #expect(try JudgeBench.catalog.compile(inner).instruments.map(\.type) == ["rubric"])
    }
}
