import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Recordings

@Suite("Folders of runs")
struct RunDirectoryTests {
    let project: TemporaryProject
    let runs: RunDirectory

    init() throws {
        project = try TemporaryProject()
        runs = RunDirectory(tree: project.tree)
    }

    private static let hash = String(repeating: "a1", count: 32)

    private static func plan(_ id: String, mode: String = "live") -> RunPlan {
        RunPlan(
            id: id, startedAt: "2026-11-21T10:00:00Z", evalrunVersion: "0.1.0", mode: mode, planSHA256: hash,
            suites: ["support"], options: ["repeat": 2])
    }

    private func mistakes(_ body: () throws -> Void) -> [Diagnostic] {
        do {
            try body()
            return []
        } catch {
            return (error as? DiagnosticError)?.diagnostics ?? []
        }
    }

    @Test(
        "the newest run is gone on with until it is done, by results or by its own word",
        arguments: [false, true])
    func unfinished(done: Bool) throws {
        let plan = Self.plan("20261129T100000-x", mode: "record")
        do {
            let folder = try runs.create(plan)
            if done { try folder.markDone() }
        }
        #expect(try runs.unfinished(mode: "record", planSHA256: plan.planSHA256) == (done ? nil : plan.id))
        #expect(try runs.unfinished(mode: "record", planSHA256: "other") == nil)
    }

    @Test("a new run has its plan on disk, out of git's sight")
    func create() throws {
        let folder = try runs.create(Self.plan("20261121T100000-x"))
        #expect(try project.read(".evalrun/.gitignore") == "*\n")
        let path = ".evalrun/runs/20261121T100000-x"
        let text = try project.read(path + "/plan.json")
        #expect(
            text == """
                {
                  "evalrun_run": 1,
                  "id": "20261121T100000-x",
                  "started_at": "2026-11-21T10:00:00Z",
                  "evalrun_version": "0.1.0",
                  "mode": "live",
                  "plan_sha256": "\(Self.hash)",
                  "suites": [
                    "support"
                  ],
                  "options": {
                    "repeat": 2
                  }
                }

                """)
        #expect(try runs.plan(of: "last") == folder.plan)
        #expect(folder.shownResults == path + "/results.json")
        #expect(folder.resultsPath.hasSuffix("/" + path + "/results.json"))
        #expect(mistakes { _ = try runs.create(Self.plan("20261121T100000-x")) }.count == 1)
    }

    @Test("the most that a run may spend is a part of its plan; one that can't be read is damage")
    func maximum() throws {
        var plan = Self.plan("20261121T100000-x")
        plan.maximum = Money(picoUSD: 1_500_000_000)
        _ = try runs.create(plan)
        #expect(try runs.plan(of: "last") == plan)
        let path = ".evalrun/runs/20261121T100000-x/plan.json"
        let text = try project.read(path)
        #expect(text.contains("\"max_usd\": 0.0015\n"), "\(text)")
        try project.write(text.replacing(": 0.0015", with: ": \"much\""), to: path)
        #expect(mistakes { _ = try runs.plan(of: "last") }.map(\.id) == ["run-damaged"])
    }

    @Test("the last run is the newest, by its time and then by when it was written")
    func last() throws {
        #expect(mistakes { _ = try runs.plan(of: "last") }.map(\.id) == ["no-runs"])
        #expect(mistakes { _ = try runs.lastResults() }.map(\.id) == ["no-results"])
        for id in ["20261121T100001-z", "20261122T090000-b", "20261122T090000-a", "20261120T230000-zz"] {
            _ = try runs.create(Self.plan(id))
        }
        for (id, seconds) in [("20261122T090000-a", 2000), ("20261122T090000-b", 1000)] {
            try #require(project.touch(".evalrun/runs/\(id)/plan.json", at: seconds))
        }
        #expect(
            try runs.ids() == [
                "20261122T090000-a", "20261122T090000-b", "20261121T100001-z", "20261120T230000-zz",
            ])
        #expect(try runs.plan(of: "last").id == "20261122T090000-a")
        for id in ["20261121T100001-z", "20261120T230000-zz"] {
            try project.write("{}", to: ".evalrun/runs/\(id)/results.json")
        }
        #expect(try runs.lastResults().text == ".evalrun/runs/20261121T100001-z/results.json")
    }

    @Test(
        "what names no run is told",
        arguments: [
            ("20261121T100000-y", "unknown-run", "did you mean '20261121T100000-x'?"),
            ("nothing", "unknown-run", nil),
            ("../runs/20261121T100000-x", "unknown-run", "did you mean '20261121T100000-x'?"),
            ("", "unknown-run", nil), ("broken", "run-damaged", nil), ("newer", "run-format", nil),
            ("copied", "run-damaged", nil), ("empty", "unknown-run", nil),
        ])
    func unknown(reference: String, id: String, hint: String?) throws {
        _ = try runs.create(Self.plan("20261121T100000-x"))
        let plan = try project.read(".evalrun/runs/20261121T100000-x/plan.json")
        for (name, text) in [
            ("broken", "{"), ("newer", "{\"evalrun_run\": 2}"), ("copied", plan),
        ] {
            try project.write(text, to: ".evalrun/runs/\(name)/plan.json")
        }
        try project.write("x", to: ".evalrun/runs/empty/journal.jsonl")
        let found = mistakes { _ = try runs.plan(of: reference) }
        #expect(found.map(\.id) == [id])
        #expect(found.first?.hint != nil)
        if let hint { #expect(found.first?.hint == hint) }
    }

    @Test("a run goes on with the same plan and mode alone")
    func resume() throws {
        let journal: Journal
        do {
            let folder = try runs.create(Self.plan("r1", mode: "record"))
            let inUse = mistakes { _ = try runs.resume("r1", mode: "record", planSHA256: Self.hash) }
            #expect(inUse.map(\.id) == ["run-in-use"])
            #expect(inUse.first?.message.contains("(process ") == true)
            journal = try Journal(folder)
        }
        // The journal holds the folder.
        #expect(
            mistakes { _ = try runs.resume("r1", mode: "record", planSHA256: Self.hash) }.map(\.id) == [
                "run-in-use"
            ])
        #expect(journal.count == 0)
        let other = String(repeating: "b", count: 64)
        #expect(
            mistakes { _ = try runs.resume("last", mode: "live", planSHA256: other) }.map(\.id) == [
                "run-mode", "run-plan",
            ])
        #expect(
            mistakes { _ = try runs.resume("r1", mode: "record", planSHA256: other) }.map(\.id) == [
                "run-plan"
            ])
    }

    @Test("a run that was left is opened again, with its answers")
    func goingOn() async throws {
        let request = TemporaryProject.request()
        let first = Answer(reply: Reply(content: "1", finishReason: "stop"), source: .live)
        for count in 0..<2 {
            let folder =
                count == 0
                ? try runs.create(Self.plan("r1"))
                : try runs.resume("last", mode: "live", planSHA256: Self.hash)
            let journal = try Journal(folder)
            #expect(journal.count == count)
            let model = JournaledAnswering(CountingModel(), journal: journal, now: { nil })
            #expect(try await model.answer(request).reply.content == first.reply.content)
        }
    }

    @Test("a folder that leads out of the project is refused")
    func outside() throws {
        let other = try TemporaryProject()
        try #require(project.link(".evalrun", to: other.path))
        let found = mistakes { _ = try runs.create(Self.plan("r1")) }
        #expect(found.map(\.id) == ["path-outside-project"])
        #expect(!other.exists("runs") && !other.exists(".gitignore"))
    }
}
