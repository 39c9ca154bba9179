import Foundation
import JSON
import Testing

@Suite("Recordings")
struct RecordingCommandTests {
    private static let suite = """
        suite: support
        prompts: [reply]
        models: [small]
        cases:
          - id: late-parcel
            vars: {text: "Where is it?"}
            assert: [contains: parcel]
          - id: thrice
            vars: {text: "Again?"}
            repeat: {samples: 3, pass: 2}
            assert: [equals: yes]
          - dataset: rows.csv
            id: "{{ row.id }}"
            vars: row
            assert: [contains: answer]

        """

    private static let answers = """
        {"suite": "support", "case": "late-parcel", "prompt": "reply", "model": "small", "content": "Your parcel is late.", "finish_reason": "stop", "usage": {"input_tokens": 41, "output_tokens": 12}, "latency_ms": 412}
        {"suite": "support", "case": "thrice", "content": "yes", "latency_ms": 10}
        {"suite": "support", "case": "thrice", "sample": 2, "content": "no", "latency_ms": 20}
        {"suite": "support", "case": "thrice", "sample": 3, "content": "yes", "latency_ms": 30}
        {"suite": "support", "case": "r1", "content": "answer one", "latency_ms": 40}
        {"suite": "support", "case": "r2", "content": "answer two", "latency_ms": 50}

        """

    private static let hand = "fixtures/support/late-parcel/reply.small.yaml"
    private static let pack = "fixtures/support/reply.small.jsonl"

    /// A project with two kinds of recordings, brought in by `fixtures import`.
    private func project() throws -> TemporaryProject {
        let project = try TemporaryProject([
            "evalrun.yaml":
                "models:\n  small: {provider: openai, model: gpt-5-mini, parameters: {max_tokens: 400}}\n",
            "prompts/reply.prompt.yaml":
                "name: reply\nsystem: |\n  You answer support tickets.\n  Be polite.\nuser: \"{{ text }}\"\n",
            "evalsuites/support.suite.yaml": Self.suite,
            "evalsuites/rows.csv": "id,text\nr1,first\nr2,second\n",
            "answers.jsonl": Self.answers,
        ])
        let imported = try project.run("fixtures", "import", "answers.jsonl")
        #expect(imported.exitCode == 0, "\(imported.all)")
        #expect(imported.output.contains(Self.hand) && imported.output.contains(Self.pack), "\(imported.all)")
        #expect(imported.errors == "answers.jsonl: 6 answers in 3 files\n", "\(imported.all)")
        return project
    }

    private func edit(_ project: TemporaryProject, _ file: String, _ old: String, _ new: String) throws {
        let text = try project.read(file)
        #expect(text.contains(old))
        try project.write(text.replacingOccurrences(of: old, with: new), to: file)
    }

