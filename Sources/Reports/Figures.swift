public import Evals

/// Numbers as people read them; no locale, no grouping of digits.
public enum Figures {
    /// The number with so many decimals, at most 9; `–` when it is not finite or out of range.
    public static func fixed(_ value: Double, _ places: Int) -> String {
        var factor = 1
        for _ in 0..<min(max(places, 0), 9) { factor *= 10 }
        let scaled = (value * Double(factor)).rounded()
        guard scaled.isFinite, abs(scaled) < 9e15 else { return "–" }
        let units = Int(abs(scaled))
        let sign = scaled < 0 ? "-" : ""
        guard factor > 1 else { return sign + "\(units)" }
        let fraction = String(units % factor)
        let padding = String(repeating: "0", count: String(factor).count - 1 - fraction.count)
        return "\(sign)\(units / factor).\(padding)\(fraction)"
    }

    /// The shortest text that reads back as the same number, whole numbers without a fraction.
    static func exact(_ value: Double) -> String {
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return "\(whole)" }
        return "\(value)"
    }

    /// At most four decimals, without trailing zeros; exact where rounding would look like one of `bounds`.
    static func rounded(_ value: Double, bounds: [Double] = []) -> String {
        let scaled = (value * 10_000).rounded()
        guard scaled.isFinite, abs(scaled) < 9e15 else { return "\(value)" }
        let short = scaled / 10_000
        if short != value, bounds.contains(short) || short == 0 { return exact(value) }
        return exact(short)
    }

    /// A score with two decimals; 1.00 and 0.00 stand for the very ends only.
    static func score(_ value: Double) -> String {
        if value < 1, value >= 0.995 { return "0.99" }
        return value > 0 && value < 0.005 ? "0.01" : fixed(value, 2)
    }

    /// A share as percent with one decimal; 100.0% and 0.0% stand for all and none only.
    public static func percent(_ share: Double) -> String {
        let tenths = share * 1000
        guard tenths.isFinite else { return "–" }
        var shown = tenths.rounded()
        if share < 1, shown >= 1000 { shown = 999 }
        if share > 0, shown <= 0 { shown = 1 }
        return fixed(shown / 10, 1) + "%"
    }

    /// Milliseconds: `412ms`, `1.24s`, `75s`.
    static func milliseconds(_ value: Double) -> String {
        if value < 999.5 { return fixed(value, 0) + "ms" }
        return fixed(value / 1000, value < 9_995 ? 2 : value < 99_950 ? 1 : 0) + "s"
    }

    /// Dollars: four decimals below one dollar, two from there on.
    public static func money(_ amount: Money) -> String {
        let usd = amount.usd
        if amount == .zero { return "$0" }
        if abs(usd) < 0.000_05 { return "<$0.0001" }
        return "$" + fixed(usd, abs(usd) < 1 ? 4 : 2)
    }

    /// A count with its noun: `1 gate`, `2 gates`.
    public static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
}
