import Diagnostics
import Evals
import Files
import JSON
import Suites
import Testing

@Suite("Judge prompts")
struct JudgePromptTests {
    private static let shipped = """
        name: judge-verdict
        version: 1
        system: You judge.
        user: "{{ rubric }} {{ answer }} {{ tag }}"
        """

    private static func shippedFile(_ name: String) -> [UInt8]? {
        name == "judge-verdict" ? Array(shipped.utf8) : nil
    }

    private func prompt(_ project: TemporaryProject) throws -> JudgePrompt {
        let (workspace, diagnostics) = project.load()
        #expect(diagnostics.filter { $0.severity == .error } == [], "\(project.rendered(diagnostics))")
        let prompts = try workspace.judgePrompts(named: ["judge-verdict"], shipped: Self.shippedFile)
        return try #require(prompts["judge-verdict"])
    }

    private func project(_ files: [String: String] = [:]) throws -> TemporaryProject {
        try JudgeProject.project(
            judge: "{model: big}", cases: [JudgeProject.testCase("a", "verdict: x")], files: files)
    }

    private static let variables: JSONObject = [
        "rubric": "Is polite: {{ tag }}", "answer": "{% if %} {{ rubric }}", "tag": "t-1",
    ]

    @Test(
        "the one that is shipped is used where the project has none, and what is judged is never a template")
    func shipped() throws {
        let prompt = try prompt(try project())
        #expect(prompt.version == "1" && prompt.parameters.isEmpty && prompt.sha256.count == 64)
        let messages = try prompt.render(Self.variables)
        #expect(messages.map(\.role) == [.system, .user])
        #expect(messages.map(\.text) == ["You judge.", "Is polite: {{ tag }} {% if %} {{ rubric }} t-1"])
        #expect(throws: EvaluationError.self) { try prompt.render(["rubric": "x"]) }
    }

    @Test("one of the project with the same name takes its place, the highest version first")
    func override() throws {
        let project = try project([
            "prompts/judges/v9.prompt.yaml":
                "name: judge-verdict\nversion: 9\nuser: \"nine {{ answer }}\"\nparameters: {temperature: 0}\n",
            "prompts/judges/v10.prompt.yaml":
                "name: judge-verdict\nversion: 10\nuser: \"ten {{ answer }}\"\ntemperature: 0\n",
        ])
        let prompt = try prompt(project)
        #expect(prompt.version == "10" && prompt.parameters == ["temperature": 0])
        #expect(try prompt.render(Self.variables).map(\.text) == ["ten {% if %} {{ rubric }}"])
    }

    @Test("the hash is of what is said to the judge: each word of it counts, comments and description do not")
    func hash() throws {
        func hash(_ text: String, part: String = "p") throws -> String {
            let project = try project([
                "prompts/judge.prompt.yaml": text, "prompts/part.txt": part,
            ])
            return try prompt(project).sha256
        }
        let text = "name: judge-verdict\nversion: 1\nuser: \"{{ answer }} {% include 'part.txt' %}\"\n"
        let first = try hash(text)
        #expect(try hash("# why\n" + text + "description: other\n") == first)
        for other in [
            text.replacing("{{ answer }}", with: "A: {{ answer }}"), text + "temperature: 0\n",
            text + "system: Be strict.\n",
            text + "examples: [{user: a, assistant: b}]\n",
        ] {
            #expect(try hash(other) != first)
        }
        #expect(try hash(text, part: "q") != first)
    }

