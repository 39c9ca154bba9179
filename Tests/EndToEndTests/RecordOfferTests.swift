import Foundation
import JSON
import StubServer
import Testing

#if canImport(Glibc)
    /// What happens after a replay that lacks recordings, where somebody looks on.
    @Suite("Offer to record")
    struct RecordOfferTests {
        private static let question = "Record now? [y/N] "

        /// A project whose model has a price.
        private func project(url: String, cases: Int = 1) throws -> LiveProject {
            let live = try LiveProject(url: url, cases: cases)
            let settings = try live.project.read("evalrun.yaml")
            try live.project.write(
                settings.replacingOccurrences(
                    of: "model: gpt-5-mini", with: "model: gpt-5-mini, price_as: gpt-5-mini"),
                to: "evalrun.yaml")
            return live
        }

        private func run(
            _ live: LiveProject, _ words: [String], answer: String?, environment: [String: String] = [:]
        ) throws -> (exitCode: Int32, screen: String) {
            let terminal = try Terminal()
            var screen = ""
            let run = try ToolRun.run(
                words, in: live.project.path,
                environment: ["STUB_KEY": LiveProject.key].merging(environment) { $1 },
                terminal: terminal.device
            ) { _ in
                screen = terminal.converse(answer.map { [(Self.question, $0)] } ?? [])
            }
            return (run.exitCode, screen)
        }

        @Test("yes records in the same run, and ends as that does", arguments: ["y\n", "YES\n"])
        func accepted(answer: String) throws {
            let server = try StubServer(script: [.json(200, LiveProject.completion("fine"))])
            let live = try project(url: server.url, cases: 3)
            let (code, screen) = try run(
                live, ["run", "--report", "json=r.json"], answer: answer)
            #expect(code == 0, "\(screen)")
            #expect(screen.contains("3 answers not recorded, about $0.0"), "\(screen)")
            #expect(screen.contains("NO RECORDING") && screen.contains("PASSED"), "\(screen)")
            #expect(screen.contains("recorded 3 answers in 3 files"), "\(screen)")
            #expect(server.requests.count == 3)
            #expect(try live.project.names(in: "fixtures/s") == ["c1", "c2", "c3"])
            #expect(try live.project.read("r.json").contains(#""mode": "record""#))
            // Now nothing is missing, and nothing is asked.
            let again = try run(live, ["run"], answer: nil)
            #expect(again.exitCode == 0 && !again.screen.contains(Self.question), "\(again.screen)")
        }

        @Test("the selection stays the same; stale recordings count too")
        func selection() throws {
            let server = try StubServer(script: [.json(200, LiveProject.completion("fine"))])
            let live = try project(url: server.url, cases: 3)
            _ = try live.importRecording()
            try live.project.write(
                "name: p\nversion: 2\nuser: \"Please: {{ q.text }}\"\n", to: "prompts/p.prompt.yaml")
            let (code, screen) = try run(live, ["run", "--case", "c1"], answer: "y\n")
            #expect(code == 0, "\(screen)")
            #expect(screen.contains("1 answer not recorded, about $"), "\(screen)")
            #expect(server.requests.map { $0.text.contains("Please: question 1") } == [true])
            #expect(try live.project.names(in: "fixtures/s") == ["c1"])
        }

        @Test(
            "anything else is no: exit 4, and nothing is asked", arguments: ["n\n", "\n", "yep\n", "\u{4}"])
        func declined(answer: String) throws {
            let server = try StubServer(script: [.json(200, LiveProject.completion("fine"))])
            let live = try LiveProject(url: server.url)
            let (code, screen) = try run(live, ["run"], answer: answer)
            #expect(code == 4, "\(screen)")
            #expect(server.requests.isEmpty && !live.project.exists("fixtures"))
        }

        @Test("a price that is not known is said to be unknown; without a key it is exit 4")
        func unknownPrice() throws {
            let live = try LiveProject(url: "http://127.0.0.1:1")
            let (code, screen) = try run(live, ["run"], answer: "y\n", environment: ["STUB_KEY": ""])
            #expect(code == 4, "\(screen)")
            #expect(screen.contains("1 answer not recorded, cost unknown."), "\(screen)")
            #expect(screen.contains("STUB_KEY"), "\(screen)")
        }

        @Test(
            "nobody is asked in CI, when little is printed, or when a report has standard output",
            arguments: [
                (["run"], ["CI": "true"]), (["run"], ["GITHUB_ACTIONS": "1"]), (["run", "--quiet"], [:]),
                (["run", "--no-progress"], [:]), (["run", "--report", "json"], [:]),
                (["run", "--report", "junit"], [:]),
            ])
        func silent(words: [String], environment: [String: String]) throws {
            let live = try LiveProject(url: "http://127.0.0.1:1")
            let (code, screen) = try run(live, words, answer: nil, environment: environment)
            #expect(code == 4, "\(screen)")
            #expect(!screen.contains("Record now"), "\(screen)")
        }

        @Test("nobody is asked when a run passes, fails, or errs for other reasons")
        func nothingMissing() throws {
            let project = try Sample.project([Sample.passing("a"), Sample.failing("b"), Sample.erring("c")])
            let terminal = try Terminal()
            var screen = ""
            let run = try ToolRun.run(["run"], in: project.path, terminal: terminal.device) { _ in
                screen = terminal.converse([])
            }
            #expect(run.exitCode == 1 && !screen.contains("Record now"), "\(screen)")
        }

        @Test("a pipe is never asked, though errors are a terminal")
        func pipe() throws {
            let live = try LiveProject(url: "http://127.0.0.1:1")
            let terminal = try Terminal()
            let run = try live.project.run("run", input: "y\n", errors: terminal.device) { _ in
                terminal.drain()
            }
            #expect(run.exitCode == 4 && !run.output.contains("Record now"), "\(run.all)")
        }
    }
#endif
