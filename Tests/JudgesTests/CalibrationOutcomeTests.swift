import Evals
import Statistics
import Testing

@testable import Judges

@Suite("Outcome of a calibration")
struct CalibrationOutcomeTests {
    private static func outcome(verdicts: Int, gaps: [EvaluationError.Kind]) -> CalibrationOutcome {
        var outcome = CalibrationOutcome()
        for index in 0..<verdicts {
            outcome.add(verdict: true, reason: "", on: "v\(index)", labeled: true, output: "")
        }
        for (index, kind) in gaps.enumerated() {
            outcome.add(gap: EvaluationError(kind, "trouble"), on: "g\(index)")
        }
        return outcome
    }

    @Test("verdicts are counted by what people say, disagreements kept in order")
    func counts() {
        var outcome = CalibrationOutcome()
        for (index, (human, judge)) in [
            (true, true), (true, false), (false, true), (false, false), (false, false),
        ].enumerated() {
            outcome.add(
                verdict: judge, reason: "because \(index)", on: "\(index)", labeled: human,
                output: "o\(index)")
        }
        outcome.add(gap: EvaluationError(.judge, "none"), on: "5")
        #expect(
            outcome.agreement
                == VerdictAgreement(truePasses: 1, falsePasses: 1, trueFails: 2, falseFails: 1))
        #expect(outcome.labels == 6)
        #expect(outcome.disagreements.map(\.id) == ["1", "2"])
        #expect(outcome.disagreements.map(\.humanPasses) == [true, false])
        #expect(outcome.disagreements.map(\.reason) == ["because 1", "because 2"])
        #expect(outcome.gaps.map(\.id) == ["5"])
    }

    @Test(
        "up to a tenth of the labels may lack a verdict, and no other trouble is borne",
        arguments: [
            (10, [], .passed), (9, [.judge], .passed), (8, [.judge], .errored), (90, [.judge], .passed),
            (0, [.judge], .errored), (99, [.provider], .errored), (99, [.timeout], .errored),
            (99, [.fixtureMissing], .recordingMissing), (99, [.fixtureStale], .recordingMissing),
            (99, [.needsKey], .recordingMissing), (99, [.budget], .budget),
            (99, [.interrupted], .interrupted),
            (99, [.template], .errored),
        ] as [(Int, [EvaluationError.Kind], Evals.ExitStatus)])
    func status(verdicts: Int, gaps: [EvaluationError.Kind], status: Evals.ExitStatus) {
        #expect(Self.outcome(verdicts: verdicts, gaps: gaps).status == status)
    }

    @Test(
        "a label that was decided without a judge is no verdict, and counts like a gap",
        arguments: [
            (9, 1, 0, .passed), (8, 2, 0, .errored), (9, 1, 1, .errored), (19, 1, 1, .passed),
            (0, 1, 0, .errored),
        ]
            as [(Int, Int, Int, Evals.ExitStatus)])
    func unasked(verdicts: Int, unasked: Int, gaps: Int, status: Evals.ExitStatus) {
        var outcome = Self.outcome(
            verdicts: verdicts, gaps: Array(repeating: EvaluationError.Kind.judge, count: gaps))
        for index in 0..<unasked { outcome.add(unasked: "u\(index)") }
        #expect(outcome.status == status)
        #expect(outcome.agreement?.labels == verdicts)
        #expect(outcome.labels == verdicts + unasked + gaps && outcome.withoutVerdict == unasked + gaps)
        #expect(outcome.unasked == (0..<unasked).map { "u\($0)" })
    }

    @Test(
        "what makes a calibration weak is told",
        arguments: [
            ((20, 0, 20, 0), []), ((15, 0, 15, 0), []), ((14, 0, 15, 0), ["few-labels"]),
            ((40, 0, 0, 0), ["one-label"]), ((0, 4, 3, 0), ["few-labels", "one-label"]),
            ((18, 18, 2, 2), ["weak-judge"]), ((0, 20, 0, 20), ["weak-judge"]),
            ((11, 9, 11, 9), ["weak-judge"]),
            ((12, 8, 12, 8), []),
        ] as [((Int, Int, Int, Int), [String])])
    func warnings(counts: (Int, Int, Int, Int), ids: [String]) throws {
        let agreement = try #require(
            VerdictAgreement(
                truePasses: counts.0, falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3))
        #expect(CalibrationWarning.all(about: agreement).map(\.id) == ids)
    }
}
