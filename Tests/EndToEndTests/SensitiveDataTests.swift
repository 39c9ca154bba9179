import Testing

@Suite("Secrets and personal data")
struct SensitiveDataTests {
    private static let secret = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789"
    private static let values = [
        secret, "ann@corp.io", "4539148803436467", "INTERNAL-123456", "no-shape-at-all-9",
    ]

    /// Fails when something shows what should not be shown.
    private func expectMasked(_ run: ToolRun) {
        for value in Self.values { #expect(!run.all.contains(value), "\(run.all)") }
    }

    @Test(
        "check warns of both with file, line and column, and shows neither; --strict makes mistakes of them")
    func check() throws {
        let suite = """
            suite: s
            prompts: [p]
            models: [echo]
            cases:
              - {dataset: ../data/tickets.csv, id: "{{ row.id }}", vars: {q: {text: "{{ row.text }}"}}, assert: [{contains: a}]}

            """
        let files = [
            "evalsuites/s.suite.yaml": suite,
            "data/tickets.csv":
                "id,text\nr1,\"über ann@corp.io\"\nr2,\"\(Self.secret)\n4539148803436467\"\nr3,x@example.com\n",
        ]
        let project = try Sample.project([], more: files)
        let run = try project.run("check")
        #expect(run.exitCode == 0 && run.output.hasSuffix(", 3 warnings\n"), "\(run.all)")
        let lines = run.errors.split(separator: "\n").filter { !$0.hasPrefix("  hint:") }
        #expect(
            lines == [
                "data/tickets.csv:2:10: warning[personal-data]: an e-mail address (a***@c***.io)",
                "data/tickets.csv:3:5: warning[secret]: a key of Anthropic (sk-ant-…(49 characters))",
                "data/tickets.csv:4:1: warning[personal-data]: a card number (**** **** **** 6467)",
            ], "\(run.all)")
        expectMasked(run)
        let strict = try project.run("check", "--strict")
        #expect(strict.exitCode == 2 && strict.errors.contains("3 errors, 0 warnings"), "\(strict.all)")
        expectMasked(strict)
    }

    @Test("check knows the values of key variables, also those without a shape")
    func keyVariables() throws {
        let project = try Sample.project([
            "{id: a, vars: {q: {text: use no-shape-at-all-9}}, assert: [{contains: a}]}"
        ])
        #expect(try project.run("check").errors == "")
        let run = try project.run("check", environment: ["OPENAI_API_KEY": "no-shape-at-all-9"])
        #expect(
            run.errors.hasPrefix(
                "evalsuites/s.suite.yaml:5:34: warning[secret]: the value of a key variable"),
            "\(run.all)")
        expectMasked(run)
    }

    @Test("an unknown kind of redact is a mistake with the nearest one")
    func unknownKind() throws {
        let project = try Sample.project(
            [Sample.passing("a")], more: ["evalrun.yaml": "redact: [{kind: emial}]\n"])
        let run = try project.run()
        #expect(run.exitCode == 2, "\(run.all)")
        #expect(run.errors.contains("evalrun.yaml:1:17: error[wrong-type]"), "\(run.all)")
        #expect(run.errors.contains("did you mean 'email'?"), "\(run.all)")
    }

    @Test("kinds of personal data are redacted in recordings, answers and reports, and no-pii fails on them")
    func redactedKinds() throws {
        let case1 =
            "{id: a, vars: {q: {text: I am ann@corp.io}}, assert: [no-pii, {contains: '[redacted:email:1]', weight: 0}]}"
        let project = try Sample.project(
            [case1], head: "models: [small]",
            more: [
                "evalrun.yaml":
                    "models:\n  small: {provider: openai, model: gpt-5-mini}\nredact: ['(?i)internal-[0-9]{6}', {kind: email}, {kind: card}]\n",
                "answers.jsonl":
                    #"{"suite": "s", "case": "a", "content": "ann@corp.io, 4539148803436467, INTERNAL-123456"}"#,
            ])
        let imported = try project.run("fixtures", "import", "answers.jsonl")
        #expect(imported.exitCode == 0, "\(imported.all)")
        let recording = try project.read("fixtures/s/a/p.small.yaml")
        #expect(recording.contains("I am [redacted:email:1]"))
        #expect(
            recording.contains("[redacted:email:1], [redacted:card:2], [redacted:custom:3]"), "\(recording)")
        let (run, results) = try project.results()
        #expect(run.exitCode == 1, "\(run.all)")
        #expect(results.statuses == ["a#1 failed"])
        expectMasked(run)
        let scan = try project.run("fixtures", "scan")
        #expect(scan.exitCode == 0 && scan.output == "", "\(scan.all)")
    }

    @Test(
        "fixtures scan lists what recordings hold: exit 2 for secrets, for personal data with --strict alone")
    func scan() throws {
        let project = try Sample.project(
            ["{id: a, vars: {q: {text: hello}}, assert: [{contains: a}]}"], head: "models: [small]",
            more: ["answers.jsonl": #"{"suite": "s", "case": "a", "content": "ok PLACE"}"#])
        #expect(try project.run("fixtures", "import", "answers.jsonl").exitCode == 0)
        let file = "fixtures/s/a/p.small.yaml"
        let clean = try project.read(file)
        let table: [(String, [String: String], [String], Int32, String)] = [
            ("fine", [:], [], 0, ""), ("x@example.com", [:], ["--strict"], 0, ""),
            ("ann@corp.io", [:], [], 0, "warning[personal-data]: an e-mail address (a***@c***.io)\n"),
            ("ann@corp.io", [:], ["--strict"], 2, "error[personal-data]: an e-mail address (a***@c***.io)\n"),
            (Self.secret, [:], [], 2, "error[secret]: a key of Anthropic (sk-ant-…(49 characters))\n"),
            ("no-shape-at-all-9", [:], [], 0, ""),
            (
                "no-shape-at-all-9", ["OPENAI_API_KEY": "no-shape-at-all-9"], [], 2,
                "error[secret]: the value of a key variable (…(17 characters))\n"
            ),
        ]
        for (text, environment, options, code, says) in table {
            try project.write(clean.replacing("PLACE", with: text), to: file)
            let run = try ToolRun.run(
                ["fixtures", "scan"] + options, in: project.path, environment: environment)
            #expect(run.exitCode == code, "\(text): \(run.all)")
            #expect(run.output.hasSuffix(says) && run.output.isEmpty == says.isEmpty, "\(text): \(run.all)")
            if !says.isEmpty { #expect(run.output.hasPrefix(file + ":"), "\(run.all)") }
            expectMasked(run)
        }
    }

    @Test("fixtures scan wants the settings to be right, since they say what is secret")
    func scanWithoutSettings() throws {
        let project = try Sample.project([Sample.passing("a")], more: ["evalrun.yaml": "redact: ['(']\n"])
        let run = try project.run("fixtures", "scan")
        #expect(
            run.exitCode == 2 && run.errors.contains("evalrun.yaml:1:10: error[invalid-pattern]"),
            "\(run.all)")
    }
}
