/// The beta distribution with two shapes above 0.
struct BetaDistribution {
    /// The exponent of x, plus 1.
    var a: Double
    /// The exponent of 1 − x, plus 1.
    var b: Double

    /// P(X ≤ x), the regularized incomplete beta function Iₓ(a, b).
    ///
    /// The continued fraction DLMF 8.17.22, on the side of the mean where it converges fast:
    /// Iₓ(a, b) = 1 − I₁₋ₓ(b, a).
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        if x > (a + 1) / (a + b + 2) {
            return 1 - BetaDistribution(a: b, b: a).lowerTail(1 - x)
        }
        return lowerTail(x)
    }

    /// The x with P(X ≤ x) = p, by bisection down to neighboring numbers.
    func quantile(_ p: Double) -> Double {
        var low = 0.0
        var high = 1.0
        while true {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { return high }
            if cumulative(middle) < p { low = middle } else { high = middle }
        }
    }

    private func lowerTail(_ x: Double) -> Double {
        let logFront =
            a * logarithm(x) + b * logarithm(onePlus: -x) + logGamma(a + b) - logGamma(a) - logGamma(b)
        return min(1, exponential(logFront) / (a * continuedFraction(x)))
    }

    /// 1 + d₁/(1 + d₂/(1 + …)) by Lentz's method: a running product of the ratios of its convergents.
    private func continuedFraction(_ x: Double) -> Double {
        var value = 1.0
        var numeratorRatio = 1.0
        var denominatorRatio = 0.0
        // About √max(a, b) steps are needed; the bound keeps odd shapes from going on for ever.
        for step in 1...100_000 {
            let coefficient = coefficient(step, x)
            denominatorRatio = 1 / Self.apartFromZero(1 + coefficient * denominatorRatio)
            numeratorRatio = Self.apartFromZero(1 + coefficient / numeratorRatio)
            let change = numeratorRatio * denominatorRatio
            value *= change
            if abs(change - 1) < 1e-15 { break }
        }
        return value
    }

    private func coefficient(_ step: Int, _ x: Double) -> Double {
        let m = Double(step / 2)
        return step.isMultiple(of: 2)
            ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    }

    private static func apartFromZero(_ number: Double) -> Double { abs(number) < 1e-300 ? 1e-300 : number }
}
