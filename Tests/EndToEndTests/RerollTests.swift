import JSON
import StubServer
import Testing

/// Recordings made anew for unchanged requests, on the real program.
@Suite("Re-rolled recordings", .serialized)
struct RerollTests {
    private static let path = "fixtures/s/c1/p.small.yaml"

    @Test("a re-rolled answer is told by the run that made it and by every replay, until it is accepted")
    func untilAccepted() throws {
        let server = try LiveProject.answering()
        defer { server.stop() }
        let live = try LiveProject(
            settings: LiveProject.settings(server.url), cases: LiveProject.cases(1...2),
            gates: ["{metric: rerolled, max: 0}"])
        let file = try live.importRecording()
        #expect(file == Self.path)
        let (recorded, first) = try live.run("record")
        #expect(recorded.exitCode == 0, "\(recorded.all)")
        #expect(first.summary["rerolled"] == 0)
        #expect(!recorded.all.contains("re-rolled"), "\(recorded.all)")

        // c1 was "old answer"; c2 says the same again.
        let (refreshed, second) = try live.run("record", "--refresh")
        #expect(refreshed.exitCode == 1, "\(refreshed.all)")
        #expect(second.summary["rerolled"] == 1)
        #expect(second.executions.map { $0["rerolled"] } == [true, nil])
        #expect(second.gates.first == "rerolled failed 1.0 2")
        #expect(refreshed.errors.contains("1 recording was re-rolled"), "\(refreshed.errors)")

        let (replayed, third) = try live.run("run", key: nil)
        #expect(replayed.exitCode == 1 && third.summary["rerolled"] == 1, "\(replayed.all)")
        let report = replayed.output.contains("re-rolled") ? replayed.output : replayed.errors
        #expect(report.hasPrefix("re-rolled recordings\n"), "\(replayed.all)")
        #expect(report.contains("↻ s › c1 [p"), "\(report)")
        let list = try live.project.run("fixtures", "list")
        #expect(list.output.split(separator: "\n").map { $0.hasSuffix("re-rolled 1×") } == [true, false])

        let accepted = try live.project.run("fixtures", "accept", "fixtures/s")
        #expect(accepted.exitCode == 0, "\(accepted.all)")
        #expect(accepted.output == "\(Self.path)  c1  #1  answer  re-rolled 1×\n")
        let (last, fourth) = try live.run("run", key: nil)
        #expect(last.exitCode == 0 && fourth.summary["rerolled"] == 0, "\(last.all)")
        #expect(fourth.executions.first?["output"] == "answer 1")
    }

    @Test("a path without recordings is refused")
    func unknownPath() throws {
        let project = try Sample.project([Sample.passing("a")])
        let run = try project.run("fixtures", "accept", "fixtures/none")
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(run.errors.contains("there are no recordings at 'fixtures/none'"), "\(run.errors)")
        #expect(try project.run("fixtures", "accept").exitCode != 0)
    }
}
