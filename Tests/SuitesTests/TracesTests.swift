import Diagnostics
import Evals
import Files
import Suites
import Testing

/// How rows of captured answers become cases.
@Suite("Traces of a suite")
struct TracesTests {
    private static let response = #"response: "{{ row.output }}""#

    /// A project whose suite has these lines after its prompts, and rows in `t.jsonl`.
    private static func project(_ lines: String, rows: String = "") throws -> TemporaryProject {
        let project = try TemporaryProject([
            "evalrun.yaml": "models:\n  small: {provider: openai, model: gpt-5-mini}\n",
            "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"{{ q is defined }}\"\n",
            "evalsuites/s.suite.yaml": "suite: s\nprompts: [p]\n" + lines + "\n",
            "t.jsonl": rows,
        ])
        project.catalog = JudgeProject.catalog
        return project
    }

    /// What `evalrun check` would find, as `LINE:COLUMN ID message; hint`.
    private static func checked(_ project: TemporaryProject) -> [String] {
        let (workspace, diagnostics) = project.load()
        var bag = DiagnosticBag()
        bag.add(contentsOf: diagnostics + workspace.traceMistakes)
        if !workspace.hasTracesAlone { bag.add(contentsOf: workspace.plan(PlanOptions()).diagnostics) }
        return bag.sorted.map(line)
    }

