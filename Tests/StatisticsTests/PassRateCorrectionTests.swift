import Testing

@testable import Statistics

@Suite("Corrected pass rates")
struct PassRateCorrectionTests {
    @Test(
        "a judge that is hardly better than a coin is refused",
        arguments: [
            // Youden 0.1 exactly, although 0.9 + 0.2 − 1 is more in doubles.
            (9, 10, 2, 10, true), (5, 10, 5, 10, true), (0, 10, 0, 10, true), (10, 10, 0, 10, true),
            (911, 1000, 2, 10, false), (10, 10, 10, 10, false),
        ] as [(Int, Int, Int, Int, Bool)])
    func refusal(
        sensitive: Int, positives: Int, specific: Int, negatives: Int, isRefused: Bool
    ) throws {
        let outcome = PassRateCorrection.roganGladen(
            passRate: try #require(Proportion(successes: 5, of: 8)),
            sensitivity: try #require(Proportion(successes: sensitive, of: positives)),
            specificity: try #require(Proportion(successes: specific, of: negatives)))
        let youden = Double(sensitive) / Double(positives) + Double(specific) / Double(negatives) - 1
        switch outcome {
        case .refused(let shown):
            #expect(isRefused)
            #expect(shown == youden)
        case .corrected(let rate):
            #expect(!isRefused)
            #expect(rate.youden == youden)
            #expect(rate.corrected.value.isFinite && rate.corrected.standardError.isFinite)
        }
    }

    @Test(
        "a corrected rate may lie outside [0, 1]; what is shown does not",
        arguments: [(0, 0), (20, 1)] as [(Int, Double)])
    func clipping(passed: Int, clipped: Double) throws {
        let rate = try corrected(passed: passed, sensitive: 18, specific: 16)
        #expect(rate.corrected.value < 0 || rate.corrected.value > 1)
        #expect(rate.clipped == clipped)
        let interval = rate.interval(.ninetyFivePercent)
        #expect(0 <= interval.lower && interval.lower <= interval.upper && interval.upper <= 1)
        // Around the value outside, so the interval is not one of the cut value.
        #expect(interval.lower != interval.upper)
    }

    @Test("a perfect judge corrects nothing, and adds no doubt")
    func perfect() throws {
        let rate = try corrected(passed: 15, sensitive: 20, specific: 20)
        #expect(rate.corrected == rate.raw)
        #expect(rate.raw.value == 0.75)
    }

    private func corrected(passed: Int, sensitive: Int, specific: Int) throws -> CorrectedPassRate {
        let outcome = PassRateCorrection.roganGladen(
            passRate: try #require(Proportion(successes: passed, of: 20)),
            sensitivity: try #require(Proportion(successes: sensitive, of: 20)),
            specificity: try #require(Proportion(successes: specific, of: 20)))
        guard case .corrected(let rate) = outcome else { throw Unexpected() }
        return rate
    }

    private struct Unexpected: Error {}
}
