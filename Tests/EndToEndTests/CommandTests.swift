import JSON
import Testing

@Suite("Commands")
struct CommandTests {
    @Test("init writes a project that runs and passes, and never overwrites")
    func initialization() throws {
        let project = try TemporaryProject()
        let written = try project.run("init")
        #expect(written.exitCode == 0 && written.errors == "", "\(written.all)")
        #expect(written.output.contains("wrote evalrun.yaml\n"))
        let run = try project.run()
        #expect(run.exitCode == 0 && run.errors == "", "\(run.all)")
        #expect(
            run.output.hasSuffix("PASSED: 5 of 5 executions passed, 5 gates met (exit 0)\n"), "\(run.output)")
        let check = try project.run("check", "--strict")
        #expect(check.exitCode == 0, "\(check.all)")
        #expect(check.output.hasPrefix("ok: 1 prompt, 1 suite, 5 cases, 5 executions"))

        try project.remove("evalsuites/greeting.suite.yaml")
        let before = try project.read("evalrun.yaml")
        try project.write(before + "# mine\n", to: "evalrun.yaml")
        let again = try project.run("init")
        #expect(again.exitCode == 2 && again.output == "", "\(again.all)")
        #expect(again.errors.contains("'evalrun.yaml' is there already"))
        #expect(try project.read("evalrun.yaml") == before + "# mine\n")
        #expect(!project.exists("evalsuites/greeting.suite.yaml"), "nothing is written")

