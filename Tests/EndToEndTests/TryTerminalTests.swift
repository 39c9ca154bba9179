import JSON
import StubServer
import Testing

#if canImport(Glibc)
    /// Trying a prompt where somebody looks on.
    @Suite("evalrun try on a terminal")
    struct TryTerminalTests {
        private func project(_ url: String) throws -> TemporaryProject {
            try TemporaryProject([
                "evalrun.yaml": LiveProject.settings(
                    url,
                    models: [
                        "small: {provider: stub, model: gpt-5-mini}",
                        "big: {provider: stub, model: house-model}",
                    ]),
                "prompts/p.prompt.yaml": """
                name: p
                system: "{{ who }} is {{ age }}"
                inputs:
                  who: {type: string, description: Who is meant.}
                  age: {type: integer}

                """,
            ])
        }

        private func run(
            _ project: TemporaryProject, _ words: [String], columns: Int = 80,
            answers: [(question: String, answer: String)] = [], environment: [String: String] = [:]
        ) throws -> (exitCode: Int32, screen: String) {
            let terminal = try Terminal()
            try terminal.resize(columns: columns)
            var screen = ""
            let run = try ToolRun.run(
                ["try"] + words, in: project.path,
                environment: ["STUB_KEY": LiveProject.key].merging(environment) { $1 },
                terminal: terminal.device
            ) { _ in
                screen = terminal.converse(answers)
            }
            return (run.exitCode, screen.replacing("\r\n", with: "\n"))
        }

        @Test("values that are missing are asked for, until they are right")
        func asked() throws {
            let server = try LiveProject.answering()
            let project = try project(server.url)
            let (code, screen) = try run(
                project, ["p", "-m", "echo,small"],
                answers: [
                    ("who – Who is meant (text): ", "Ada\n"), ("age (integer): ", "old\n"),
                    ("age (integer): ", "36\n"), ("input – the user message (text): ", "question 7\n"),
                ])
            #expect(code == 0, "\(screen)")
            #expect(screen.contains("  'age' must be of type integer, and 'old' is not\n"), "\(screen)")
            #expect(screen.contains("answer 7"), "\(screen)")
            #expect(server.requests.first?.text.contains("Ada is 36") == true)
        }

        @Test("nobody is asked in CI, and the end of input is no answer")
        func notAsked() throws {
            let project = try project("http://127.0.0.1:1")
            let inCI = try run(project, ["p", "-m", "echo"], environment: ["CI": "1"])
            #expect(inCI.exitCode == 2 && inCI.screen.contains("needs values for 'who', 'age', 'input'"))
            let ended = try run(
                project, ["p", "-m", "echo", "-v", "who=Ada"], answers: [("age (integer): ", "\u{4}")])
            #expect(ended.exitCode == 2, "\(ended.screen)")
            #expect(
                ended.screen.contains("evalrun try p -v who=Ada -v age=JSON --input TEXT -m echo"),
                "\(ended.screen)")
        }

        @Test("answers stand side by side where there is room", arguments: [(120, true), (80, false)])
        func columns(columns: Int, isBeside: Bool) throws {
            let server = try StubServer { request in
                .json(
                    200,
                    LiveProject.completion(
                        request.text.contains("house-model") ? "from the big one" : "from the small one"))
            }
            let project = try project(server.url)
            let values = ["-v", "who=Ada", "-v", "age=36", "--input", "hi"]
            let (code, screen) = try run(project, ["p", "-m", "small,big"] + values, columns: columns)
            #expect(code == 0, "\(screen)")
            let lines = screen.split(separator: "\n")
            let both = lines.filter { $0.contains("from the small one") && $0.contains("from the big one") }
            #expect(both.count == (isBeside ? 1 : 0), "\(screen)")
            #expect(screen.contains("\u{1b}[1msmall"), "\(screen)")
            #expect(screen.contains("asking small, big …"), "\(screen)")
            let plain = try run(project, ["p", "-m", "small,big", "--no-color"] + values, columns: columns)
            // The line that tells who is asked is taken away again.
            #expect(plain.screen.replacing("\u{1b}[K", with: "").contains("\u{1b}") == false)
            #expect(
                plain.screen.split(separator: "\n").allSatisfy {
                    $0.count <= columns || $0.contains("asking")
                },
                "\(plain.screen)")
        }
    }
#endif
