import Foundation  // Processes and files; tests only.
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Pull requests that are not trusted")
struct TrustTests {
    private static let settings = """
        models:
          small: {provider: openai, model: gpt-5-mini}
        providers:
          openai: {base_url: "https://api.example/v1", api_key_env: OPENAI_API_KEY}
          app: {type: exec, command: [./app.sh], answer: $.reply}
        prices: prices.yaml
        redact: ['internal-[0-9]+']

        """
    private static let prices = "models:\n  gpt-5-mini: {input: 0.25, output: 2}\n"
    private static let programs = [
        "evalrun.yaml": settings, "prices.yaml": prices,
        "x.sh": "#!/bin/sh\n. checks/verdict.sh\n", "checks/verdict.sh": "echo true\n",
        "app.sh": "#!/bin/sh\necho '{\"reply\": \"good\"}'\n",
    ]

    /// A project whose commit `main` has the suites `s` and `t`, the branch `pr` being checked out; nil without git.
    private func project(_ cases: [String], gates: [String] = []) throws -> TemporaryProject? {
        let other = Sample.suite([Sample.passing("x")]).replacingOccurrences(of: "suite: s", with: "suite: t")
        let project = try Sample.project(
            cases, gates: gates, more: Self.programs.merging(["evalsuites/t.suite.yaml": other]) { $1 })
        chmod(project.path + "/x.sh", 0o755)
        let run = try project.shell(
            """
            command -v git >/dev/null || exit 9
            git init -q -b main . && git add -A &&
            git -c user.name=t -c user.email=t@example.com -c commit.gpgsign=false commit -qm one && git checkout -qb pr
            """)
        if run.exitCode == 9 {
            print("git is missing: the test is passed over")
            return nil
        }
        #expect(run.exitCode == 0, "\(run.all)")
        return project
    }

    private func lines(_ run: ToolRun) -> [String] { run.errors.split(separator: "\n").map(String.init) }

    @Test(
        "a setting of the pull request is shown first, and ignored",
        arguments: [
            (
                "evalrun.yaml", "https://api.example/v1", "https://evil.example",
                "evalrun.yaml:4: providers.openai.base_url: from main https://api.example/v1, not https://evil.example (ignored)"
            ),
            (
                "evalrun.yaml", "OPENAI_API_KEY}", "GITHUB_TOKEN}",
                "evalrun.yaml:4: providers.openai.api_key_env: from main OPENAI_API_KEY, not GITHUB_TOKEN (ignored)"
            ),
            (
                "evalrun.yaml", "OPENAI_API_KEY}",
                "OPENAI_API_KEY, headers: {X-Leak: \"${GITHUB_TOKEN} ghs\"}}",
                "evalrun.yaml:4: providers.openai.headers.X-Leak: not in main, [not shown] here (ignored)"
            ),
            (
                "evalrun.yaml", "redact: ['internal-[0-9]+']", "",
                "evalrun.yaml@main:7: redact: from main internal-[0-9]+, although it is gone here (ignored)"
            ),
            (
                "prices.yaml", "0.25", "0.01",
                "prices.yaml:2: prices.models.gpt-5-mini.input: from main 0.25, not 0.01 (ignored)"
            ),
        ])
    func settings(file: String, old: String, new: String, line: String) throws {
        guard let project = try project([Sample.passing("a")]) else { return }
        try project.write(try project.read(file).replacingOccurrences(of: old, with: new), to: file)
        for words in [["run"], ["check"]] {
            let run = try project.run(words: words + ["--trust-base", "main"])
            #expect(run.exitCode == 0, "\(run.all)")
            #expect(lines(run).first?.hasPrefix("trusted: main (") == true, "\(run.all)")
            #expect(lines(run).dropFirst().first == line, "\(run.all)")
            #expect(!run.all.contains("ghs"))
        }
        #expect(!(try project.run("run")).all.contains("trusted:"))
    }

    @Test("redaction is that of the commit")
    func redaction() throws {
        let given = Sample.given("a", "{content: internal-123}", "{contains: nothing}")
        guard let project = try project([given]) else { return }
        try project.write(
            Self.settings.replacingOccurrences(of: "redact: ['internal-[0-9]+']", with: ""),
            to: "evalrun.yaml")
        #expect((try project.run("run")).all.contains("internal-123"))
        let run = try project.run("run", "--trust-base", "main")
        #expect(run.exitCode == 1 && !run.all.contains("internal-123"), "\(run.all)")
    }

