import Foundation
import JSON
import Testing
import XML

#if canImport(Glibc)
    import Glibc

    @Suite("Interruption")
    struct InterruptionTests {
        /// A project with more executions than a run can do before its progress line appears.
        private func large() throws -> TemporaryProject {
            let rows = (0..<12_000).map { "\($0),good\n" }.joined()
            let project = try Sample.project([], more: ["evalsuites/d.csv": "id,t\n" + rows])
            try project.write(
                Sample.suite([
                    "{dataset: d.csv, id: \"{{ row.id }}\", vars: {q: {text: \"{{ row.t }}\"}}, assert: [equals: good]}"
                ]), to: "evalsuites/s.suite.yaml")
            return project
        }

        @Test(
            "after SIGINT finished results are kept, reports are written, and it is exit 130",
            arguments: [SIGINT, SIGTERM])
        func interrupt(number: Int32) throws {
            let project = try large()
            let terminal = try Terminal()
            let run = try project.run(
                "run", "--jobs", "2", "--report", "json=r.json", "--report", "junit=j.xml",
                errors: terminal.device
            ) { process in
                terminal.waitForText("passed")
                if process.isRunning { kill(process.processIdentifier, number) }
                terminal.drain()
            }
            #expect(run.exitCode == 130, "\(run.all.prefix(3000))")
            let file = RunFile(value: try JSONParser().parse(try project.read("r.json")))
            let summary = file.summary
            #expect(summary["executions"] == 12_000)
            let passed = summary["passed"]?.integer ?? 0
            let errored = summary["errored"]?.integer ?? 0
            #expect(passed > 0 && errored > 0 && passed + errored == 12_000)
            #expect(file.executions.last?["error"]?["kind"] == "interrupted")
            #expect(summary["exit_code"] == 130)
            #expect(XMLChecker.check(try project.read("j.xml")) == [])
            #expect(run.output.contains("exit 130"), "\(run.output.suffix(500))")
        }

        @Test("a killed run leaves the old report whole")
        func killed() throws {
            let project = try large()
            try project.write("old", to: "r.json")
            let terminal = try Terminal()
            let run = try project.run("run", "--report", "json=r.json", errors: terminal.device) { process in
                terminal.waitForText("passed")
                if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            }
            #expect(run.exitCode == 128 + SIGKILL)
            #expect(try project.read("r.json") == "old")
        }
    }
#endif
