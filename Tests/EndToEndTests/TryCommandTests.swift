import Foundation
import JSON
import StubServer
import Testing

/// Trying a prompt on the real program.
@Suite("evalrun try")
struct TryCommandTests {
    private static let prompt = """
        name: greet
        version: 1
        system: "Be {{ mood | default('kind') }}."
        user: "Hello, I am {{ name }}, {{ age }}."
        inputs:
          name: {type: string, description: Who is greeted.}
          age: {type: integer, minimum: 0}
          mood: {type: string}

        """

    private static let models = [
        "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}",
        "big: {provider: stub, model: house-model}",
    ]

    /// A project without a suite.
    private func project(
        _ url: String = "http://127.0.0.1:1", models: [String] = models, _ files: [String: String] = [:]
    ) throws -> TemporaryProject {
        try TemporaryProject(
            [
                "evalrun.yaml": LiveProject.settings(url, models: models),
                "prompts/greet.prompt.yaml": Self.prompt,
            ].merging(files) { $1 })
    }

    private func run(_ project: TemporaryProject, _ words: String..., input: String = "") throws -> ToolRun {
        try ToolRun.run(
            ["try"] + words, in: project.path, environment: ["STUB_KEY": LiveProject.key], input: input)
    }

    @Test("two models are asked at the same time; answers with figures, one below the other in a pipe")
    func answers() throws {
        let server = try StubServer { request in
            .json(
                200, LiveProject.completion(request.text.contains("house-model") ? "Hi!" : "Hello Ada.\nBye"))
        }
        let project = try project(server.url)
        let run = try run(project, "greet", "-v", "name=Ada", "--var", "age=36", "-m", "small,big")
        #expect(run.exitCode == 0 && run.errors == "", "\(run.all)")
        let text = run.output.replacing(#/[0-9.]+m?s/#, with: "Nms")
        #expect(
            text == """
                ── small
                Hello Ada.
                Bye

                stop · Nms · 10 tokens in, 2 out · <$0.0001 · gpt-5-mini-2026-01-15

                ── big
                Hi!

                stop · Nms · 10 tokens in, 2 out · cost unknown · gpt-5-mini-2026-01-15

                """)
        #expect(server.requests.count == 2)
        #expect(server.requests.allSatisfy { $0.text.contains("Hello, I am Ada, 36.") })
        #expect(server.requests.allSatisfy { $0.text.contains("Be kind.") })
        // Nothing is kept.
        #expect(try project.names() == ["evalrun.yaml", "prompts"])
    }

