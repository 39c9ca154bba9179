import Diagnostics
import Evals
import Reports
import Results
import Testing

@Suite("Terminal report") struct TerminalReportTests {
    private func text(
        _ results: RunResults, _ verbosity: TerminalStyle.Verbosity = .normal, color: Bool = false
    ) throws -> String {
        try SampleRun.text(
            TerminalReport(style: TerminalStyle(color: color, verbosity: verbosity)), results)
    }

    @Test("what a live run spent stands beside the cost, and where the prices are from stands once")
    func spending() throws {
        let bought = changed(SampleRun.execution("good")) { $0.spent = Money(picoUSD: 200_000_000) }
        var results = try SampleRun.results([bought, SampleRun.execution("old")])
        results.prices = "prices of 2026-10-21"
        let shown = try text(results)
        #expect(shown.contains(" cost   spent "), "\(shown)")
        #expect(shown.contains(" $0.0006 $0.0002 "), "\(shown)")
        #expect(
            shown.contains("this run spent $0.0002\ncosts by prices of 2026-10-21\n"), "\(shown)")
        #expect(!(try text(results, .quiet)).contains("costs by"))
    }

    @Test(
        "an unknown amount is never shown as nothing",
        arguments: [
            ([nil], "cost not known in full, what this run spent is unknown", nil),
            ([nil, 200_000_000], "cost not known in full, this run spent at least $0.0002", "≥$0.0002"),
            ([0, 200_000_000], "the answers cost $0.0006, this run spent $0.0002", " $0.0002"),
        ] as [([Int64?], String, String?)])
    func unknownSpending(spent: [Int64?], sum: String, cell: String?) throws {
        let executions = spent.enumerated().map { index, amount in
            changed(SampleRun.execution("c\(index)")) {
                $0.spent = amount.map { Money(picoUSD: $0) }
                if amount == nil { $0.cost = nil }
            }
        }
        let results = try SampleRun.results(executions)
        let shown = try text(results)
        #expect(shown.contains(sum + "\n"), "\(shown)")
        if let cell { #expect(shown.contains(cell + " "), "\(shown)") }
        #expect(shown.contains(" cost   spent ") == (cell == " $0.0002"), "\(shown)")
        let json = try SampleRun.text(JSONReport(), results)
        #expect(json.contains(#""spent_usd": null"#) == spent.contains(nil), "\(json)")
    }

    @Test(
        "what captured answers cost is shown where they say it, and its lack is no news",
        arguments: [
            ([nil], "1 passed, 0 failed, 0 errored, 0 skipped; this run spent $0"),
            ([300_000_000], "0 skipped; the answers cost $0.0003, this run spent $0"),
            ([nil, 300_000_000], "0 skipped; this run spent $0"),
        ] as [([Int64?], String)])
    func capturedCost(costs: [Int64?], sum: String) throws {
        let executions = costs.enumerated().map { index, cost in
            SampleRun.execution("c\(index)") {
                $0.cost = cost.map { Money(picoUSD: $0) }
                $0.spent = .zero
                $0.answer?.source = .given
            }
        }
        let results = try SampleRun.results(
            executions, invocation: Invocation(.captured, command: "score t.jsonl"))
        let shown = try text(results)
        #expect(shown.contains(sum), "\(shown)")
        #expect(!shown.contains("not known"), "\(shown)")
    }

    @Test("captured and stored answers are not looked for among the recordings", arguments: [true, false])
    func listing(isStored: Bool) throws {
        let results = try SampleRun.results(
            (1...30).map { SampleRun.missing("m\($0)") } + (1...30).map { SampleRun.failed("f\($0)") },
            statuses: [.recordingMissing],
            invocation: Invocation(isStored ? .stored : .captured, command: "judge run r.json"))
        let shown = try text(results)
        #expect(shown.contains("… and 29 more like it\n"), "\(shown)")
        #expect(!shown.contains("fixtures stale") && !shown.contains("evalrun record"), "\(shown)")
        #expect(shown.contains("or evalrun judge run r.json --suite SUITE --case ID shows one\n"), "\(shown)")
    }

    @Test("shows failures, errors as one, table, gates and a last line")
    func whole() throws {
        var executions = [SampleRun.execution("good"), SampleRun.failed("late-parcel")]
        executions += (1...5).map { SampleRun.missing("m\($0)") }
        executions.append(
            changed(SampleRun.failed("tone", output: "Dear\nyou.")) {
                $0.isAdvisory = true
                $0.model = "tiny"
            })
        let gates = [
            SampleRun.gate(verdict: .failed), SampleRun.gate(verdict: .passed, isImplied: true),
            SampleRun.gate(
                .latency(.percentile(95)), min: nil, max: 500, value: 412, count: 2, verdict: .passed),
            SampleRun.gate(
                .cost, min: nil, max: 0.1, value: nil, count: 0, verdict: .notEvaluated,
                reason: "nothing fits"),
        ]
        let results = try SampleRun.results(
            executions, gates: gates, statuses: [.gateFailed, .recordingMissing])
        #expect(
            try text(results) == """
                ✗ support › late-parcel [reply@4 · small]  evalsuites/support.suite.yaml:9
                    contains: the answer lacks '14 days'
                      expected: 14 days
                      actual:   Within two weeks.

                ! support › m1 [reply@4 · small]  evalsuites/support.suite.yaml:9
                    error fixture-missing: there is no recording for m1
                    hint: evalrun fixtures import ANSWERS.jsonl
                    … and 4 more like it; evalrun fixtures stale lists all

                ✗ support › tone [reply@4 · tiny] (advisory)  evalsuites/support.suite.yaml:9
                    contains: the answer lacks '14 days'
                      expected: 14 days
                      actual:
                        │ Dear
                        │ you.

                  prompt · model          pass fail err skip  rate score    cost   p50   p95
                suite support
                  reply · small              1    1   5    0 14.3%  0.14 $0.0006 412ms 412ms
                  reply · tiny (advisory)    0    1   0    0  0.0%  0.00 $0.0003 412ms 412ms

                8 executions: 1 passed, 2 failed, 5 errored, 0 skipped; the answers cost $0.0009, this run spent $0

                gates
                  FAIL  pass_rate ≥ 0.95      0.75 (n=4)  support [reply · small]
                        │ 3 of 4 units passed
                  PASS  latency_ms.p95 ≤ 500  412 (n=2)   support [reply · small]
                  —     cost_usd ≤ 0.1        – (n=0)     support [reply · small]
                        │ not-evaluated: nothing fits
                  PASS  1 implied gate

                FAILED: 2 of 8 executions failed (1 of advisory models), 5 errored, gate pass_rate ≥ 0.95 not met in 1 suite, 1 gate not evaluated (exit 1; also a recording is missing or stale, or a key is missing to make one: 4). Next: evalrun run support --case late-parcel --verbose

                """)
    }

    @Test(
        "prompts and models for which the same gate passed share a line with the value nearest to the bound")
    func joinsGates() throws {
        func passed(_ model: String, _ value: Double) -> GateResult {
            var result = SampleRun.gate(value: value, verdict: .passed)
            result.model = model
            return result
        }
        let results = try SampleRun.results(
            [SampleRun.execution("good")],
            gates: [passed("small", 1), passed("large", 0.97), SampleRun.gate(verdict: .failed)])
        let shown = try text(results)
        #expect(
            shown.contains(
                "PASS  pass_rate ≥ 0.95  0.97 (n=4)  support [2 prompt × model, lowest: reply · large]"))
        #expect(shown.contains("FAIL  pass_rate ≥ 0.95  0.75 (n=4)  support [reply · small]"))
    }

    @Test("is short when quiet, and tells everything when verbose")
    func verbosity() throws {
        let results = try SampleRun.results(
            [SampleRun.execution("good"), SampleRun.failed("bad")],
            gates: [SampleRun.gate(verdict: .failed), SampleRun.gate(value: 1, verdict: .passed)],
            statuses: [.gateFailed])
        #expect(
            try text(results, .quiet) == """
                  FAIL  pass_rate ≥ 0.95  0.75 (n=4)  support [reply · small]
                        │ 3 of 4 units passed
                FAILED: 1 of 2 executions failed, gate pass_rate ≥ 0.95 not met in 1 suite (exit 1). Next: evalrun run support --case bad --verbose

                """)
        #expect(
            try text(results, .verbose).hasPrefix(
                """
                ✓ support › good [reply@4 · small]  evalsuites/support.suite.yaml:9
                    output: Within 14 days.

                ✗ support › bad [reply@4 · small]  evalsuites/support.suite.yaml:9
                    not ok  contains: the answer lacks '14 days'
                      expected: 14 days
                      actual:   Within two weeks.
                    output: Within two weeks.

                """))
    }

    @Test("caps what it shows, those that count first")
    func cap() throws {
        var executions = (1...30).map { number in
            changed(SampleRun.failed("a\(number)")) { $0.isAdvisory = true }
        }
        executions += (1...25).map { SampleRun.failed("c\($0)") }
        let results = try SampleRun.results(executions)
        let shown = try text(results)
        #expect(shown.split(separator: "\n").filter { $0.hasPrefix("✗ support › c") }.count == 20)
        #expect(!shown.contains("› a1 "))
        #expect(
            shown.contains("\n… and 35 more: --verbose shows all, or evalrun run SUITE --case ID shows one\n")
        )
        #expect(try text(results, .verbose).split(separator: "\n").filter { $0.hasPrefix("✗") }.count == 55)
    }

    @Test("keeps hostile text from terminal and log", arguments: [TerminalStyle.Verbosity.normal, .verbose])
    func hostile(_ verbosity: TerminalStyle.Verbosity) throws {
        let evil = SampleRun.hostile
        var failed = SampleRun.failed(evil, output: evil + String(repeating: "y", count: 1 << 20))
        failed.suite = "::error::x\n" + evil
        failed.assertions.append(AssertionResult(type: evil, passed: false, score: 0, reason: evil))
        var errored = SampleRun.missing(evil)
        errored.error = EvaluationError(.provider, evil, hint: evil)
        var gate = SampleRun.gate(verdict: .failed, reason: evil)
        gate.suite = evil
        var results = try SampleRun.results([failed, errored], gates: [gate], statuses: [.gateFailed])
        results.notices = [evil]
        let shown = try text(results, verbosity)
        #expect(shown.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) })
        #expect(!shown.contains("\u{202e}"))
        #expect(!shown.contains("##vso["))
        for line in shown.split(separator: "\n") {
            #expect(!line.drop { $0 == " " }.hasPrefix("::"))
        }
        #expect(shown.utf8.count < (verbosity == .normal ? 20_000 : 300_000))
        #expect(shown.contains("characters left out"))
    }

    @Test("points at the first difference of equal texts")
    func difference() throws {
        func shown(_ expected: String, _ actual: String) throws -> String {
            let execution = changed(SampleRun.failed("a")) {
                $0.assertions = [
                    AssertionResult(
                        type: "equals", passed: false, score: 0, reason: "not equal", expected: expected,
                        actual: actual)
                ]
            }
            return try text(SampleRun.results([execution]))
        }
        let caret = String(repeating: " ", count: 24) + "^ differs from here on\n"
        #expect(
            try shown("positive", "positively").contains(
                "      expected: positive\n      actual:   positively\n" + caret))
        #expect(try shown("日本x", "日本y").contains("\n" + String(repeating: " ", count: 20) + "^ differs"))
        #expect(try shown("a\nbc", "a\nbd").contains("\n      differs from line 2, character 2 on\n"))
    }

    @Test("keeps the table within 80 columns, and colors without changing a word")
    func table() throws {
        let executions = (1...3).map { number in
            changed(SampleRun.execution("a")) {
                $0.prompt = "a_prompt_with_a_very_long_name_number_\(number)"
                $0.model = "provider/模型-with-a-long-name-2026-01-15"
                $0.answer?.reply.latencyMS = 123_456
            }
        }
        let results = try SampleRun.results(executions, gates: [SampleRun.gate(verdict: .passed)])
        let plain = try text(results)
        let row = try #require(plain.split(separator: "\n").first { $0.contains("123s") })
        #expect(
            row == "  a_prom…mber_1 · provid…01-15    1    0   0    0 100.0%  1.00 $0.0003 123s 123s"
        )
        let colored = try text(results, color: true)
        #expect(colored.contains("\u{1b}[32mPASS\u{1b}[0m"))
        var stripped = colored
        for code in ["0", "1", "2", "31", "32", "33"] {
            stripped = stripped.split(separator: "\u{1b}[\(code)m", omittingEmptySubsequences: false).joined()
        }
        #expect(stripped == plain)
    }
}
