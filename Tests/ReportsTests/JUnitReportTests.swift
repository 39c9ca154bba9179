import Evals
import Reports
import Results
import Testing
import XML

@Suite("JUnit report") struct JUnitReportTests {
    @Test("tells a failure once, with file, line and properties")
    func rich() throws {
        let results = try SampleRun.results([SampleRun.failed("late-parcel")], statuses: [.gateFailed])
        let text = try SampleRun.text(JUnitReport(), results)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="evalrun" tests="1" failures="1" errors="0" skipped="0" time="0.412">
                  <testsuite name="support" tests="1" failures="1" errors="0" skipped="0" time="0.412">
                    <testcase classname="support" name="late-parcel [reply · small]" time="0.412" file="evalsuites/support.suite.yaml" line="9">
                      <properties>
                        <property name="prompt" value="reply"/>
                        <property name="version" value="4"/>
                        <property name="model" value="small"/>
                        <property name="sample" value="1"/>
                        <property name="score" value="0"/>
                        <property name="cost_usd" value="0.0003"/>
                        <property name="latency_ms" value="412"/>
                        <property name="served_model" value="gpt-5-mini-2026-01-15"/>
                        <property name="source" value="replayed"/>
                        <property name="request_sha256" value="9f2c"/>
                        <property name="tags" value="smoke"/>
                      </properties>
                      <failure type="evalrun.contains" message="contains: the answer lacks '14 days'">contains: the answer lacks '14 days'
                  expected: 14 days
                  actual: Within two weeks.
                 at evalsuites/support.suite.yaml:9:5</failure>
                      <system-out>output:
                Within two weeks.</system-out>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("keeps to the attributes of junit-10 in the strict dialect")
    func strict() throws {
        let results = try SampleRun.results(
            [SampleRun.execution("a"), SampleRun.missing("b")],
            gates: [SampleRun.gate(verdict: .unevaluated)])
        let text = try SampleRun.text(JUnitReport(dialect: .strict), results)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="evalrun" tests="3" failures="0" errors="2" time="0.412">
                  <testsuite name="support" tests="2" failures="0" errors="1" skipped="0" time="0.412">
                    <testcase classname="support" name="a [reply · small]" time="0.412"/>
                    <testcase classname="support" name="b [reply · small]" time="0.000">
                      <error type="evalrun.fixture-missing" message="there is no recording for b">fixture-missing: there is no recording for b
                hint: evalrun fixtures import ANSWERS.jsonl
                 at evalsuites/support.suite.yaml:9:5</error>
                    </testcase>
                  </testsuite>
                  <testsuite name="evalrun.gates" tests="1" failures="0" errors="1" skipped="0" time="0.000">
                    <testcase classname="evalrun.gates" name="support: pass_rate ≥ 0.95 [reply · small]" time="0.000">
                      <error type="evalrun.gate-unevaluated" message="pass_rate ≥ 0.95: 0.75 (n=4): 3 of 4 units passed">pass_rate ≥ 0.95: 0.75 (n=4): 3 of 4 units passed
                 at evalsuites/support.suite.yaml:30</error>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test(
        "counts what decides, and skips what does not",
        arguments: [
            (SampleRun.execution("a"), "0 0 0"), (SampleRun.failed("a"), "1 0 0"),
            (SampleRun.missing("a"), "0 1 0"),
            (changed(SampleRun.failed("a")) { $0.isAdvisory = true }, "0 0 1"),
            (changed(SampleRun.missing("a")) { $0.isAdvisory = true }, "0 0 1"),
            (
                changed(SampleRun.failed("a")) {
                    $0.status = .skipped
                    $0.outcome = .failed
                    $0.statusReason = "flaky, Ann, until 2026-12-01"
                }, "0 0 1"
            ),
            (changed(SampleRun.execution("a")) { $0.status = .skipped }, "0 0 1"),
            (
                changed(SampleRun.execution("a")) {
                    $0.status = .failed
                    $0.outcome = .passed
                }, "1 0 0"
            ),
            (
                changed(SampleRun.execution("a")) {
                    $0.status = .errored
                    $0.answer = nil
                }, "0 1 0"
            ),
        ])
    func counts(_ execution: Execution, _ expected: String) throws {
        let text = try SampleRun.text(JUnitReport(), SampleRun.results([execution]))
        let numbers = expected.split(separator: " ")
        let head =
            "tests=\"1\" failures=\"\(numbers[0])\" errors=\"\(numbers[1])\" skipped=\"\(numbers[2])\" time="
        #expect(text.split(separator: "\n").filter { $0.contains(head) }.count == 2)
        for (element, number) in zip(["<failure ", "<error ", "<skipped "], numbers) {
            #expect(text.contains(element) == (number == "1"))
        }
    }

    @Test("names samples, conversations and clashing suites apart, without dots in class names")
    func names() throws {
        var executions = (1...2).map { sample in SampleRun.execution("a") { $0.sample = sample } }
        executions.append(SampleRun.execution("a") { $0.model = "large" })
        executions.append(SampleRun.execution("a") { $0.model = "large" })
        executions.append(changed(SampleRun.execution("a")) { $0.suite = "x.y" })
        executions.append(changed(SampleRun.execution("a")) { $0.suite = "x_y" })
        let text = try SampleRun.text(JUnitReport(dialect: .strict), SampleRun.results(executions))
        let names = text.split(separator: "\n").filter { $0.contains("<testcase") }.map {
            $0.split(separator: "\"").enumerated().filter { [1, 3].contains($0.offset) }.map(\.element)
                .joined(separator: "/")
        }
        #expect(
            names == [
                "support/a [reply · small] #1", "support/a [reply · small] #2", "support/a [reply · large]",
                "support/a [reply · large] (2)", "x_y/a [reply · small]", "x_y_/a [reply · small]",
            ])
    }

    @Test(
        "shows gates as cases",
        arguments: [
            (GateResult.Verdict.passed, GateSpecification.Level.fail, false, ""),
            (.failed, .fail, false, "<failure type=\"evalrun.gate\""),
            (.failed, .warn, false, "<skipped message=\"warning, does not fail the build: failed"),
            (.failed, .fail, true, "<skipped message=\"advisory model, does not fail the build: failed"),
            (.unevaluated, .fail, false, "<error type=\"evalrun.gate-unevaluated\""),
            (.unevaluated, .warn, false, "<skipped message=\"warning"),
            (.inconclusive, .fail, false, "<error type=\"evalrun.gate-inconclusive\""),
            (.notEvaluated, .fail, false, "<skipped message=\"not evaluated: "),
        ])
    func gates(
        _ verdict: GateResult.Verdict, _ level: GateSpecification.Level, _ isAdvisory: Bool,
        _ expected: String
    ) throws {
        let gate = SampleRun.gate(verdict: verdict, level: level, isAdvisory: isAdvisory)
        let text = try SampleRun.text(
            JUnitReport(), SampleRun.results([SampleRun.execution("a")], gates: [gate]))
        #expect(text.contains("classname=\"evalrun.gates\""))
        #expect(expected.isEmpty ? !text.contains("message=") : text.contains(expected))
    }

    @Test("stays well-formed and harmless with a hostile answer", arguments: [JUnitDialect.rich, .strict])
    func hostile(_ dialect: JUnitDialect) throws {
        let evil = SampleRun.hostile
        var execution = SampleRun.failed(evil, output: evil + String(repeating: "x", count: 1 << 20))
        execution.suite = evil
        execution.tags = [evil]
        let text = try SampleRun.text(JUnitReport(dialect: dialect), SampleRun.results([execution]))
        #expect(XMLChecker.check(text) == [])
        #expect(!text.contains("[[ATTACHMENT"))
        #expect(!text.contains("[[PROPERTY"))
        #expect(text.contains("characters left out …]"))
        #expect(text.utf8.count < 200_000)
    }

    @Test("is written when nothing ran, and when executions have no result")
    func nothing() throws {
        let empty = try SampleRun.text(JUnitReport(), SampleRun.results([]))
        #expect(empty.contains("<skipped message=\"nothing ran: the plan has no executions\""))
        let stopped = try SampleRun.text(
            JUnitReport(), SampleRun.results([SampleRun.execution("a")], declared: 3))
        #expect(stopped.contains("type=\"evalrun.interrupted\" message=\"2 of 3 executions have no result\""))
        #expect(stopped.contains("<testsuites name=\"evalrun\" tests=\"2\" failures=\"0\" errors=\"1\""))
        #expect(XMLChecker.check(empty) == [])
        #expect(XMLChecker.check(stopped) == [])
    }

    @Test("has the same bytes whatever the run")
    func sameBytes() throws {
        let first = try SampleRun.results([SampleRun.failed("a")], gates: [SampleRun.gate(verdict: .failed)])
        var second = try SampleRun.results([SampleRun.failed("a")], gates: [SampleRun.gate(verdict: .failed)])
        second.header.id = "run-2"
        second.header.startedAt = "2026-11-22T10:00:00Z"
        #expect(try SampleRun.text(JUnitReport(), first) == SampleRun.text(JUnitReport(), second))
    }

    @Test("hands on what the sink throws")
    func sinkError() throws {
        struct Full: Error {}
        let results = try SampleRun.results([SampleRun.failed("a")])
        #expect(throws: Full.self) { try JUnitReport().write(results) { _ in throw Full() } }
    }
}

/// A changed copy.
func changed(_ execution: Execution, _ body: (inout Execution) -> Void) -> Execution {
    var copy = execution
    body(&copy)
    return copy
}
