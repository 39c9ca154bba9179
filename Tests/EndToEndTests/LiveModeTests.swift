import Foundation
import JSON
import StubServer
import Testing

/// What each mode asks, keeps and shows, on the real program.
@Suite("Modes of live models", .serialized)
struct LiveModeTests {
    @Test(
        "a record and its replay give the same report, apart from what was spent and where answers are from")
    func sameReport() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url),
            cases: LiveProject.cases(1...2) + [
                "{id: f, vars: {q: {text: question 8}}, assert: [{equals: something else, metric: m}]}"
            ], gates: ["{metric: pass_rate, min: 0.9}", "{metric: cost_usd, max: 1}"])
        let (run, recorded) = try live.run("record")
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(recorded.sources == ["live", "live", "live"])
        #expect(recorded.summary["spent_usd"] == recorded.summary["cost_usd"])
        #expect((recorded.summary["spent_usd"]?.double ?? 0) > 0)
        #expect(run.errors.contains("recorded 3 answers in 3 files"), "\(run.errors)")
        let xml = try live.project.read("j.xml")
        server.stop()
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == 1, "\(replay.run.all)")
        #expect(replay.file.sources == ["replayed", "replayed", "replayed"])
        #expect(replay.file.summary["spent_usd"] == 0)
        #expect(replay.file.without("spent_usd", "source") == recorded.without("spent_usd", "source"))
        let replayedXML = try live.project.read("j.xml")
        #expect(replayedXML.replacingOccurrences(of: #"value="replayed""#, with: #"value="live""#) == xml)
    }

    /// A change of a project whose three cases are recorded, and which questions `record` asks then.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Replacements by file: old text, new text.
        var edits: [(file: String, old: String, new: String)] = []
        var removed: [String] = []
        let asked: [Int]
        /// The statuses of a replay before the record.
        var replayed: [String]?
    }

    @Test(
        "record asks for what is missing or stale, and for nothing else",
        arguments: [
            Change(testDescription: "nothing changed", asked: []),
            Change(
                testDescription: "a recording is gone", removed: ["fixtures/s/c2"], asked: [2],
                replayed: ["c1#1 passed", "c2#1 errored fixture-missing", "c3#1 passed"]),
            Change(
                testDescription: "a case asks something else",
                edits: [("evalsuites/s.suite.yaml", "question 3", "question 7")], asked: [7],
                replayed: ["c1#1 passed", "c2#1 passed", "c3#1 errored fixture-stale"]),
            Change(
                testDescription: "the prompt changed",
                edits: [("prompts/p.prompt.yaml", "{{ q.text }}", "Please: {{ q.text }}")], asked: [1, 2, 3],
                replayed: [
                    "c1#1 errored fixture-stale", "c2#1 errored fixture-stale", "c3#1 errored fixture-stale",
                ]),
            Change(
                testDescription: "a partial change: only requests that it changes are stale",
                edits: [
                    (
                        "prompts/p.prompt.yaml", "{{ q.text }}",
                        "{% if q.text == 'question 2' %}Please: {% endif %}{{ q.text }}"
                    )
                ], asked: [2]),
            Change(
                testDescription: "another version of the same text",
                edits: [("prompts/p.prompt.yaml", "version: 1", "version: 2")], asked: []),
            Change(
                testDescription: "parameters changed",
                edits: [("evalrun.yaml", "model: gpt-5-mini,", "model: gpt-5-mini, parameters: {seed: 7},")],
                asked: [1, 2, 3]),
            Change(
                testDescription: "a case was renamed",
                edits: [("evalsuites/s.suite.yaml", "id: c2", "id: other")], asked: []),
            Change(
                testDescription: "an assertion changed",
                edits: [("evalsuites/s.suite.yaml", "not-equals: no model", "not-equals: No model")],
                asked: []),
            Change(
                testDescription: "a case is new",
                edits: [
                    (
                        "evalsuites/s.suite.yaml", "cases:\n",
                        "cases:\n  - {id: c4, vars: {q: {text: question 4}}, assert: [{contains: answer}]}\n"
                    )
                ], asked: [4]),
        ])
    func missingAndStale(change: Change) throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        let first = try live.run("record")
        #expect(first.run.exitCode == 0 && LiveProject.numbers(server) == [1, 2, 3], "\(first.run.all)")
        for edit in change.edits {
            let text = try live.project.read(edit.file)
            try #require(text.contains(edit.old))
            try live.project.write(text.replacingOccurrences(of: edit.old, with: edit.new), to: edit.file)
        }
        for path in change.removed { try live.project.remove(path) }
        if let replayed = change.replayed {
            let (run, file) = try live.run("run", key: nil)
            #expect(run.exitCode == 4 && file.statuses == replayed, "\(run.all)")
        }
        let again = try live.run("record")
        #expect(again.run.exitCode == 0, "\(again.run.all)")
        #expect(LiveProject.numbers(server, after: 3) == change.asked, "\(again.run.all)")
        let count = server.requests.count
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == 0, "\(replay.run.all)")
        #expect(replay.file.outputs.values.allSatisfy { $0.hasPrefix("answer ") })
        #expect(try live.run("record").run.exitCode == 0 && server.requests.count == count)
    }

    @Test("refresh asks for all and records it anew; live asks for all and writes nothing but its journal")
    func refreshAndLive() throws {
        let server = try LiveProject.answering { request in
            request.number <= 3 ? nil : .json(200, LiveProject.completion("new \(request.number > 6)"))
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        #expect(try live.run("record").run.exitCode == 0)
        let recordings = try (1...3).map { try live.project.read("fixtures/s/c\($0)/p.small.yaml") }
        let asked = try live.run("run", "--mode", "live")
        #expect(
            asked.run.exitCode == 0 && asked.file.sources == ["live", "live", "live"], "\(asked.run.all)")
        #expect(Set(asked.file.outputs.values) == ["new false"])
        #expect(server.requests.count == 6)
        #expect(try (1...3).map { try live.project.read("fixtures/s/c\($0)/p.small.yaml") } == recordings)
        #expect(
            try live.project.names()
                == [".evalrun", "evalrun.yaml", "evalsuites", "fixtures", "j.xml", "prompts", "r.json"])
        let refreshed = try live.run("run", "--mode", "refresh")
        #expect(refreshed.run.exitCode == 0 && server.requests.count == 9, "\(refreshed.run.all)")
        let replay = try live.run("run", key: nil)
        #expect(Set(replay.file.outputs.values) == ["new true"], "\(replay.run.all)")
    }

    @Test("samples are recorded and replayed each by itself, and a further one alone is asked for")
    func samples() throws {
        let server = try StubServer { .json(200, LiveProject.completion("answer \($0.number)")) }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...2),
            head: "models: [small]\nrepeat: 3")
        let (run, recorded) = try live.run("record", "--jobs", "3")
        #expect(run.exitCode == 0 && server.requests.count == 6, "\(run.all)")
        #expect(Set(recorded.outputs.values).count == 6)
        let replay = try live.run("run", key: nil)
        #expect(replay.file.outputs == recorded.outputs, "\(replay.run.all)")
        let suite = try live.project.read("evalsuites/s.suite.yaml")
        try live.project.write(
            suite.replacingOccurrences(of: "repeat: 3", with: "repeat: 4"), to: "evalsuites/s.suite.yaml")
        let more = try live.run("record")
        #expect(more.run.exitCode == 0 && server.requests.count == 8, "\(more.run.all)")
        #expect(more.file.outputs.filter { !$0.key.contains("#4") } == recorded.outputs)
        #expect(try live.run("run", key: nil).file.outputs == more.file.outputs)
        let bodies = server.requests.map(\.text)
        #expect(Set(bodies).count == 2, "the number of a sample is not sent")
    }

    @Test("a dataset records into one pack, and a row that changed alone is asked for again")
    func pack() throws {
        let server = try LiveProject.answering()
        let live = try LiveProject(
            settings: LiveProject.settings(server.url),
            cases: [
                "{dataset: rows.csv, id: \"r{{ row.id }}\", vars: {q: {text: \"{{ row.text }}\"}}, assert: [{contains: answer}]}"
            ],
            files: ["evalsuites/rows.csv": "id,text\n" + (1...40).map { "\($0),question \($0)\n" }.joined()])
        let (run, recorded) = try live.run("record")
        #expect(run.exitCode == 0 && server.requests.count == 40, "\(run.all)")
        #expect(try live.project.names(in: "fixtures/s") == ["p.small.jsonl"])
        let replay = try live.run("run", key: nil)
        #expect(replay.file.without("spent_usd", "source") == recorded.without("spent_usd", "source"))
        let rows = try live.project.read("evalsuites/rows.csv")
        try live.project.write(
            rows.replacingOccurrences(of: "17,question 17\n", with: "17,question 170\n")
                .replacingOccurrences(of: "3,question 3\n", with: ""), to: "evalsuites/rows.csv")
        let again = try live.run("record")
        #expect(again.run.exitCode == 0, "\(again.run.all)")
        #expect(LiveProject.numbers(server, after: 40) == [170])
        #expect(try live.run("run", key: nil).run.exitCode == 0)
    }

    @Test(
        "an error changes no recording, and the answers beside it are recorded",
        arguments: ["refresh", "record"])
    func errors(mode: String) throws {
        let server = try LiveProject.answering { request in
            guard request.number > 3 else { return nil }
            return LiveProject.number(request) == 2
                ? .text(500, "boom") : .json(200, LiveProject.completion("new"))
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...3))
        #expect(try live.run("record").run.exitCode == 0)
        if mode == "record" {
            try live.project.write(
                try live.project.read("prompts/p.prompt.yaml") + "system: Be brief.\n",
                to: "prompts/p.prompt.yaml")
        }
        let old = try live.project.read("fixtures/s/c2/p.small.yaml")
        let (run, file) = try live.run("run", "--mode", mode)
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(file.statuses == ["c1#1 passed", "c2#1 errored provider", "c3#1 passed"])
        #expect(try live.project.read("fixtures/s/c2/p.small.yaml") == old)
        #expect(try live.project.read("fixtures/s/c1/p.small.yaml").contains("new"))
        #expect(try live.project.read("fixtures/s/c3/p.small.yaml").contains("new"))
    }
}
