import Testing

@testable import Statistics

@Suite("Proportions")
struct ProportionTests {
    private let level = ConfidenceLevel.ninetyFivePercent

    @Test(
        "counts must make sense",
        arguments: [
            (0, 1, true), (1, 1, true), (3, 7, true),
            (0, 0, false), (1, 0, false), (2, 1, false), (-1, 5, false), (0, -1, false), (-2, -1, false),
        ] as [(Int, Int, Bool)])
    func counts(successes: Int, trials: Int, isValid: Bool) {
        #expect((Proportion(successes: successes, of: trials) != nil) == isValid)
    }

    @Test(
        "a level lies between 0 and 1, both excluded",
        arguments: [
            (0.95, true), (1e-9, true), (1 - 1e-16, true), (0, false), (1, false), (-0.5, false), (95, false),
            (.nan, false), (.infinity, false),
        ] as [(Double, Bool)])
    func levels(value: Double, isValid: Bool) {
        #expect((ConfidenceLevel(value) != nil) == isValid)
    }

    @Test("intervals hold the rate, end at 0 and 1, and mirror each other", arguments: [1, 2, 3, 10, 137])
    func shape(trials: Int) throws {
        for successes in 0...trials {
            let proportion = try #require(Proportion(successes: successes, of: trials))
            let mirrored = try #require(Proportion(successes: trials - successes, of: trials))
            let (interval, mirror) = (proportion.wilsonInterval(level), mirrored.wilsonInterval(level))
            #expect(0 <= interval.lower && interval.upper <= 1)
            #expect(interval.lower <= proportion.rate && proportion.rate <= interval.upper)
            #expect(interval.lower < interval.upper)
            #expect((interval.lower == 0) == (successes == 0))
            #expect((interval.upper == 1) == (successes == trials))
            #expect(abs(interval.lower - (1 - mirror.upper)) < 1e-12)
        }
    }

    @Test(
        "no failure proves a bound, and no trial proves none",
        arguments: [(1, 0.95), (2, 0.776393202250021), (30, 0.09503385285530414), (0, nil), (-3, nil)]
            as [(Int, Double?)])
    func zeroFailures(trials: Int, bound: Double?) {
        let upper = Proportion.upperBound(afterNoneOf: trials, level)
        #expect((upper == nil) == (bound == nil))
        if let upper, let bound { #expect(abs(upper - bound) < 1e-12) }
    }

    @Test("the bound after very many trials without a failure is small and not 0")
    func manyTrials() throws {
        let upper = try #require(Proportion.upperBound(afterNoneOf: 1_000_000_000_000_000_000, level))
        #expect(abs(upper / 2.995732273553991e-18 - 1) < 1e-9)
    }
}
