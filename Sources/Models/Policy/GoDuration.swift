/// Durations as Go writes them: `12ms`, `6m0s`, `1h2m3.5s`.
enum GoDuration {
    /// The seconds; nil for anything else and for what is negative.
    static func seconds(_ text: String) -> Double? {
        if text == "0" { return 0 }
        guard !text.isEmpty, text.utf8.count <= 64 else { return nil }
        var rest = text[...]
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0 != "." && !("0"..."9").contains($0) }
            rest = rest.dropFirst(unit.count)
            guard let value = DecimalText.value(digits), let scale = scale(of: unit) else { return nil }
            total += value * scale
        }
        return total
    }

    private static func scale(of unit: Substring) -> Double? {
        switch unit {
        case "h": 3600
        case "m": 60
        case "s": 1
        case "ms": 1e-3
        // Micro sign and Greek letter mu.
        case "us", "\u{B5}s", "\u{3BC}s": 1e-6
        case "ns": 1e-9
        default: nil
        }
    }
}
