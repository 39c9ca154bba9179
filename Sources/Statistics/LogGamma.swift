/// ln Γ(x) for x above 0: Stirling's series, after x was lifted to 10 or more by Γ(x + 1) = x·Γ(x).
///
/// The C library has one too, but it writes a global variable, which concurrent callers must not.
func logGamma(_ number: Double) -> Double {
    var lifted = number
    var product = 1.0
    while lifted < 10 {
        product *= lifted
        lifted += 1
    }
    // B₂ₖ / (2k(2k − 1)), DLMF 5.11.1; from 10 on, what is left out is below 1e-16.
    let coefficients: [Double] = [
        1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156,
    ]
    let inverseSquare = 1 / (lifted * lifted)
    let series = coefficients.reversed().reduce(0) { $0 * inverseSquare + $1 } / lifted
    return (lifted - 0.5) * logarithm(lifted) - lifted + logarithm(2 * .pi) / 2 + series - logarithm(product)
}
