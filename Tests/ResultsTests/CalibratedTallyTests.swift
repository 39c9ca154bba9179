import Diagnostics
import Evals
import Statistics
import Testing

@testable import Results

@Suite("Calibrated judges in a run's tally")
struct CalibratedTallyTests {
    private static func execution(_ id: String, passed: Bool, instrument: String) -> Execution {
        var execution = Execution(
            suite: "s", caseID: id, prompt: "p", version: "1", model: "small",
            mark: SourceMark(file: "s.suite.yaml"))
        var result = AssertionResult(
            type: "rubric", metric: "polite", passed: passed, score: passed ? 1 : 0, reason: "")
        result.stamp = JudgeStamp(models: ["judge"], prompts: [], instrument: instrument, votes: [passed])
        execution.assertions = [result]
        execution.status = passed ? .passed : .failed
        return execution
    }

    private static let calibrations = [
        "a": JudgeCalibration(
            file: "calibrations/a.calibration.yaml", instrument: "a", truePasses: 18, falsePasses: 2,
            trueFails: 18, falseFails: 2)
    ]

    @Test(
        "a metric's rate is corrected where one instrument judged it, and that one is calibrated",
        arguments: [(["a", "a"], true), (["b", "b"], nil), (["a", "b"], false)] as [([String], Bool?)])
    func rows(instruments: [String], isCorrected: Bool?) throws {
        var tally = JudgeTally(calibrations: Self.calibrations)
        for (index, instrument) in instruments.enumerated() {
            tally.add(Self.execution("c\(index)", passed: index == 0, instrument: instrument))
        }
        let rate = try #require(tally.rows.first).calibrated
        guard let isCorrected else {
            #expect(rate == nil)
            return
        }
        if case .corrected(let corrected)? = rate?.outcome {
            #expect(isCorrected)
            // (0.5 + 0.9 − 1)/(0.9 + 0.9 − 1)
            #expect(abs(corrected.corrected.value - 0.5) < 1e-12)
        } else {
            #expect(rate != nil && !isCorrected)
        }
    }
}
