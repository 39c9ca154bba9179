import Foundation
import JSON
import StubServer
import Synchronization
import Testing

/// Running again what failed or errored, on the real program.
@Suite("What failed, again", .serialized)
struct LiveFailedTests {
    /// Four cases: one is answered, one fails, one errors, and of one with samples the second fails; all of it only
    /// while the provider is ill.
    private func project(_ isIll: @escaping @Sendable () -> Bool) throws -> (StubServer, LiveProject) {
        let server = try LiveProject.answering { request in
            let number = LiveProject.number(request) ?? 0
            guard isIll(), number > 1 else { return nil }
            return number == 2 ? .json(200, LiveProject.completion("nothing")) : .json(400, "{}")
        }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url),
            cases: (1...3).map {
                "{id: c\($0), vars: {q: {text: question \($0)}}, assert: [contains: answer]}"
            } + [
                "{id: left, skip: later, vars: {q: {text: question 9}}, assert: [contains: answer]}"
            ])
        return (server, live)
    }

    @Test(
        "--failed asks only for what failed or errored", arguments: ["last", "r.json"],
        ["live", "refresh", "record"])
    func failed(reference: String, mode: String) throws {
        let isIll = Mutex(true)
        let (server, live) = try project { isIll.withLock { $0 } }
        let (run, file) = try live.run("run", "--mode", mode)
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(
            file.statuses == ["c1#1 passed", "c2#1 failed", "c3#1 errored provider", "left#1 skipped"])
        isIll.withLock { $0 = false }
        let asked = server.requests.count
        let again = try live.run("run", "--failed", reference, "--mode", mode)
        #expect(again.run.exitCode == (mode == "record" ? 1 : 0), "\(again.run.all)")
        #expect(again.file.executions.map { $0["case"]?.string } == ["c2", "c3"])
        // A recorded answer that failed is recorded all the same.
        #expect(LiveProject.numbers(server, after: asked) == (mode == "record" ? [3] : [2, 3]))
    }

    @Test("a replay's failures can be asked live")
    func replayed() throws {
        let isIll = Mutex(true)
        let (server, live) = try project { isIll.withLock { $0 } }
        #expect(try live.run("record").run.exitCode == 1)
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == 1, "\(replay.run.all)")
        isIll.withLock { $0 = false }
        let asked = server.requests.count
        let (run, _) = try live.run("run", "--failed", "r.json", "--mode", "refresh")
        #expect(run.exitCode == 0 && LiveProject.numbers(server, after: asked) == [2, 3], "\(run.all)")
        #expect(try live.run("run", key: nil).run.exitCode == 0)
    }

    @Test("when nothing failed that is said, nothing is asked, and the exit code is that of the run")
    func nothing() throws {
        let (server, live) = try project { false }
        #expect(try live.run("run", "--mode", "live").run.exitCode == 0)
        let asked = server.requests.count
        for reference in ["last", "r.json"] {
            let run = try live.project.run(
                "run", "--failed", reference, "--mode", "live", environment: ["STUB_KEY": LiveProject.key])
            #expect(
                run.exitCode == 0 && run.errors.contains("nothing failed or errored in the run"), "\(run.all)"
            )
        }
        #expect(server.requests.count == asked)
    }

    @Test(
        "what can't be read is exit 2",
        arguments: [
            (["--failed", "none.json"], "none.json"), (["--failed", "evalrun.yaml"], "evalrun.yaml"),
            (["--failed", "last"], "error[no-results]"),
        ])
    func unreadable(words: [String], says: String) throws {
        let (_, live) = try project { false }
        let run = try ToolRun.run(
            ["run", "--mode", "live"] + words, in: live.project.path,
            environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 2 && run.errors.contains(says), "\(run.all)")
    }
}
