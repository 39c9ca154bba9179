import Testing

@testable import Statistics

@Suite("Distributions")
struct DistributionTests {
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
}
