/// How far up in a ranking the useful items stand.
public enum AveragePrecision {
    /// Σₖ precision@k·vₖ / Σ vₖ over verdicts in the order of rank; 0 when nothing is useful.
    public static func score(_ verdicts: [Bool]) -> Double {
        var useful = 0.0
        var sum = 0.0
        for (index, verdict) in verdicts.enumerated() where verdict {
            useful += 1
            sum += useful / Double(index + 1)
        }
        return useful > 0 ? sum / useful : 0
    }
}