    /// The plan of `evalrun score t.jsonl`.
    private static func scored(
        _ project: TemporaryProject, share: Double? = nil
    ) throws -> (plan: Plan?, mistakes: [String]) {
        let traces = try #require(
            Traces(path: project.root.path + "/t.jsonl", shown: "my/t.jsonl", share: share))
        let (workspace, diagnostics) = Workspace.load(
            root: project.root, catalog: project.catalog, today: TemporaryProject.today, traces: traces)
        let planned = workspace.plan(PlanOptions())
        return (planned.plan, (diagnostics + planned.diagnostics).map(line))
    }

    private static func cases(_ plan: Plan?) throws -> [PlannedCase] {
        var stream = try #require(plan).stream()
        var cases: [PlannedCase] = []
        while let next = try stream.next() { cases.append(next) }
        return cases
    }

    private static func line(_ diagnostic: Diagnostic) -> String {
        let mark = diagnostic.mark.map { "\($0.line):\($0.column) " } ?? ""
        return mark + "\(diagnostic.id) \(diagnostic.message)" + (diagnostic.hint.map { "; \($0)" } ?? "")
    }

    @Test(
        "what a suite may say about rows",
        arguments: [
            "{\(response), assert: [contains: x]}", "{\(response), vars: row, assert: [contains: x]}",
            #"{\#(response), id: "{{ row.id }}", tags: [a, "{{ row.t }}"], assert: [contains: "{{ row.want }}"]}"#,
            #"{response: {content: "{{ row.o }}", latency_ms: "{{ row.ms }}"}, assert: [latency: 500]}"#,
            #"{\#(response), question: "{{ row.q }}", context: "{{ row.c }}", reference: "{{ row.r }}", assert: [contains: "{{ reference }}"]}"#,
            #"{\#(response), history: [{role: user, content: "{{ row.h }}"}], threshold: 0.5, assert: [contains: x]}"#,
            "{\(response), description: d, input: x, assert_defaults: false, assert: [contains: x]}",
        ])
    func valid(traces: String) throws {
        #expect(Self.checked(try Self.project("traces: \(traces)")).isEmpty)
    }

    @Test(
        "mistakes are told by check without any rows, at their place",
        arguments: [
            ("{assert: [contains: x]}", ["3:9 missing-key 'traces' needs 'response'; say where"]),
            (
                "{respons: x, assert: [contains: x]}",
                ["3:10 unknown-key unknown key 'respons' in the traces; did you mean 'response'?"]
            ),
            (
                "{\(response), dataset: a.jsonl, matrix: {a: [1]}, repeat: 2, assert: [contains: x]}",
                [
                    "3:40 unknown-key unknown key 'dataset'", "3:58 unknown-key unknown key 'matrix'",
                    "3:76 unknown-key",
                ]
            ),
            (
                "{\(response), skip: a, only: {models: [b]}, xfail: c, turns: 1, assert: [contains: x]}",
                ["3:40 unknown-key", "3:49 unknown-key", "3:70 unknown-key", "3:80 unknown-key"]
            ),
            ("{\(response), id: a, assert: [contains: x]}", ["3:44 fixed-id all rows would get the same id"]),
            (
                "{\(response), assert: [contians: x]}",
                ["3:49 unknown-assertion unknown assertion 'contians'; did you"]
            ),
            ("{\(response), assert: [regex: '(']}", ["3:56 bad-pattern"]),
            ("{\(response)}", ["3:9 no-assertion"]),
            ("{\(response), assert: []}", ["3:9 no-assertion"]),
            (
                "{\(response), question: '{{ rwo.q }}', assert: [contains: '{{ output }}']}",
                [
                    "3:54 undefined-variable 'rwo' is not defined for this case; did you mean 'row'?",
                    "3:88 undefined-variable 'output'",
                ]
            ),
            (
                "{\(response), vars: {a: '{{ q }}'}, assert: [contains: x]}",
                [
                    "3:54 undefined-variable 'q' is not defined here; only 'row' is; a column is written {{ row.q }}"
                ]
            ),
            ("{response: '{{ row.output }', assert: [contains: x]}", ["3:35 template-syntax"]),
            (
                "{response: {content: '{{ row.o }}', contnt: x}, assert: [contains: x]}",
                ["3:45 unknown-key unknown key 'contnt' in a response; did you mean 'content'?"]
            ),
            (
                "[{\(response), assert: [contains: x]}]",
                ["3:9 wrong-type 'traces' must be a mapping, not a list"]
            ),
            ("", ["3:8 empty-value 'traces' has no value"]),
            ("{\(response), assert: [verdict: x]}", ["3:49 no-judge nobody is named to judge 'verdict'"]),
            ("{\(response), assert: [{verdict: x, judge: samll}]}", ["3:50 unknown-model"]),
            (
                "{\(response), assert: [contains: x]}\ngates: [{metric: pass_rat, min: 1}]",
                ["4:18 unknown-metric"]
            ),
        ])
    func invalid(traces: String, says: [String]) throws {
        for cases in ["", "models: [echo]\ncases: [{id: a, assert: [contains: x]}]"] {
            let project = try Self.project("traces: \(traces)" + (cases.isEmpty ? "" : "\n" + cases))
            let found = Self.checked(project)
            #expect(found.count == says.count, "\(found)")
            for (line, start) in zip(found, says) { #expect(line.hasPrefix(start), "\(line)") }
        }
    }

    @Test("a suite of traces alone is read, has nothing to run, and says what to type instead")
    func alone() throws {
        let project = try Self.project("traces: {\(Self.response), assert: [contains: x]}")
        let (workspace, diagnostics) = project.load()
        #expect(workspace.suiteCount == 1 && workspace.hasTracesAlone && diagnostics.isEmpty)
        #expect(
            workspace.idleness?.hint == "`evalrun score FILE --suite s` judges captured answers with it")
        #expect(workspace.idleness?.severity == .error)
        #expect(workspace.inputFiles.contains("evalsuites/s.suite.yaml"))
        #expect(workspace.capturedPlaces.map { [$0.suite, $0.prompt] } == [["s", "p"]])
        let empty = Self.checked(
            try Self.project("cases: []\ntraces: {\(Self.response), assert: [contains: x]}"))
        #expect(empty.map { String($0.prefix(12)) } == ["3:1 no-cases"], "\(empty)")
    }

    @Test("a row becomes a case on the model given, with all that the traces say about it")
    func mapping() throws {
        let project = try Self.project(
            """
            tags: [prod]
            defaults: {assert: [{not-contains: sorry}]}
            traces:
              id: "{{ row.id }}"
              response: {content: "{{ row.output }}", latency_ms: "{{ row.ms }}"}
              question: "{{ row.q }}"
              context: "{{ row.docs }}"
              reference: "{{ row.want }}"
              tags: ["{{ row.team }}"]
              vars: {lang: "{{ row.lang }}"}
              assert: [{contains: "{{ reference }}", metric: hit}]
            gates: [{metric: score.hit, min: 0.5, where: {row.team: blue}}]
            """,
            rows:
                #"{"id": "r1", "output": "fine", "ms": 7, "q": "why?", "docs": "d", "want": "fi", "team": "blue", "lang": "en"}"#
                + "\n")
        let (plan, mistakes) = try Self.scored(project)
        #expect(mistakes.isEmpty)
        let cases = try Self.cases(plan)
        let first = try #require(cases.first)
        #expect(cases.count == 1 && plan?.executions == 1)
        #expect(first.id == "r1" && first.response == Reply(content: "fine", latencyMS: 7))
        #expect(first.question == "why?" && first.reference == "fi" && first.context == ["d"])
        #expect(first.tags == ["prod", "blue"] && first.row == ["team": "blue"])
        #expect(first.trials.map(\.model.name) == ["given"] && first.trials.map(\.prompt) == ["p"])
        #expect(try first.trials.first?.assertions.get().count == 2)
    }

    @Test(
        "mistakes that rows bring are told by the name of the file that was typed",
        arguments: [
            (#"{"output": 7}"#, "", "bad-response"),
            (#"{"output": "x"}"#, "gates: [{metric: score.hti, min: 1}]", "gate-matches-nothing"),
            (
                #"{"output": "x"}"#, "gates: [{metric: pass_rate, min: 1, where: {tags: [blue]}}]",
                "gate-matches-nothing"
            ),
            ("[1]", "", "bad-row"), ("", "", "empty-dataset"),
        ])
    func badRows(row: String, gates: String, id: String) throws {
        let project = try Self.project(
            "traces: {\(Self.response), assert: [{contains: x, metric: hit}]}\n\(gates)",
            rows: row.isEmpty ? "" : row + "\n")
        let (plan, mistakes) = try Self.scored(project)
        #expect(plan == nil && mistakes.count == 1, "\(mistakes)")
        #expect(mistakes.first?.contains(id) == true, "\(mistakes)")
        #expect(mistakes.first?.contains(".evalrun/traces") == false)
    }

    @Test("a share takes the same rows in every order, and the plan knows how many of how many")
    func sample() throws {
        let rows = (1...200).map { #"{"output": "answer \#($0)"}"# + "\n" }
        let traces = "traces: {\(Self.response), assert: [contains: answer]}"
        let forward = try Self.project(traces, rows: rows.joined())
        let backward = try Self.project(traces, rows: rows.reversed().joined())
        let straight = try Self.scored(forward, share: 0.2).plan
        let turned = try Self.scored(backward, share: 0.2).plan
        let ids = try Self.cases(straight).map(\.id)
        #expect(try Self.cases(turned).map(\.id) == ids.reversed())
        let count = try #require(straight?.rowCounts.first)
        #expect(straight?.rowCounts.count == 1 && count.read == 200 && count.taken == ids.count)
        #expect((15...70).contains(count.taken))
        let all = try Self.scored(forward).plan?.rowCounts
        #expect(all?.map { [$0.taken, $0.read] } == [[200, 200]])
    }

    @Test("a suite without traces has no place for rows")
    func without() throws {
        let project = try Self.project(
            "models: [echo]\ncases: [{id: a, assert: [contains: x]}]", rows: "{\"output\": \"x\"}\n")
        let (plan, mistakes) = try Self.scored(project)
        #expect(plan == nil && mistakes.contains { $0.hasPrefix("1:1 no-traces") }, "\(mistakes)")
    }

    @Test(
        "the format of rows follows from the end of the name, and nothing else is read",
        arguments: [
            ("t.jsonl", true), ("T.NDJSON", true), ("a/t.csv", true), ("t.json", true), ("t.yml", true),
            ("t.txt", false), ("jsonl.d/t", false), ("t", false), ("", false), ("t.jsonl.gz", false),
        ])
    func format(name: String, isKnown: Bool) { #expect((Traces(path: name, shown: name) != nil) == isKnown) }

    @Test(
        "a share is above nothing and at most all",
        arguments: [
            ("5%", 0.05), ("0.5", 0.5), ("100%", 1), ("1", 1), ("0%", nil), ("0", nil), ("101%", nil),
            ("1.1", nil),
            ("-5%", nil), ("", nil), ("%", nil), ("nan", nil), ("0x1%", nil), ("5 %", nil),
        ] as [(String, Double?)])
    func share(text: String, expected: Double?) { #expect(Traces.share(text) == expected) }
}
