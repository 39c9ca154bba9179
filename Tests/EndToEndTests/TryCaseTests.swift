import JSON
import StubServer
import Testing

/// Cases that `try` adds to suites, on the real program.
@Suite("evalrun try --save-case")
struct TryCaseTests {
    private func starter() throws -> TemporaryProject {
        let project = try TemporaryProject()
        let run = try project.run("init")
        #expect(
            run.exitCode == 0 && run.output.contains("evalrun try greeting -v name=Ada -m echo"), "\(run.all)"
        )
        return project
    }

    @Test("the starter project's prompt can be tried at once, and the case runs")
    func starterProject() throws {
        let project = try starter()
        let tried = try project.run("try", "greeting", "-v", "name=Ada", "-m", "echo")
        #expect(tried.exitCode == 0 && tried.output.contains("Hello, I am Ada."), "\(tried.all)")
        let before = try project.read("evalsuites/greeting.suite.yaml")
        let saved = try project.run(
            "try", "greeting", "-v", "name=Ben", "-m", "echo", "--save-case", "ben's", "--expect", "Ben")
        #expect(saved.exitCode == 0, "\(saved.all)")
        #expect(saved.output.hasSuffix("✓ contains 'Ben'\n"), "\(saved.all)")
        #expect(
            saved.errors
                == "added to evalsuites/greeting.suite.yaml: case 'ben's'. Next: evalrun run evalsuites/greeting.suite.yaml\n"
        )
        let after = try project.read("evalsuites/greeting.suite.yaml")
        let added = "  - id: ben's\n    vars: {name: Ben}\n    assert:\n      - contains: Ben\n\n"
        #expect(after.contains(added) && after.replacing(added, with: "") == before, "\(after)")
        let run = try project.run()
        #expect(run.exitCode == 0 && run.output.contains("6 of 6 executions passed"), "\(run.all)")
        let twin = try project.run(
            "try", "greeting", "-v", "name=Ben", "-m", "echo", "--save-case", "ben's", "--expect", "Ben")
        #expect(
            twin.exitCode == 2 && twin.output == "" && twin.errors.contains("duplicate-id"), "\(twin.all)")
        #expect(try project.read("evalsuites/greeting.suite.yaml") == after)
    }

    @Test("a new suite is made for a prompt that has none, and its answers can be recorded")
    func newSuite() throws {
        let server = try StubServer(script: [.json(200, LiveProject.completion("\"billing\""))])
        let project = try TemporaryProject([
            "evalrun.yaml": LiveProject.settings(server.url),
            "prompts/triage.prompt.yaml":
                "name: triage\nuser: \"{{ message }}\"\noutput_schema: {enum: [billing, other]}\n",
            "mail.txt": "You charged me twice:\n  - {{ once }}\n",
        ])
        let run = try ToolRun.run(
            [
                "try", "triage", "-v", "message=@mail.txt", "-m", "small", "--save-case", "twice", "--json",
            ], in: project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(try run.json()["saved"] == "evalsuites/triage.suite.yaml")
        #expect(
            run.errors.hasSuffix("case 'twice'. Next: evalrun record evalsuites/triage.suite.yaml\n"),
            "\(run.all)")
        #expect(
            try project.read("evalsuites/triage.suite.yaml") == """
                suite: triage
                prompts: [triage]
                models: [small]
                cases:
                  - id: twice
                    vars: {message: {file: "../mail.txt"}}
                    assert:
                      - schema: prompt

                """)
        let recorded = try project.run("record", environment: ["STUB_KEY": LiveProject.key])
        #expect(recorded.exitCode == 0, "\(recorded.all)")
        // What was tried is what is recorded.
        let bodies = server.requests.map(\.text)
        #expect(bodies.count == 2 && bodies[0] == bodies[1])
        #expect(try project.run().exitCode == 0)
    }

    @Test("where no model answered, or the suite would break, nothing is written")
    func nothingWritten() throws {
        let project = try TemporaryProject([
            "evalrun.yaml": LiveProject.settings("http://127.0.0.1:1"),
            "prompts/p.prompt.yaml": "name: p\nuser: \"{{ q }}\"\n",
            "evalsuites/s.suite.yaml": Sample.suite([Sample.passing("a")]) + "unknown: 1\n",
        ])
        let before = try project.read("evalsuites/s.suite.yaml")
        let words = ["try", "p", "-v", "q=x", "--save-case", "b", "--expect", "x"]
        let broken = try project.run(words: words + ["-m", "echo"])
        #expect(broken.exitCode == 2 && broken.output == "", "\(broken.all)")
        #expect(
            broken.errors.contains("unknown-key") && broken.errors.contains("so it was not saved"),
            "\(broken.all)")
        #expect(try project.read("evalsuites/s.suite.yaml") == before)
        try project.remove("evalsuites/s.suite.yaml")
        let keyless = try project.run(words: words + ["-m", "small"])
        #expect(keyless.exitCode == 4 && keyless.errors.contains("was not saved"), "\(keyless.all)")
        #expect(!project.exists("evalsuites/p.suite.yaml"))
    }
}
