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
            for (interval, mirror) in [
                (proportion.wilsonInterval(level), mirrored.wilsonInterval(level)),
                (proportion.clopperPearsonInterval(level), mirrored.clopperPearsonInterval(level)),
            ] {
                #expect(0 <= interval.lower && interval.upper <= 1)
                #expect(interval.lower <= proportion.rate && proportion.rate <= interval.upper)
                #expect(interval.lower < interval.upper)
                #expect((interval.lower == 0) == (successes == 0))
                #expect((interval.upper == 1) == (successes == trials))
                #expect(abs(interval.lower - (1 - mirror.upper)) < 1e-12)
            }
        }
    }

    @Test(
        "the exact interval of one trial is known in closed form",
        arguments: [(0, 0, 0.975), (1, 0.025, 1)] as [(Int, Double, Double)])
    func oneTrial(successes: Int, lower: Double, upper: Double) throws {
        let interval = try #require(Proportion(successes: successes, of: 1)).clopperPearsonInterval(level)
        #expect(abs(interval.lower - lower) < 1e-12)
        #expect(abs(interval.upper - upper) < 1e-12)
    }

    @Test(
        "the exact interval leaves α/2 on each side, for millions of trials too", arguments: [20, 5_000_000])
    func exactTails(trials: Int) throws {
        let proportion = try #require(Proportion(successes: trials / 4, of: trials))
        let interval = proportion.clopperPearsonInterval(level)
        let (k, n) = (Double(trials / 4), Double(trials))
        let atLeast = BetaDistribution(a: k, b: n - k + 1).cumulative(interval.lower)
        let moreThan = BetaDistribution(a: k + 1, b: n - k).cumulative(interval.upper)
        #expect(abs(atLeast - 0.025) < 1e-9)
        #expect(abs(moreThan - 0.975) < 1e-9)
        let wilson = proportion.wilsonInterval(level)
        #expect(abs(interval.lower - wilson.lower) < 1 / n.squareRoot() / 4)
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
