import Evals
import Testing

@testable import Reports

@Suite("Figures") struct FiguresTests {
    @Test(
        "never round to all or nothing",
        arguments: [
            (1.0, "100.0%"), (0.99999, "99.9%"), (0.0, "0.0%"), (0.00001, "0.1%"), (0.75, "75.0%"),
            (.nan, "–"),
        ])
    func percent(_ share: Double, _ expected: String) { #expect(Figures.percent(share) == expected) }

    @Test(
        "tell a value from a bound that it misses",
        arguments: [
            (0.94999999, [0.95], "0.94999999"), (0.95, [0.95], "0.95"), (0.123456, [0.95], "0.1235"),
            (0.00001, [], "1e-05"), (412, [500.0], "412"), (1e300, [], "1e+300"), (.infinity, [], "inf"),
        ] as [(Double, [Double], String)])
    func rounded(_ value: Double, _ bounds: [Double], _ expected: String) {
        #expect(Figures.rounded(value, bounds: bounds) == expected)
    }

    @Test(
        "show milliseconds",
        arguments: [
            (0.0, "0ms"), (412.4, "412ms"), (999.6, "1.00s"), (1240, "1.24s"), (12_340, "12.3s"),
            (123_456, "123s"), (.infinity, "–s"),
        ])
    func milliseconds(_ value: Double, _ expected: String) {
        #expect(Figures.milliseconds(value) == expected)
    }

    @Test(
        "show money",
        arguments: [
            (0, "$0"), (1, "<$0.0001"), (1_200_000_000, "$0.0012"), (2_345_000_000_000, "$2.35"),
            (.max, "$9223372.04"),
        ] as [(Int64, String)])
    func money(_ pico: Int64, _ expected: String) {
        #expect(Figures.money(Money(picoUSD: pico)) == expected)
    }
}

@Suite("Display width") struct DisplayWidthTests {
    @Test(
        "counts columns",
        arguments: [
            ("abc", 3), ("", 0), ("日本", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("❤️", 2), ("🇩🇪", 2), ("…", 1), ("한", 2),
        ])
    func width(_ text: String, _ expected: Int) { #expect(DisplayWidth.of(text) == expected) }

    @Test(
        "cuts the middle",
        arguments: [
            ("abcdefgh", 8, "abcdefgh"), ("abcdefgh", 5, "ab…gh"), ("日本語日本語", 6, "日…語"), ("abc", 1, "…"),
            ("abc", 0, ""),
        ])
    func fitted(_ text: String, _ width: Int, _ expected: String) {
        #expect(DisplayWidth.fitted(text, to: width) == expected)
    }
}
