import Evals
import Statistics
import Testing

@testable import Results

@Suite("Pass rates of calibrated judges")
struct CalibratedRateTests {
    private static func calibration(_ counts: (Int, Int, Int, Int)) -> JudgeCalibration {
        JudgeCalibration(
            file: "calibrations/a.calibration.yaml", instrument: "a", truePasses: counts.0,
            falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3)
    }

    @Test("the rate of one calibrated judge is corrected")
    func corrected() throws {
        // Se = 45/50 = 0.9, Sp = 24/30 = 0.8; (0.8 + 0.8 − 1)/(0.9 + 0.8 − 1).
        let rate = try #require(
            CalibratedRate(passes: 8, of: 10, by: [Self.calibration((45, 6, 24, 5))]))
        #expect(rate.agreement?.labels == 80)
        guard case .corrected(let corrected) = rate.outcome else {
            Issue.record("\(rate.outcome)")
            return
        }
        #expect(abs(corrected.clipped - 0.6 / 0.7) < 1e-12)
        let interval = corrected.interval(.ninetyFivePercent)
        #expect(interval.lower < 0.6 / 0.7)
        #expect(interval.upper <= 1)
    }

    @Test(
        "where nothing can be said about the true rate, it says why",
        arguments: [
            ([(10, 10, 10, 10)], "coin"), ([(0, 9, 0, 9)], "coin"), ([(9, 0, 0, 1)], "all passes"),
            ([(0, 1, 9, 0)], "all fails"), ([(45, 6, 24, 5), (45, 6, 24, 5)], "2 rubrics"),
            ([(45, 6, 24, 5), nil], "2 rubrics"),
        ] as [([(Int, Int, Int, Int)?], String)])
    func uncorrected(counts: [(Int, Int, Int, Int)?], words: String) throws {
        let rate = try #require(
            CalibratedRate(passes: 1, of: 2, by: counts.map { $0.map(Self.calibration) }))
        guard case .uncorrected(let reason) = rate.outcome else {
            Issue.record("\(rate.outcome)")
            return
        }
        #expect(reason.contains(words))
    }

    @Test("without a calibration, and without verdicts, there is nothing to say")
    func nothing() {
        #expect(CalibratedRate(passes: 1, of: 2, by: []) == nil)
        #expect(CalibratedRate(passes: 1, of: 2, by: [nil]) == nil)
        #expect(CalibratedRate(passes: 0, of: 0, by: [Self.calibration((1, 0, 1, 0))]) == nil)
    }
}