    @Test(
        "what a judge prompt can't have is a mistake at its line",
        arguments: [
            ("user: \"{{ answer }}\"", nil, 0, nil),
            ("user: \"{{ answer }} {{ rubric }} {% if tag is defined %}{{ tag }}{% endif %}\"", nil, 0, nil),
            (
                "user: \"{{ answer }}\"\nsystem: \"{{ anwser }}\"", "unknown-variable", 4,
                "did you mean 'answer'?"
            ),
            (
                "user: \"{{ answer }}\"\nsystem: \"{{ model_under_test }}\"", "unknown-variable", 4,
                "it can use: rubric, answer, tag"
            ),
            (
                "user: \"{{ rubric }}\"", "bad-judge-prompt", 1,
                "write {{ answer }} where the answer is to stand"
            ),
            ("user: \"{{ answer | default('') }}\"", "bad-judge-prompt", 1, nil),
            (
                "user: \"{{ answer }}\"\nmodel: big", "bad-judge-prompt", 4,
                "the judge is chosen in evalrun.yaml"
            ),
            (
                "user: \"{{ answer }}\"\noutput_schema: {type: object}", "bad-judge-prompt", 4,
                "the form of the verdict is fixed"
            ),
            ("user: \"{{ answer }}\"\ntools: [{name: f}]", "bad-judge-prompt", 1, nil),
            ("system: \"{{ answer }}\"", "bad-judge-prompt", 1, "add `user:`, with what is to be judged"),
        ] as [(String, String?, Int, String?)])
    func mistakes(text: String, id: String?, line: Int, hint: String?) throws {
        let file = "prompts/judges/own.prompt.yaml"
        let project = try project([file: "name: judge-verdict\nversion: 2\n\(text)\n"])
        let found = project.load().diagnostics
        #expect(found.map(\.id) == [id].compactMap(\.self), "\(project.rendered(found))")
        guard let mistake = found.first else { return }
        #expect(mistake.mark?.file == file && mistake.mark?.line == line && mistake.severity == .error)
        if let hint { #expect(mistake.hint?.contains(hint) == true, "\(mistake.hint ?? "none")") }
    }

    @Test("one whose variables have no answer need not show it")
    func withoutAnswer() throws {
        let project = try project([
            "prompts/s.prompt.yaml": "name: judge-steps\nversion: 1\nuser: \"{{ rubric }}\"\n"
        ])
        #expect(project.load().diagnostics == [])
    }

    @Test(
        "a prompt among those for judges that no assertion uses is a warning",
        arguments: [
            ("prompts/judges/x.prompt.yaml", "judge-verdct", "did you mean 'judge-verdict'?"),
            ("prompts/judges/x.prompt.yaml", "greeting", "`evalrun judge prompts` lists their names"),
            ("prompts/x.prompt.yaml", "judge-verdct", nil),
        ])
    func names(file: String, name: String, hint: String?) throws {
        let project = try project([file: "name: \(name)\nversion: 1\nuser: \"{{ answer }}\"\n"])
        let found = project.load().diagnostics
        #expect(found.map(\.id) == (hint == nil ? [] : ["unknown-judge-prompt"]))
        #expect(found.allSatisfy { $0.severity == .warning && $0.hint == hint })
    }

    @Test("a judge prompt is a prompt like any other for a suite")
    func asPrompt() throws {
        let project = try JudgeProject.project(
            judge: "{model: big}",
            cases: ["{id: a, vars: {answer: hi}, assert: [equals: hi]}"],
            files: [
                "prompts/judges/v.prompt.yaml": "name: judge-verdict\nversion: 1\nuser: \"{{ answer }}\"\n",
                "evalsuites/s.suite.yaml":
                    "suite: s\nprompts: [judge-verdict]\nmodels: [echo]\ncases:\n  - {id: a, vars: {answer: hi}, assert: [equals: hi]}\n",
            ])
        #expect(project.plan().diagnostics == [])
    }

    @Test("a name that is nowhere is an error")
    func missing() throws {
        let workspace = try project().load().workspace
        #expect(throws: DiagnosticError.self) {
            try workspace.judgePrompts(named: ["judge-other"], shipped: Self.shippedFile)
        }
    }

    @Test(
        "what judges are is the trusted commit's: settings, models, prompts; what differs is told",
        arguments: [
            (
                "evalrun.yaml", "judge: {model: big}", "judge: {model: small}",
                "judge.model: from main big, not small (ignored)"
            ),
            (
                "evalrun.yaml", "model: claude-opus-4-5", "model: claude-haiku-4-5",
                "models.big.model: from main claude-opus-4-5, not claude-haiku-4-5 (ignored)"
            ),
            (
                "prompts/judges/v.prompt.yaml", "Strictly", "Kindly",
                "judge prompt judge-verdict: differs from main (ignored)"
            ),
            (
                "prompts/judges/v.prompt.yaml", "judge-verdict", "elsewhere",
                "judge prompt judge-verdict: in main, gone here (ignored)"
            ),
            (
                "prompts/judges/s.prompt.yaml", "", "name: judge-steps\nversion: 1\nuser: \"{{ rubric }}\"\n",
                "judge prompt judge-steps: not in main (ignored)"
            ),
            (
                "evalrun.yaml", "temperature: 0}", "temperature: 1}",
                "models.careful.parameters.temperature: from main 0, not 1 (ignored)"
            ),
        ])
    func trust(file: String, old: String, new: String, line: String) throws {
        let prompt = "name: judge-verdict\nversion: 1\nuser: \"Strictly: {{ answer }}\"\n"
        let project = try JudgeProject.project(
            judge: "{model: big}",
            cases: [JudgeProject.testCase("a", "verdict: x", "{verdict: x, judge: careful}")],
            suite: "models: [echo]", files: ["prompts/judges/v.prompt.yaml": prompt])
        guard project.git("init", "-q", "-b", "main") else {
            print("git is missing: the test is passed over")
            return
        }
        #expect(
            project.git("add", "-A") && project.git("commit", "-qm", "one")
                && project.git("checkout", "-qb", "pr"))
        let path = project.root.path + "/" + file
        let text = old.isEmpty ? "" : String(decoding: try FileText.bytes(path), as: UTF8.self)
        #expect(old.isEmpty || text.contains(old))
        try project.write(file, old.isEmpty ? new : text.replacing(old, with: new))
        let commit = try TrustedCommit("main", root: project.root, from: project.root.path)
        let (base, mistakes) = TrustBase.read(
            commit, catalog: JudgeProject.catalog, targets: [], today: TemporaryProject.today)
        let (workspace, diagnostics) = Workspace.load(
            root: project.root, catalog: JudgeProject.catalog, today: TemporaryProject.today, trusting: base)
        let errors = (mistakes + diagnostics).filter { $0.severity == .error }
        #expect(errors == [], "\(project.rendered(errors))")
        let report = try #require(workspace.trust)
        #expect(report.text.contains(line), "\(report.text)")
        #expect(workspace.project.judge.panel?.models == ["big"])
        #expect(workspace.project.model(named: "big")?.model == "claude-opus-4-5")
        #expect(workspace.project.model(named: "careful")?.parameters == ["temperature": 0])
        let prompts = try workspace.judgePrompts(
            named: ["judge-verdict", "judge-steps"], shipped: { _ in Array(prompt.utf8) })
        #expect(try prompts["judge-verdict"]?.render(["answer": "x"]).map(\.text) == ["Strictly: x"])
        #expect(workspace.judgeOverride(named: "judge-steps") == nil)
    }
}
