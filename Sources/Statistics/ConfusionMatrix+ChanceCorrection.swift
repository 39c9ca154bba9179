/// Agreement beyond what chance alone would give.
extension ConfusionMatrix {
    /// pₑ = Σ pᵢ.p.ᵢ, the agreement of two raters who keep their habits but do not look; nil without items.
    public var chanceAgreement: Double? {
        guard total > 0 else { return nil }
        let pairs = counts.indices.reduce(0) { $0 + Double(humanTotal($1)) * Double(judgeTotal($1)) }
        return pairs / (Double(total) * Double(total))
    }

    /// Cohen's κ = (p₀ − pₑ)/(1 − pₑ), with its standard error.
    ///
    /// Nil without items, and when both put everything into one and the same category (pₑ = 1). The standard error
    /// is the one of Fleiss, Cohen and Everitt (1969) for κ other than 0:
    /// Var = [Σ pᵢᵢ(1 − (pᵢ. + p.ᵢ)(1 − κ))² + (1 − κ)² Σ_{i≠j} pᵢⱼ(p.ᵢ + pⱼ.)² − (κ − pₑ(1 − κ))²]/(n(1 − pₑ)²).
    /// It is 0 for perfect agreement, however few the items are.
    public var cohenKappa: Estimate? {
        guard let observed = agreement?.rate, let chance = chanceAgreement, chance < 1 else { return nil }
        let n = Double(total)
        let kappa = (observed - chance) / (1 - chance)
        let human = counts.indices.map { Double(humanTotal($0)) / n }
        let judge = counts.indices.map { Double(judgeTotal($0)) / n }
        // Sums of counts, divided once: so perfect agreement gives exactly 0.
        var agreeing = 0.0
        var differing = 0.0
        for (i, row) in counts.enumerated() {
            for (j, count) in row.enumerated() {
                if i == j {
                    let factor = 1 - (human[i] + judge[i]) * (1 - kappa)
                    agreeing += Double(count) * factor * factor
                } else {
                    let factor = judge[i] + human[j]
                    differing += Double(count) * factor * factor
                }
            }
        }
        let offset = kappa - chance * (1 - kappa)
        let spread = agreeing / n + (1 - kappa) * (1 - kappa) * differing / n - offset * offset
        return Estimate(
            value: kappa, standardError: max(0, spread / n).squareRoot() / (1 - chance))
    }

    /// Gwet's AC1 (2008), with pₑ = Σ πᵢ(1 − πᵢ)/(k − 1) and π the mean of both shares.
    ///
    /// It stays near the agreement where κ collapses because nearly all items are of one category. Nil without
    /// items, and with fewer than two categories.
    public var gwetAC1: Double? {
        guard let observed = agreement?.rate, categories > 1 else { return nil }
        let chance =
            counts.indices.reduce(0) { sum, category in
                let share =
                    (Double(humanTotal(category)) + Double(judgeTotal(category))) / (2 * Double(total))
                return sum + share * (1 - share)
            } / Double(categories - 1)
        return (observed - chance) / (1 - chance)
    }
}