    @Test("imported answers are replayed with their latency; two replays are the same bytes")
    func replay() throws {
        let project = try project()
        let first = try project.results("--report", "junit=1.xml")
        #expect(first.run.exitCode == 0, "\(first.run.all)")
        #expect(
            first.results.statuses == [
                "late-parcel#1 passed", "thrice#1 passed", "thrice#2 failed", "thrice#3 passed",
                "r1#1 passed",
                "r2#1 passed",
            ])
        // The case with `pass: 2` is one unit.
        #expect(first.results.gates == ["pass_rate passed 1.0 4", "error_rate passed 0.0 6"])
        #expect(first.results.executions.first?["source"] == "replayed")
        #expect(first.results.executions.first?["latency_ms"] == 412)
        #expect(first.results.summary["spent_usd"] == 0)
        #expect(try project.read("1.xml").contains("0.412"))
        let second = try project.results("--report", "junit=2.xml", "--jobs", "1")
        #expect(try first.results.withoutRun == second.results.withoutRun)
        #expect(try project.read("1.xml") == project.read("2.xml"))
    }

    @Test("importing the same answers again changes nothing but the day, from standard input too")
    func importAgain() throws {
        let project = try project()
        let run = try project.run("fixtures", "import", "-", input: Self.answers)
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(try project.run().exitCode == 0)
    }

    @Test(
        "a wrong line of answers writes nothing and is told with its place",
        arguments: [
            (#"{"suite": "support", "case": "late-parsel", "content": "x"}"#, "late-parsel"),
            (#"{"suite": "support", "case": "late-parcel"}"#, "content"),
            (#"{"suite": "support", "case": "late-parcel", "content": "x", "sample": 9}"#, "sample"),
            (#"{"suite": "support", "case": "late-parcel", "model": "big", "content": "x"}"#, "big"),
            (#"{"suite": "support", "case": "#, "bad.jsonl:2"), ("[]", "bad.jsonl:2"), ("\0", "bad.jsonl:2"),
            (#"{"suite": "support", "case": "late-parcel", "content": "x", "contnt": 1}"#, "contnt"),
        ])
    func wrongAnswers(line: String, says: String) throws {
        let project = try project()
        try project.remove("fixtures")
        let good = Self.answers.split(separator: "\n").first.map(String.init) ?? ""
        try project.write(good + "\n" + line + "\n", to: "bad.jsonl")
        let run = try project.run("fixtures", "import", "bad.jsonl")
        #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
        #expect(run.errors.contains("bad.jsonl:2") && run.errors.contains(says), "\(run.all)")
        #expect(!project.exists("fixtures"), "\(run.all)")
    }

    @Test("fixtures list has a line for each recording")
    func list() throws {
        let project = try project()
        let run = try project.run("fixtures", "list")
        #expect(run.exitCode == 0 && run.errors == "", "\(run.all)")
        #expect(run.output.split(separator: "\n").count == 6, "\(run.all)")
        #expect(run.output.contains("\(Self.hand)  late-parcel  #1  answer  gpt-5-mini"))
        #expect(run.output.contains("\(Self.pack)  r2  #1"))
        let fresh = try project.run("fixtures", "stale")
        #expect(fresh.exitCode == 0 && fresh.output == "", "\(fresh.all)")
        #expect(fresh.errors == "6 fresh, 0 missing, 0 stale, 0 moved, 0 unused\n")
    }

    @Test("a missing recording is exit 4 with the command that brings it in")
    func missing() throws {
        let project = try project()
        try project.remove(Self.hand)
        let run = try project.run("run", "--report", "json=r.json")
        #expect(run.exitCode == 4, "\(run.all)")
        #expect(
            run.output.contains("Next: evalrun record support, or evalrun fixtures import"), "\(run.all)")
        #expect(run.output.contains(#""case": "late-parcel""#), "\(run.all)")
        #expect(try project.read("r.json").contains("fixture-missing"))
        let stale = try project.run("fixtures", "stale")
        #expect(
            stale.exitCode == 4 && stale.output.contains("missing  \(Self.hand)  late-parcel"), "\(stale.all)"
        )
        #expect(
            try project.names() == [
                "answers.jsonl", "evalrun.yaml", "evalsuites", "fixtures", "prompts", "r.json",
            ])
    }

    @Test("a stale recording is exit 4 and shows what changed")
    func stale() throws {
        let project = try project()
        try edit(project, "prompts/reply.prompt.yaml", "Be polite.", "Be brief.")
        let run = try project.results()
        #expect(run.run.exitCode == 4)
        #expect(run.results.executions.allSatisfy { $0["error"]?["kind"] == "fixture-stale" })
        let plain = try project.run("run", "--case", "late-parcel")
        #expect(plain.exitCode == 4, "\(plain.all)")
        for text in ["Be polite.", "Be brief.", "fixture-stale"] {
            #expect(plain.output.contains(text), "\(plain.all)")
        }
        let stale = try project.run("fixtures", "stale")
        #expect(stale.exitCode == 4 && stale.errors.contains("0 fresh, 0 missing, 6 stale"), "\(stale.all)")
        let imported = try project.run("fixtures", "import", "answers.jsonl")
        #expect(imported.exitCode == 0, "\(imported.all)")
        #expect(try project.run().exitCode == 0)
    }

    @Test(
        "a recording that moved is used and told; mv --auto and mv bring it to its place",
        arguments: [
            ["--auto"], ["support/late-parcel", "support/parcel-late"],
            ["support/late-parcel/reply/small", "support/parcel-late/reply/small"],
        ])
    func moved(words: [String]) throws {
        let project = try project()
        try edit(project, "evalsuites/support.suite.yaml", "id: late-parcel", "id: parcel-late")
        let run = try project.run()
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(run.output.contains("fixtures mv --auto"), "\(run.all)")
        let stale = try project.run("fixtures", "stale")
        #expect(
            stale.exitCode == 0 && stale.output.contains("moved  fixtures/support/parcel-late"),
            "\(stale.all)")
        if words == ["--auto"] {
            let dry = try project.run("fixtures", "mv", "--auto", "--dry-run")
            #expect(
                dry.exitCode == 0 && dry.errors == "1 would be moved\n" && project.exists(Self.hand),
                "\(dry.all)")
        }
        let moved = try project.run(words: ["fixtures", "mv"] + words)
        #expect(moved.exitCode == 0 && moved.errors == "1 moved\n", "\(moved.all)")
        #expect(!project.exists(Self.hand) && project.exists("fixtures/support/parcel-late/reply.small.yaml"))
        let again = try project.run("fixtures", "stale")
        #expect(again.exitCode == 0 && again.output == "", "\(again.all)")
        #expect(!(try project.run().output.contains("fixtures mv")))
    }

    @Test(
        "renaming suite, alias and prompt is found by key and repaired",
        arguments: [
            ("suite: support", "suite: desk"), ("models: [small]", "models: [tiny]"),
        ])
    func renamed(old: String, new: String) throws {
        let project = try project()
        try edit(project, "evalsuites/support.suite.yaml", old, new)
        try edit(
            project, "evalrun.yaml", "models:\n",
            "models:\n  tiny: {provider: openai, model: gpt-5-mini, parameters: {max_tokens: 400}}\n")
        #expect(try project.run().exitCode == 0)
        let moved = try project.run("fixtures", "mv", "--auto")
        #expect(moved.exitCode == 0 && moved.errors == "6 moved\n", "\(moved.all)")
        let again = try project.run("fixtures", "stale")
        #expect(
            again.exitCode == 0 && again.output == "" && again.errors.hasPrefix("6 fresh"), "\(again.all)")
        #expect(try project.run().exitCode == 0)
    }

    @Test("prune removes what no suite uses, and nothing else")
    func prune() throws {
        let project = try project()
        try edit(project, "evalsuites/rows.csv", "r2,second\n", "")
        let text = try project.read("evalsuites/support.suite.yaml")
        let parts = text.components(separatedBy: "  - id: thrice\n")
        let rest = parts[1].components(separatedBy: "  - dataset")
        try project.write(parts[0] + "  - dataset" + rest[1], to: "evalsuites/support.suite.yaml")
        let dry = try project.run("fixtures", "prune", "--dry-run")
        #expect(dry.exitCode == 0 && dry.errors == "4 would be removed\n", "\(dry.all)")
        let pruned = try project.run("fixtures", "prune")
        #expect(
            pruned.exitCode == 0 && pruned.errors == "4 removed\n" && pruned.output == dry.output,
            "\(pruned.all)")
        let list = try project.run("fixtures", "list")
        #expect(list.output.split(separator: "\n").count == 2, "\(list.all)")
        #expect(!project.exists("fixtures/support/thrice/reply.small.yaml"))
        #expect(try project.run().exitCode == 0)
    }

    @Test("prune removes nothing when a suite is broken")
    func pruneBroken() throws {
        let project = try project()
        try project.write("suite: [", to: "evalsuites/x.suite.yaml")
        let run = try project.run("fixtures", "prune")
        #expect(run.exitCode == 2 && project.exists(Self.hand), "\(run.all)")
    }

    @Test(
        "a recording that is damaged is told with its file and never passes",
        arguments: [
            ("evalrun_fixture: 1\ncase: [", Self.hand), ("", Self.hand), ("{\"", Self.pack),
            ("\0\0", Self.pack),
            ("evalrun_fixture: 2\n", Self.hand),
        ])
    func damaged(text: String, file: String) throws {
        let project = try project()
        try project.write(text, to: file)
        let run = try project.run()
        #expect([2, 3, 4].contains(run.exitCode), "\(run.all)")
        #expect((run.output + run.errors).contains(file), "\(run.all)")
        let list = try project.run("fixtures", "list")
        #expect(list.exitCode == 2 && list.errors.contains(file), "\(list.all)")
    }

    @Test("secrets of an imported answer do not reach disk or reports")
    func redaction() throws {
        let project = try project()
        let key = "sk-proj-" + String(repeating: "Ab3dEf6h", count: 6)
        try edit(project, "answers.jsonl", "Your parcel is late.", "Your parcel has key \(key).")
        #expect(try project.run("fixtures", "import", "answers.jsonl").exitCode == 0)
        let run = try project.run("--verbose", "--report", "json=r.json", "--report", "junit=r.xml")
        #expect(run.exitCode == 0, "\(run.all)")
        for text in [
            run.output, run.errors, try project.read("r.json"), try project.read("r.xml"),
            try project.read(Self.hand),
        ] {
            #expect(!text.contains(key))
        }
        #expect(try project.read(Self.hand).contains("[redacted:"))
    }
}
