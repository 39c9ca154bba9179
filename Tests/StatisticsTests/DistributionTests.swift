import Testing

@testable import Statistics

@Suite("Distributions")
struct DistributionTests {
    @Test(
        "ln Γ is the logarithm of a factorial, and of √π at ½",
        arguments: [
            (1, 0), (2, 0), (3, 0.6931471805599453), (11, 15.104412573075516), (0.5, 0.5723649429247001),
            (0.001, 6.907178885383854), (171, 706.5730622457874), (1e6, 12_815_504.569147611),
        ] as [(Double, Double)])
    func factorials(number: Double, expected: Double) {
        #expect(abs(logGamma(number) - expected) <= 1e-13 * max(1, abs(expected)))
    }

    @Test(
        "the normal quantile is undone by the distribution, far into the tails",
        arguments: [
            0.5, 0.4999, 0.3, 0.025, 1e-3, 1e-9, 1e-17, 1e-100, 1e-290,
        ])
    func normal(p: Double) {
        let z = StandardNormal.quantile(p)
        #expect(abs(complementaryErrorFunction(-z / 2.0.squareRoot()) / 2 / p - 1) < 1e-11)
        #expect(p < 1e-3 || abs(StandardNormal.quantile(1 - p) + z) < 1e-12)
    }

    @Test(
        "the beta distribution has closed forms",
        arguments: [
            (1, 1, 0.3, 0.3), (2, 1, 0.3, 0.09), (1, 2, 0.3, 0.51), (0.5, 0.5, 0.5, 0.5), (3, 3, 0.5, 0.5),
            (2, 3, 0, 0), (2, 3, 1, 1), (2, 3, -1, 0), (2, 3, 2, 1), (1, 1000, 1e-9, 9.999995005e-7),
        ] as [(Double, Double, Double, Double)])
    func beta(a: Double, b: Double, x: Double, expected: Double) {
        #expect(abs(BetaDistribution(a: a, b: b).cumulative(x) - expected) < 1e-13)
    }

    @Test(
        "the beta quantile is undone by the distribution",
        arguments: [(1, 1), (0.5, 0.5), (1, 400), (250, 3), (5000, 5000)] as [(Double, Double)],
        [0.005, 0.5, 0.975])
    func betaQuantile(shape: (Double, Double), p: Double) {
        let beta = BetaDistribution(a: shape.0, b: shape.1)
        #expect(abs(beta.cumulative(beta.quantile(p)) - p) < 1e-11)
    }
}