        let other = try project.run("init", "other/place")
        #expect(other.exitCode == 0 && other.output.contains("cd other/place"), "\(other.all)")
    }

    @Test("init does not write through a dangling link")
    func initializationBesideLink() throws {
        let project = try TemporaryProject()
        let outside = try TemporaryProject()
        try project.link("evalrun.yaml", to: outside.path + "/stolen")
        let written = try project.run("init")
        #expect(written.exitCode == 2, "\(written.all)")
        #expect(!outside.exists("stolen"))
    }

    /// A command line, its exit code, and texts that standard output or standard error has.
    struct Line: Sendable, CustomTestStringConvertible {
        let words: [String]
        let exitCode: Int32
        var output: [String] = []
        var errors: [String] = []
        var testDescription: String { words.joined(separator: " ") }
    }

    @Test(
        "command lines without a project",
        arguments: [
            Line(
                words: ["--help"], exitCode: 0,
                output: ["run (default)", "check", "init", "prompts", "fixtures", "schema", "Exit codes"]),
            Line(words: ["run", "--help"], exitCode: 0, output: ["--fail-fast", "--report", "evalrun run"]),
            Line(words: ["check", "--help"], exitCode: 0, output: ["--strict"]),
            Line(
                words: ["fixtures", "--help"], exitCode: 0,
                output: ["list", "stale", "prune", "mv", "import"]),
            Line(words: ["fixtures", "mv", "--help"], exitCode: 0, output: ["--auto"]),
            Line(words: ["prompts", "--help"], exitCode: 0, output: ["list", "show"]),
            Line(words: ["--version"], exitCode: 0, output: ["."]),
            Line(words: ["--generate-completion-script", "bash"], exitCode: 0, output: ["--fail-fast"]),
            Line(words: ["--generate-completion-script", "zsh"], exitCode: 0, output: ["#compdef evalrun"]),
            Line(words: ["--generate-completion-script", "fish"], exitCode: 0, output: ["fixtures"]),
            Line(words: ["--nope"], exitCode: 64, errors: ["--nope", "--help"]),
            Line(words: ["run", "--mode", "live"], exitCode: 2, errors: ["no-suites"]),
            Line(words: ["record"], exitCode: 2, errors: ["no-suites"]),
            Line(words: ["run", "--mode", "fast"], exitCode: 64, errors: ["no mode 'fast'"]),
            Line(words: ["run", "--jobs", "0"], exitCode: 64, errors: ["1 to 10000"]),
            Line(words: ["run", "--jobs", "many"], exitCode: 64, errors: ["many"]),
            Line(words: ["run", "--repeat", "0"], exitCode: 64, errors: ["1 to 1000"]),
            Line(words: ["run", "--repeat", "99999999999999999999"], exitCode: 64, errors: ["9999"]),
            Line(words: ["run", "--quiet", "--verbose"], exitCode: 64, errors: ["contradict"]),
            Line(words: ["run", "--report", "pdf"], exitCode: 64, errors: ["pdf", "junit"]),
            Line(words: ["run", "--report", "junit="], exitCode: 64, errors: ["junit"]),
            Line(words: ["run", "--report", "json", "--report", "junit"], exitCode: 64, errors: ["report"]),
            Line(words: ["schema", "gate"], exitCode: 64, errors: ["gate"]),
            Line(words: ["schema"], exitCode: 64, errors: ["document"]),
            Line(words: ["fixtures", "mv"], exitCode: 64, errors: ["--auto"]),
            Line(words: ["fixtures", "mv", "a/b/c", "d"], exitCode: 64, errors: ["SUITE/CASE"]),
            Line(words: ["fixtures", "import"], exitCode: 64, errors: ["answers.jsonl"]),
        ])
    func usage(line: Line) throws {
        let run = try TemporaryProject().run(words: line.words)
        #expect(run.exitCode == line.exitCode, "\(run.all)")
        for text in line.output { #expect(run.output.contains(text), "\(run.all)") }
        for text in line.errors { #expect(run.errors.contains(text), "\(run.all)") }
        if line.exitCode == 0 { #expect(run.errors == "") } else { #expect(run.output == "") }
    }

    @Test("schema prints a JSON Schema with every key", arguments: ["prompt", "suite", "project"])
    func schema(document: String) throws {
        let run = try TemporaryProject().run("schema", document)
        #expect(run.exitCode == 0 && run.errors == "")
        let schema = try run.json()
        #expect(schema["$schema"]?.string?.hasPrefix("https://json-schema.org/") == true)
        #expect((schema["properties"]?.object?.count ?? 0) > 5)
    }

    private func project() throws -> TemporaryProject {
        try Sample.project(
            [
                Sample.passing("a1", "tags: [t1]"), Sample.passing("a2", "tags: [t2]"),
                Sample.passing("\"a*\"", "tags: [t3]"), Sample.passing("b", "tags: [t1, t2]"),
            ], head: "models: [echo]\ndescription: d",
            more: [
                "evalsuites/other.suite.yaml": "suite: other\nprompts: [p2]\nmodels: [echo]\ncases:\n  - "
                    + Sample.passing("o") + "\n",
                "prompts/p2.prompt.yaml": "name: p2\ndescription: Second\nuser: \"{{ q.text }}\"\n",
                "evalrun.yaml": "models: {small: {provider: openai, model: gpt-5-mini}}\n"
                    + "profiles: {thrice: {repeat: 3}, net: {mode: live}}\n",
            ])
    }

    @Test(
        "options narrow what runs",
        arguments: [
            ([], ["o", "a1", "a2", "a*", "b"]), (["s"], ["a1", "a2", "a*", "b"]),
            (["evalsuites/other.suite.yaml"], ["o"]), (["evalsuites"], ["o", "a1", "a2", "a*", "b"]),
            (["--case", "a1"], ["a1"]), (["--case", "a*"], ["a*"]), (["--case", "a?"], ["a1", "a2", "a*"]),
            (["--case", "a1", "--case", "b"], ["a1", "b"]), (["--tag", "t1"], ["a1", "b"]),
            (["--tag", "t1", "--tag", "t3"], ["a1", "a*", "b"]), (["--prompt", "p2"], ["o"]),
            (["--tag", "t1", "--case", "a?"], ["a1"]), (["other", "--repeat", "2"], ["o", "o"]),
            (["other", "--profile", "thrice"], ["o", "o", "o"]),
            (["other", "--profile", "thrice", "--repeat", "2"], ["o", "o"]),
            (["--jobs", "1", "--case", "b", "--model", "echo"], ["b"]),
        ] as [([String], [String])])
    func narrowing(options: [String], cases: [String]) throws {
        let run = try project().run(words: ["run", "--report", "json"] + options)
        #expect(run.exitCode == 0, "\(run.all)")
        let file = RunFile(value: try run.json())
        #expect(Set(file.executions.compactMap { $0["case"]?.string }) == Set(cases), "\(run.errors)")
        #expect(file.executions.count == cases.count)
    }

    @Test(
        "a selection of nothing is exit 2 and says what might be meant",
        arguments: [
            Line(words: ["--case", "a11"], exitCode: 2, errors: ["nothing-selected", "did you mean", "a1"]),
            Line(words: ["--tag", "t4"], exitCode: 2, errors: ["unknown-tag", "did you mean", "t1"]),
            Line(words: ["--case", "a1", "--tag", "t2"], exitCode: 2, errors: ["nothing-selected"]),
            Line(
                words: ["--model", "smal"], exitCode: 2, errors: ["unknown-model", "did you mean 'small'"]),
            Line(words: ["--prompt", "p3"], exitCode: 2, errors: ["unknown-prompt", "did you mean"]),
            Line(words: ["othr"], exitCode: 2, errors: ["unknown-suite", "other"]),
            Line(words: ["evalsuites/none.suite.yaml"], exitCode: 2, errors: ["evalsuites/none.suite.yaml"]),
            Line(words: ["/etc"], exitCode: 2, errors: ["outside"]),
            Line(words: ["../x"], exitCode: 2, errors: ["outside"]),
            Line(words: ["--profile", "thric"], exitCode: 2, errors: ["unknown-profile", "thrice"]),
            Line(words: ["--profile", "net", "--case", "a11"], exitCode: 2, errors: ["nothing-selected"]),
        ])
    func nothing(line: Line) throws {
        let project = try project()
        let run = try project.run(words: ["run", "--report", "junit=out.xml"] + line.words)
        #expect(run.exitCode == line.exitCode, "\(run.all)")
        #expect(run.output == "", "\(run.all)")
        for text in line.errors { #expect(run.errors.contains(text), "\(run.all)") }
        #expect(!project.exists("out.xml"), "nothing was run")
    }

    @Test("prompts list and prompts show")
    func prompts() throws {
        let project = try project()
        let list = try project.run("prompts", "list")
        #expect(list.exitCode == 0 && list.errors == "", "\(list.all)")
        let lines = list.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first == "p@1  prompts/p.prompt.yaml", "\(list.all)")
        #expect(lines.last?.hasSuffix("prompts/p2.prompt.yaml  Second") == true, "\(list.all)")
        let show = try project.run("prompts", "show", "p@1")
        #expect(show.exitCode == 0 && show.output.contains("variables: q\n"), "\(show.all)")
        let unknown = try project.run("prompts", "show", "p9")
        #expect(
            unknown.exitCode == 2 && unknown.output == "" && unknown.errors.contains("did you mean 'p'"),
            "\(unknown.all)")
    }

    @Test("check reports all mistakes of all files with their places")
    func check() throws {
        let project = try project()
        try project.write("name: broken\nuser: \"{{ q \"\ntemprature: 1\n", to: "prompts/x.prompt.yaml")
        try project.write(
            "suite: wrong\nprompts: [p]\nmodels: [echo]\ncaes: []\ncases:\n  - {id: a, vars: {q: {}}, "
                + "assert: [{contians: x}]}\n",
            to: "evalsuites/wrong.suite.yaml")
        for command in ["check", "run"] {
            let run = try project.run(command)
            #expect(run.exitCode == 2 && run.output == "", "\(run.all)")
            for text in [
                "prompts/x.prompt.yaml:2:", "prompts/x.prompt.yaml:3:1: error[unknown-key]", "temperature",
                "evalsuites/wrong.suite.yaml:4:1: error[unknown-key]", "evalsuites/wrong.suite.yaml:6:",
                "contains", "  hint: ",
            ] { #expect(run.errors.contains(text), "\(command): \(text) in \(run.errors)") }
            #expect(!run.errors.contains("\u{1b}"))
        }
    }

    @Test("check --strict turns warnings into errors")
    func strict() throws {
        let project = try Sample.project([
            "{id: a, vars: {q: {text: good}}, assert: [{equals: good}, {contains: \"\"}]}"
        ])
        let check = try project.run("check")
        #expect(check.exitCode == 0 && check.errors.contains("warning["), "\(check.all)")
        let strict = try project.run("check", "--strict")
        #expect(strict.exitCode == 2 && strict.errors.contains("error["), "\(strict.all)")
        #expect(try project.run().exitCode == 0, "a warning does not stop a run")
    }

    @Test("the program works from a folder inside the project")
    func subfolder() throws {
        let project = try project()
        let run = try ToolRun.run(["run", "s.suite.yaml"], in: project.path + "/evalsuites")
        #expect(run.exitCode == 0, "\(run.all)")
    }
}
