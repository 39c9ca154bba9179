/// Agreement of any number of raters beyond chance, when some labels are missing.
public enum KrippendorffAlpha {
    /// α = 1 − Dₒ/Dₑ for labels without order, from the labels that each unit has.
    ///
    /// Units with fewer than two labels drop out. With N labels in the others, m of them in a unit:
    /// Dₒ = Σ_units (m² − Σ n_c²)/(m − 1)/N, and Dₑ = (N² − Σ N_c²)/(N(N − 1)) (Krippendorff 2011). Nil when no unit
    /// has two labels, or all labels are the same.
    public static func nominal<Label: Hashable>(labelsByUnit: [[Label]]) -> Double? {
        var totals: [Label: Double] = [:]
        var all = 0.0
        var disagreement = 0.0
        for labels in labelsByUnit where labels.count > 1 {
            var counts: [Label: Double] = [:]
            for label in labels {
                counts[label, default: 0] += 1
                totals[label, default: 0] += 1
            }
            let size = Double(labels.count)
            all += size
            disagreement += differingPairs(counts, size) / (size - 1)
        }
        let expected = differingPairs(totals, all)
        return expected > 0 ? 1 - disagreement * (all - 1) / expected : nil
    }

    private static func differingPairs<Label>(_ counts: [Label: Double], _ size: Double) -> Double {
        size * size - counts.values.reduce(0) { $0 + $1 * $1 }
    }
}
