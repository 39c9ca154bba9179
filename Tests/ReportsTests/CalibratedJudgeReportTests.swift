import Evals
import JSON
import Reports
import Results
import Testing

@Suite("Calibrated judges in reports")
struct CalibratedJudgeReportTests {
    private static func results(_ counts: (Int, Int, Int, Int)?) throws -> RunResults {
        let executions = (0..<10).map { index in
            SampleRun.execution("c\(index)") {
                let passed = index < 8
                $0.status = passed ? .passed : .failed
                var result = AssertionResult(
                    type: "rubric", metric: "polite", passed: passed, score: passed ? 1 : 0, reason: "seen")
                result.stamp = JudgeStamp(
                    models: ["large"], prompts: ["judge-rubric@1"], instrument: "ab", votes: [passed])
                $0.assertions = [result]
            }
        }
        var calibrations: [String: JudgeCalibration] = [:]
        if let counts {
            calibrations["ab"] = JudgeCalibration(
                file: "calibrations/polite.calibration.yaml", instrument: "ab", truePasses: counts.0,
                falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3)
        }
        return try SampleRun.results(executions, calibrations: calibrations)
    }

    private static func text(_ results: RunResults) throws -> String {
        try SampleRun.text(
            TerminalReport(style: TerminalStyle(verbosity: .normal, failureLimit: 20)), results)
    }

    @Test("the corrected rate stands beside the raw one, with κ and the number of labels")
    func corrected() throws {
        // (0.8 + 0.8 − 1)/(0.9 + 0.8 − 1) = 0.857…
        let results = try Self.results((45, 6, 24, 5))
        let text = try Self.text(results)
        for words in ["80.0%", "85.7% [", "0.70", "80"] {
            #expect(text.contains(words), "\(text)")
        }
        let json = try JSONParser().parse(try SampleRun.text(JSONReport(), results))
        let row = try #require(json["judges"]?[0]?["calibration"])
        #expect(row["labels"] == 80)
        #expect(abs((row["corrected"]?["value"]?.double ?? 0) - 0.6 / 0.7) < 1e-9)
        #expect(row["corrected"]?["interval"]?.array?.count == 2)
        #expect(row["sensitivity"] == 0.9)
        #expect(row["specificity"] == 0.8)
    }

    @Test("a rate that can't be corrected says why")
    func uncorrected() throws {
        let results = try Self.results((10, 10, 10, 10))
        #expect(try Self.text(results).contains("not corrected: the judge is hardly better than a coin"))
        let json = try JSONParser().parse(try SampleRun.text(JSONReport(), results))
        #expect(json["judges"]?[0]?["calibration"]?["corrected"] == .null)
    }

    @Test("without a calibration nothing is said of one")
    func none() throws {
        let results = try Self.results(nil)
        #expect(!(try Self.text(results)).contains("corrected"))
        let json = try JSONParser().parse(try SampleRun.text(JSONReport(), results))
        #expect(json["judges"]?[0]?["calibration"] == nil)
    }
}