    @Test("answers as data, with the messages, and in the order of the models")
    func json() throws {
        let server = try LiveProject.answering()
        let project = try project(server.url)
        let run = try run(
            project, "greet@1", "-v", "name=Ada", "-v", "age=36", "-m", "small", "-m", "echo", "--repeat",
            "2",
            "--json", "--show-prompt")
        #expect(run.exitCode == 0, "\(run.all)")
        let json = try run.json()
        #expect(json["evalrun_try"] == 1 && json["prompt"] == "greet@1" && json["version"] == "1")
        #expect(
            json["messages"]?.array?.map { $0["content"]?.string } == ["Be kind.", "Hello, I am Ada, 36."])
        let answers = try #require(json["answers"]?.array)
        #expect(answers.map { $0["model"]?.string } == ["small", "small", "echo", "echo"])
        #expect(answers.map { $0["sample"]?.integer } == [1, 2, 1, 2])
        #expect(answers.map { $0["source"]?.string } == ["live", "live", "echo", "echo"])
        #expect(answers[0]["usage"]?["input_tokens"] == 10 && answers[0]["finish_reason"] == "stop")
        #expect(answers[3]["output"] == "Hello, I am Ada, 36.")
        #expect(json["exit_code"] == 0 && json["saved"] == .null)
        #expect(server.requests.count == 2)
    }

    @Test("a prompt file anywhere in the project needs no settings and no suite")
    func file() throws {
        let project = try TemporaryProject([
            "drafts/d.yaml": "name: d\nsystem: Be brief.\noutput_schema: {type: object}\n",
            "drafts/sub/mail.txt": "{{ not a template }}\n",
        ])
        for words in [["--input", "{}"], ["--input", "-"], ["-v", "input={}"]] {
            let run = try ToolRun.run(
                ["try", "drafts/d.yaml", "-m", "echo"] + words, in: project.path, input: "{}\n")
            #expect(run.exitCode == 0, "\(run.all)")
            #expect(run.output == "── echo\n{}\n\nstop · built in, no cost\n✓ output_schema\n", "\(run.all)")
        }
        // Paths are those of the folder where the command is typed.
        let below = try ToolRun.run(
            ["try", "d.yaml", "-m", "echo", "-v", "input=@sub/mail.txt", "--show-prompt"],
            in: project.path + "/drafts")
        // An answer that misses the schema is shown as such, and judged by nobody.
        #expect(below.exitCode == 0 && below.errors == "", "\(below.all)")
        #expect(below.output.hasPrefix("--- system\nBe brief.\n--- user\n{{ not a template }}\n\n── echo\n"))
        #expect(below.output.contains("✗ output_schema: "), "\(below.all)")
    }

    /// A command line after `try`, how it ends, and what it says.
    struct Line: Sendable, CustomTestStringConvertible {
        var words: [String]
        var exitCode: Int32 = 2
        var errors: [String]
        var testDescription: String { words.joined(separator: " ") }
    }

    @Test(
        "what is wrong is told, all at once, before anything is asked",
        arguments: [
            Line(
                words: ["greet", "-m", "small"],
                errors: [
                    "needs values for 'name', 'age'",
                    "evalrun try greet -v name=TEXT -v age=JSON -m small",
                ]),
            Line(
                words: ["greet", "-v", "nane=Ada", "-v", "age=x", "-m", "smal"],
                errors: [
                    "no variable 'nane'", "did you mean 'name'?",
                    "'age' must be of type integer, and 'x' is not",
                    "needs a value for 'name'", "there is no model 'smal'", "did you mean 'small'?",
                ]),
            Line(
                words: ["greet", "-v", "name=A", "-v", "age=-1", "-m", "echo"], errors: ["'age' must be from"]
            ),
            Line(
                words: ["greet", "-v", "name=A", "-v", "name=B", "-v", "age=1", "-m", "echo"],
                errors: ["given twice"]),
            Line(
                words: ["greet", "-v", "name=A", "-v", "age=1"],
                errors: ["nothing names a model", "-m openai/gpt-5-mini", "-m echo"]),
            Line(
                words: ["greet", "-v", "name=A", "-v", "age=1", "--input", "x", "-m", "echo"],
                errors: ["user message of its own"]),
            Line(
                words: ["gret", "-m", "echo"], errors: ["there is no prompt 'gret'", "did you mean 'greet'?"]),
            Line(words: ["greet@2", "-m", "echo"], errors: ["has no version 2"]),
            Line(words: ["greet@git:nowhere", "-m", "echo"], errors: ["git does not know the revision"]),
            Line(words: ["none.yaml", "-m", "echo"], errors: ["none.yaml"]),
            Line(words: ["../none.yaml", "-m", "echo"], errors: ["outside the project"]),
            Line(
                words: ["greet", "-v", "name=@none.txt", "-v", "age=1", "-m", "echo"], errors: ["none.txt"]),
            Line(
                words: ["greet", "--vars", "evalrun.yaml", "-m", "echo"],
                errors: ["evalrun.yaml:", "no variable 'models'"]),
            Line(
                words: [
                    "greet", "-v", "name=sk-ant-api03-abcdefgh-ABCDEFGH_1234", "-v", "age=1", "-m", "small",
                ], errors: ["the value of 'name' holds a key of Anthropic", "--allow-sensitive"]),
            Line(
                words: ["greet", "-v", "name=A", "-v", "age=1", "-m", "big", "--max-usd", "1"],
                errors: ["price of 'house-model' is unknown"]),
            Line(words: ["greet", "-v", "name"], exitCode: 64, errors: ["name=value"]),
            Line(words: ["greet", "-v", "=x"], exitCode: 64, errors: ["name=value"]),
            Line(words: ["greet", "-m", "small,"], exitCode: 64, errors: ["-m names a model"]),
            Line(words: ["greet", "--repeat", "0"], exitCode: 64, errors: ["from 1 to 100"]),
            Line(words: ["greet", "--max-usd", "much"], exitCode: 64, errors: ["amount in dollars"]),
            Line(words: ["greet", "--expect", "x"], exitCode: 64, errors: ["--save-case"]),
            Line(words: ["greet", "--suite", "x"], exitCode: 64, errors: ["--save-case"]),
            Line(
                words: ["greet", "--save-case", "a", "-m", "small"], exitCode: 64, errors: ["--expect TEXT"]),
            Line(words: [], exitCode: 64, errors: ["prompt"]),
        ])
    func mistakes(line: Line) throws {
        let server = try LiveProject.answering()
        let project = try project(server.url)
        let run = try ToolRun.run(
            ["try"] + line.words, in: project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == line.exitCode && run.output == "", "\(run.all)")
        for text in line.errors { #expect(run.errors.contains(text), "\(run.all)") }
        #expect(!run.errors.contains("ABCDEFGH_1234"))
        #expect(server.requests.isEmpty)
    }

    @Test("an error of one model stands beside the other's answer: exit 3; a missing key is exit 4")
    func errors() throws {
        let server = try StubServer { request in
            request.text.contains("house-model")
                ? .json(
                    400, LiveProject.error("bad \u{1b}[2J thing", type: "invalid_request_error", code: nil))
                : .json(200, LiveProject.completion("fine"))
        }
        let project = try project(server.url)
        let values = ["-v", "name=Ada", "-v", "age=1"]
        let words = ["try", "greet", "-m", "big,small"] + values
        let failed = try ToolRun.run(words, in: project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(failed.exitCode == 3, "\(failed.all)")
        #expect(failed.output.hasPrefix("── big\nerror provider: "), "\(failed.all)")
        #expect(
            failed.output.contains("── small\nfine\n") && !failed.output.contains("\u{1b}"), "\(failed.all)")
        let keyless = try ToolRun.run(words, in: project.path)
        #expect(keyless.exitCode == 4, "\(keyless.all)")
        #expect(keyless.output.contains("STUB_KEY is not set"), "\(keyless.all)")
        let refused = try ToolRun.run(
            ["try", "greet", "-m", "small", "--max-usd", "0"] + values, in: project.path,
            environment: ["STUB_KEY": LiveProject.key])
        #expect(refused.exitCode == 6 && refused.output.contains("error budget: "), "\(refused.all)")
        for run in [failed, keyless, refused] { #expect(!run.all.contains(LiveProject.key)) }
    }

    @Test("secrets of answers are redacted, on the screen and as data")
    func redacted() throws {
        let key = "sk-proj-" + String(repeating: "Ab3dEf6h", count: 6)
        let server = try StubServer(script: [
            .json(200, LiveProject.completion("Take \(key) or \(LiveProject.key)"))
        ])
        let project = try project(server.url)
        for more in [[], ["--json"], ["--show-prompt"]] {
            let run = try ToolRun.run(
                ["try", "greet", "-v", "name=\(key)", "-v", "age=1", "-m", "small", "--allow-sensitive"]
                    + more,
                in: project.path, environment: ["STUB_KEY": LiveProject.key])
            #expect(run.exitCode == 0, "\(run.all)")
            #expect(!run.all.contains(key) && !run.all.contains(LiveProject.key), "\(run.all)")
            #expect(run.output.contains("[redacted:"), "\(run.all)")
        }
    }

    @Test("Ctrl-C shows the answers so far: exit 130, and no case is kept")
    func interrupted() throws {
        let arrived = DispatchSemaphore(value: 0)
        let server = try StubServer { _ in
            arrived.signal()
            return .noResponse
        }
        let project = try project(server.url)
        let run = try ToolRun.run(
            [
                "try", "greet", "-v", "name=Ada", "-v", "age=1", "-m", "echo,big", "--save-case", "a",
                "--expect", "Ada", "--json",
            ], in: project.path, environment: ["STUB_KEY": LiveProject.key]
        ) { process in
            arrived.wait()
            kill(process.processIdentifier, SIGINT)
        }
        #expect(run.exitCode == 130, "\(run.all)")
        let answers = try #require(try run.json()["answers"]?.array)
        #expect(answers.first?["output"] == "Hello, I am Ada, 1." && answers.first?["error"] == .null)
        #expect(answers.last?["error"]?["kind"] == "interrupted", "\(run.all)")
        #expect(run.errors.contains("was not saved") && !project.exists("evalsuites"), "\(run.all)")
    }

    @Test("a program as a model runs with --allow-exec alone")
    func programs() throws {
        let project = try TemporaryProject([
            "evalrun.yaml": """
            models: {own: {provider: app, model: app}}
            providers: {app: {type: exec, command: [cat]}}

            """,
            "prompts/greet.prompt.yaml": Self.prompt,
        ])
        let words = ["try", "greet", "-v", "name=Ada", "-v", "age=1", "-m", "own"]
        let refused = try ToolRun.run(words, in: project.path)
        #expect(refused.exitCode == 3 && refused.output.contains("--allow-exec"), "\(refused.all)")
        let allowed = try ToolRun.run(words + ["--allow-exec"], in: project.path)
        #expect(allowed.exitCode == 0 && allowed.output.contains("Hello, I am Ada, 1."), "\(allowed.all)")
    }

    @Test("with --trust-base the settings are the commit's, and a model that it lacks is not asked")
    func trusted() throws {
        let good = try LiveProject.answering()
        let evil = try LiveProject.answering()
        let project = try project(good.url)
        for command in [
            "git init -q -b main", "git add -A",
            "git -c user.name=a -c user.email=a@example.com commit -qm a",
        ] {
            #expect(try project.shell(command).exitCode == 0)
        }
        try project.write(LiveProject.settings(evil.url, models: Self.models), to: "evalrun.yaml")
        let words = ["try", "greet", "-v", "name=Ada", "-v", "age=1", "--trust-base", "HEAD"]
        let run = try ToolRun.run(
            words + ["-m", "small"], in: project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(
            run.errors.contains("providers.stub.base_url") && run.errors.contains("(ignored)"), "\(run.all)")
        #expect(good.requests.count == 1 && evil.requests.isEmpty)
        try project.write(Self.prompt + "model: evil/x\n", to: "prompts/greet.prompt.yaml")
        let refused = try ToolRun.run(words, in: project.path, environment: ["STUB_KEY": LiveProject.key])
        #expect(refused.exitCode == 2, "\(refused.all)")
        let unknown = try ToolRun.run(
            ["try", "greet", "-m", "echo", "--trust-base", "nowhere"], in: project.path)
        #expect(unknown.exitCode == 2, "\(unknown.all)")
    }
}
