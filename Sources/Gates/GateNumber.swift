/// A number as people read it in a gate's reason.
enum GateNumber {
    /// At most four decimals, unless that would make the number look like the bound it differs from.
    static func text(_ value: Double, bound: Double? = nil) -> String {
        guard value.isFinite else { return "\(value)" }
        let rounded = abs(value) < 1e9 ? (value * 10_000).rounded() / 10_000 : value
        let isMisleading = rounded == bound && value != bound || rounded == 0 && value != 0
        return plain(isMisleading ? value : rounded)
    }

    private static func plain(_ value: Double) -> String {
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
        return "\(value)"
    }
}
