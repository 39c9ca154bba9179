import Testing

@testable import Patterns

@Suite("PatternSearch")
struct PatternSearchTests {
    @Test("gives up a runaway pattern and names it", arguments: [true, false])
    func runaway(compiled: Bool) throws {
        let runaways = [
            ("(a+)+$", String(repeating: "a", count: 30) + "b"),
            ("(a+)+$", String(repeating: "a", count: 50) + "b"),
            ("(a|aa)+$", String(repeating: "a", count: 60) + "b"),
            ("(.*)*x$", String(repeating: "a", count: 40) + "x!"),
            ("^(a?){40}a{40}$", String(repeating: "a", count: 39) + "b"),
            (#"^([\w.]+)+@"#, String(repeating: "w", count: 50) + "!@"),
        ]
        for (source, text) in runaways {
            let pattern = try Pattern(
                source, options: [], dialect: .standard, budget: PatternBudget(), compiled: compiled)
            let error = #expect(throws: PatternError.self) { try pattern.matches(text) }
            #expect(error?.kind == .limit)
            #expect(error?.message.contains(source) == true)
        }
    }

    @Test(
        "bounds the sum over all places where a match could begin",
        arguments: [
            (#"\s+$"#, String(repeating: " ", count: 2_000_000) + "x"),
            ("(a+)+$", String(repeating: "aaaaaaaaaaaaaaaaaab", count: 20_000)),
            ("x*y", String(repeating: "x", count: 2_000_000)),
            (".*.*=.*", String(repeating: "a", count: 200_000)),
        ], [true, false])
    func longTexts(_ input: (String, String), compiled: Bool) throws {
        let pattern = try Pattern(
            input.0, options: [], dialect: .standard, budget: PatternBudget(), compiled: compiled)
        var result = "limit"
        do { result = try pattern.matches(input.1) ? "match" : "none" } catch {
            #expect(error.kind == .limit)
        }
        #expect(result != "match")
    }

    @Test("steps decide when a long search is given up, not the clock", arguments: [true, false])
    func steps(compiled: Bool) throws {
        let text = String(repeating: "aaaaaaaaaaaaaaaaaab", count: 20_000)
        let pattern = try Pattern(
            "(a+)+$", options: [], dialect: .standard,
            budget: PatternBudget(steps: 100_000, hardSteps: 10_000_000, time: .max, timePerByte: 0),
            compiled: compiled)
        let error = #expect(throws: PatternError.self) { try pattern.matches(text) }
        #expect(error?.kind == .limit)
        let easy = try Pattern(
            "a+c", options: [], dialect: .standard, budget: PatternBudget(hardSteps: 0), compiled: compiled)
        #expect(try !easy.matches(text))
    }

    @Test("finds a match at the end of a long text, whatever the windows", arguments: [1, 200, 2_000_000])
    func windows(steps: UInt32) throws {
        let text = String(repeating: "é€😀 ", count: 5_000) + "end42"
        let pattern = try Pattern(
            #"(?<= )end\d+$"#, options: [], dialect: .standard, budget: PatternBudget(steps: steps),
            compiled: true)
        let match = try #require(try pattern.firstMatch(in: text))
        #expect(match.text == "end42")
        #expect(match.range.upperBound == text.utf8.count)
        let lookingBack = try Pattern("(?<!😀)€")
        #expect(try lookingBack.allMatches(in: text).count == 5_000)
    }

    @Test("goes on with the interpreter when the compiled code's stack is too small")
    func deepBacktracking() throws {
        let text = String(repeating: "ab", count: 50_000) + "c"
        #expect(try Pattern("^(?:a|b)*c$").matches(text))
        #expect(try Pattern("^(a|b)*c$").matches(text))
    }

    @Test("the time for a search is 50 ms and 20 ns a byte, and never overflows")
    func time() {
        #expect(PatternBudget().time(forBytes: 0) == 50_000_000)
        #expect(PatternBudget().time(forBytes: 1_000_000) == 70_000_000)
        #expect(PatternBudget().time(forBytes: .max) == .max)
        #expect(PatternBudget(time: .max).time(forBytes: 1) == .max)
    }

    @Test("a search without time to spend ends at its second window, one with time goes on")
    func noTime() throws {
        let text = String(repeating: "ab", count: 50_000)
        func pattern(_ time: UInt64) throws -> Pattern {
            try Pattern(
                "[ab]x", options: [], dialect: .standard,
                budget: PatternBudget(time: time, timePerByte: 0, scanned: 1), compiled: true)
        }
        #expect(throws: PatternError.self) { try pattern(0).matches(text) }
        #expect(try !pattern(.max).matches(text))
    }

    @Test(
        "places where no match can begin cost no call of the engine",
        arguments: [
            ("x", "x"), ("(?i)K", "k"), ("(?i)s", "\u{17F}"), ("[0-9]{2}", "42"), ("é", "é"), ("(?i)É", "é"),
            ("$", ""),
            ("(?:foo|bar)", "bar"), ("\\s", "\u{2003}"), ("(?<=b)c?", ""),
        ])
    func starts(source: String, end: String) throws {
        for filler in ["b", "éü"] {
            let text = String(repeating: filler, count: 20_000) + end
            let pattern = try Pattern(
                source, options: [], dialect: .standard, budget: PatternBudget(scanned: 1), compiled: true)
            let match = try pattern.firstMatch(in: text)
            let plain = try Pattern(
                source, options: [], dialect: .standard, budget: PatternBudget(), compiled: false)
            #expect(match == (try plain.firstMatch(in: text)), "\(source)")
            #expect(match != nil || source == "(?<=b)c?", "\(source)")
        }
    }
}
