import Foundation
import JSON
import StubServer
import Synchronization
import Testing
import XML

/// Runs that end before their time: stopped, killed, or without room on the disk.
@Suite("Live runs cut short", .serialized)
struct LiveStopTests {
    /// Answers all but one question, and says when that one has come.
    private func server(silentFor question: String, _ arrived: DispatchSemaphore) throws -> StubServer {
        try StubServer { request in
            guard request.text.contains(question) else {
                return .json(200, LiveProject.completion("fine"))
            }
            arrived.signal()
            return .noResponse
        }
    }

    @Test(
        "Ctrl-C ends a call that hangs: exit 130, what finished is kept and reported",
        arguments: ["live", "record", "refresh"], [SIGINT, SIGTERM])
    func interrupted(mode: String, number: Int32) throws {
        let arrived = DispatchSemaphore(value: 0)
        let server = try server(silentFor: "question 3", arrived)
        let live = try LiveProject(url: server.url, cases: 5, provider: "timeout_s: 600")
        let run = try live.project.run(
            "run", "--mode", mode, "--jobs", "1", "--report", "json=r.json", "--report", "junit=j.xml",
            environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            kill(process.processIdentifier, number)
        }
        #expect(run.exitCode == 130, "\(run.all.prefix(3000))")
        let file = try live.results(run)
        #expect(
            file.statuses == [
                "c1#1 passed", "c2#1 passed", "c3#1 errored interrupted", "c4#1 errored interrupted",
                "c5#1 errored interrupted",
            ])
        #expect(XMLChecker.check(try live.project.read("j.xml")) == [])
        #expect(run.errors.contains("--resume") || run.output.contains("--resume"), "\(run.all)")
        if mode != "live" {
            #expect(try live.project.names(in: "fixtures/s") == ["c1", "c2"])
        }
    }

    @Test("a record that was killed goes on where it was", arguments: [SIGINT, SIGKILL])
    func resumed(number: Int32) throws {
        let arrived = DispatchSemaphore(value: 0)
        let isAwake = Mutex(false)
        let server = try StubServer { request in
            guard request.text.contains("question 3"), !isAwake.withLock({ $0 }) else {
                return .json(200, LiveProject.completion("fine"))
            }
            arrived.signal()
            return .noResponse
        }
        let live = try LiveProject(url: server.url, cases: 5, provider: "timeout_s: 600")
        let run = try live.project.run(
            "record", "--jobs", "1", environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            kill(process.processIdentifier, number)
        }
        #expect(run.exitCode == (number == SIGKILL ? 128 + SIGKILL : 130), "\(run.all.prefix(3000))")
        isAwake.withLock { $0 = true }
        let (again, file) = try live.run("record", "--jobs", "1")
        #expect(again.exitCode == 0, "\(again.all.prefix(3000))")
        #expect(file.summary["passed"] == 5)
        let asked = (1...5).map { number in
            server.requests.filter { $0.text.contains("question \(number)") }.count
        }
        #expect(asked == [1, 1, 2, 1, 1], "nothing that was answered is asked again")
        #expect(try live.project.names(in: "fixtures/s") == ["c1", "c2", "c3", "c4", "c5"])
    }

    @Test("recordings that can't be written are exit 3, and reports are there all the same")
    func noFolder() throws {
        let server = try StubServer(script: [.json(200, LiveProject.completion("fine"))])
        let live = try LiveProject(url: server.url)
        try live.project.write("no folder", to: "fixtures/s")
        let (run, file) = try live.run("record")
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect((run.output + run.errors).contains("fixtures/s"), "\(run.all.prefix(3000))")
        #expect(file.executions.count == 1)
        #expect(XMLChecker.check(try live.project.read("j.xml")) == [])
        #expect(try live.project.read("fixtures/s") == "no folder")
    }

    @Test("a disk that is full while recording is told; no half recording stays")
    func fullDisk() throws {
        let long = String(repeating: "A sentence of the answer. ", count: 40_000)
        let server = try StubServer(script: [.json(200, LiveProject.completion(long))])
        let live = try LiveProject(url: server.url)
        let recording = try live.importRecording()
        let old = try live.project.read(recording)
        // No file may grow above 128 blocks; the signal is ignored, so that writing fails as on a full disk.
        let run = try live.project.shell(
            "trap '' XFSZ; ulimit -f 128; STUB_KEY=\(LiveProject.key) \"$EVALRUN\" run --mode refresh --report junit=j.xml"
        )
        #expect(run.exitCode == 3, "\(run.all.prefix(3000))")
        #expect((run.output + run.errors).contains("exit 3"), "\(run.all.prefix(3000))")
        #expect(try live.project.read(recording) == old)
        #expect(try LiveFaultTests.files(of: live.project, in: "fixtures") == ["s/c1/p.small.yaml"])
    }
}
