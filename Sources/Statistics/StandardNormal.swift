/// The normal distribution with mean 0 and variance 1.
enum StandardNormal {
    /// Φ⁻¹(p), the z with P(Z ≤ z) = p, for 0 < p < 1.
    ///
    /// A rational start (Abramowitz and Stegun 26.2.23, off by less than 4.5e-4), then two of Halley's steps, each
    /// of which triples the correct digits.
    static func quantile(_ p: Double) -> Double {
        // The lower tail alone: there erfc keeps its digits.
        guard p <= 0.5 else { return -quantile(1 - p) }
        let t = (-2 * logarithm(p)).squareRoot()
        let above = 2.515517 + t * (0.802853 + t * 0.010328)
        let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        var z = above / below - t
        for _ in 1...2 {
            let excess = complementaryErrorFunction(-z / 2.0.squareRoot()) / 2 - p
            let density = exponential(-z * z / 2) / (2 * Double.pi).squareRoot()
            let step = excess / density
            z -= step / (1 + z * step / 2)
        }
        return z
    }
}