    @Test("a gate that the pull request lowers still fails")
    func gate() throws {
        let cases = [Sample.passing("a"), Sample.failing("b")]
        guard let project = try project(cases, gates: ["{metric: pass_rate, min: 0.9}"]) else { return }
        try project.write(
            Sample.suite(cases, gates: ["{metric: pass_rate, min: 0.1}"]), to: "evalsuites/s.suite.yaml")
        #expect((try project.run("run")).exitCode == 0)
        let run = try project.run("run", "--trust-base", "main")
        #expect(run.exitCode == 1, "\(run.all)")
        let line = "gates: from main pass_rate min 0.9, not pass_rate min 0.1 (ignored)"
        #expect(lines(run).contains("evalsuites/s.suite.yaml:8: \(line)"), "\(run.all)")
    }

    @Test("a suite that is gone is a mistake, and one that is new keeps its gates")
    func suites() throws {
        guard let project = try project([Sample.passing("a")]) else { return }
        let text = try project.read("evalsuites/t.suite.yaml")
        try project.write(
            text.replacingOccurrences(of: "suite: t", with: "suite: n"), to: "evalsuites/n.suite.yaml")
        let added = try project.run("run", "--trust-base", "main")
        #expect(added.exitCode == 0, "\(added.all)")
        let line = "evalsuites/n.suite.yaml:1: suite n: not in main, so that its own gates count"
        #expect(lines(added).contains(line), "\(added.all)")
        try project.remove("evalsuites/t.suite.yaml")
        let removed = try project.run("run", "--trust-base", "main")
        #expect(removed.exitCode == 2 && removed.output == "", "\(removed.all)")
        #expect(
            removed.errors.contains("evalsuites/t.suite.yaml@main:1:1: error[suite-removed]"),
            "\(removed.all)")
        #expect((try project.run("run", "evalsuites/s.suite.yaml", "--trust-base", "main")).exitCode == 0)
    }

    @Test(
        "programs run as the commit has them, and others not at all",
        arguments: [
            ("x.sh", "#!/bin/sh\ntouch PWNED; echo true\n", 2, "the program's file 'x.sh' is not as in main"),
            ("app.sh", "#!/bin/sh\ntouch PWNED\n", 2, "the program's file 'app.sh' is not as in main"),
            ("checks/verdict.sh", "touch PWNED; echo true\n", 0, ""),
            ("", "exec: [sh, -c, touch PWNED]", 2, "'exec: sh -c touch PWNED' is not run by main"),
            ("", "exec: ../x.sh, args: [a]", 2, "'exec: ../x.sh' is not run by main"),
            ("", "exec: ../y.sh", 2, "'exec: ../y.sh' is not run by main"),
            ("", "python: '__import__(\"os\").system(\"touch PWNED\")'", 2, "is not run by main"),
        ] as [(String, String, Int32, String)])
    func programs(file: String, text: String, exitCode: Int32, says: String) throws {
        func cases(_ assertion: String) -> [String] {
            ["{id: a, vars: {q: {text: good}}, assert: [{equals: good}, {\(assertion)}]}"]
        }
        guard let project = try project(cases("exec: ../x.sh")) else { return }
        try project.write("#!/bin/sh\ntouch PWNED; echo true\n", to: "y.sh")
        let mark = project.path + "/PWNED"
        let changed = text.replacingOccurrences(of: "PWNED", with: mark)
        if file.isEmpty {
            try project.write(Sample.suite(cases(changed)), to: "evalsuites/s.suite.yaml")
        } else {
            try project.write(changed, to: file)
            chmod(project.path + "/" + file, 0o755)
        }
        let run = try project.run("run", "--allow-exec", "--trust-base", "main")
        #expect(run.exitCode == exitCode, "\(run.all)")
        let expected = says.replacingOccurrences(of: "PWNED", with: mark)
        #expect(
            says.isEmpty
                || run.errors.contains("error[exec-not-trusted]")
                    && run.errors.contains(expected.prefix(60)),
            "\(run.all)")
        #expect(!project.exists("PWNED"))
        #expect((try project.run("run", "--trust-base", "main")).errors.contains("error[exec-not-allowed]"))
    }

    @Test(
        "a commit that can't be had ends the run with exit code 2",
        arguments: [
            ("nope", "unknown-trust-base"), ("", "unknown-trust-base"), ("pr", "trust-base-is-checkout"),
        ])
    func unknown(reference: String, id: String) throws {
        guard let project = try project([Sample.passing("a")]) else { return }
        let run = try project.run("run", "--trust-base", reference)
        #expect(run.exitCode == 2 && run.output == "" && run.errors.contains("error[\(id)]"), "\(run.all)")
    }
}
