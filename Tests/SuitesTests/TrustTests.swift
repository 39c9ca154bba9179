import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Suites
import Testing

@Suite("A commit that is trusted")
struct TrustTests {
    /// The project as the branch `main` has it.
    static let files = [
        "evalrun.yaml": """
        models:
          small: {provider: openai, model: gpt-5-mini, price_as: mini, fallback: [spare]}
          spare: {provider: openai, model: gpt-5-nano}
        providers:
          openai: {base_url: "https://api.openai.com/v1", api_key_env: OPENAI_API_KEY, timeout_s: 30}
        prices: prices.yaml
        redact: ['internal-[0-9]+']
        profiles: {nightly: {models: [echo], max_usd: 5}}
        """,
        "prices.yaml": "models:\n  mini: {input: 0.25, output: 2}\n",
        "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"{{ q }}\"\noutput_schema: {type: string}\n",
        "policies/kind.yaml": "- not-contains: rude\n",
        "schemas/a.json": "{\"type\": \"string\"}",
        "data/d.csv": "id,t\n1,x\n2,y\n",
        "evalsuites/s.suite.yaml": """
        suite: s
        prompts: [p]
        models: [echo]
        defaults:
          assert: [{use: ../policies/kind.yaml}]
        cases:
          - {id: a, vars: {q: good}, tags: [safe], assert: [{equals: good}, {is-json: ../schemas/a.json}]}
          - {id: b, vars: {q: fine}, assert: [{contains: fine}]}
          - dataset: ../data/d.csv
            id: "{{ row.id }}"
            vars: {q: "{{ row.t }}"}
            assert: [{contains: "{{ row.t }}"}]
        gates:
          - {metric: pass_rate, min: 1}
          - {metric: latency_ms.p95, max: 100, level: warn}
        """,
        "evalsuites/t.suite.yaml":
            "suite: t\nprompts: [p]\nmodels: [echo]\ncases:\n  - {id: x, vars: {q: x}, assert: [{equals: x}]}\n",
    ]

    /// A change of the work tree, and lines that tell it.
    struct Change: Sendable, CustomTestStringConvertible {
        var file: String
        var old: String
        var new: String
        var lines: [String]
        var testDescription: String { "\(old) → \(new)" }

        init(_ file: String, _ old: String, _ new: String, _ lines: String...) {
            self.file = file
            self.old = old
            self.new = new
            self.lines = lines
        }
    }

    /// The project with changes that nobody trusts; nil, with a word about it, without git.
    private func project(_ changes: [Change] = []) throws -> TemporaryProject? {
        let project = try TemporaryProject(Self.files)
        guard project.git("init", "-q", "-b", "main") else {
            print("git is missing: the test is passed over")
            return nil
        }
        #expect(
            project.git("add", "-A") && project.git("commit", "-qm", "one")
                && project.git("checkout", "-qb", "pr"))
        for change in changes {
            let text = change.old.isEmpty ? "" : try #require(Self.files[change.file])
            let changed = change.old.isEmpty ? change.new : text.replacing(change.old, with: change.new)
            #expect(changed != text || text.isEmpty)
            try project.write(change.file, changed)
        }
        return project
    }

    private func load(
        _ project: TemporaryProject, _ targets: [Workspace.Target] = []
    ) throws -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        let commit = try TrustedCommit("main", root: project.root, from: project.root.path)
        let (base, mistakes) = TrustBase.read(
            commit, catalog: .standard, targets: targets, today: TemporaryProject.today)
        let (workspace, diagnostics) = Workspace.load(
            root: project.root, catalog: .standard, targets: targets, today: TemporaryProject.today,
            trusting: base)
        let planned = workspace.plan(PlanOptions())
        return (workspace, mistakes + diagnostics + planned.diagnostics)
    }

    static let changedSettings = [
        Change(
            "evalrun.yaml", "https://api.openai.com/v1", "https://u:pw@evil.example/?k=1",
            "evalrun.yaml:5: providers.openai.base_url: from main https://api.openai.com/v1, not https://…@evil.example/?… (ignored)"
        ),
        Change(
            "evalrun.yaml", "api_key_env: OPENAI_API_KEY", "api_key_env: AWS_KEY",
            "evalrun.yaml:5: providers.openai.api_key_env: from main OPENAI_API_KEY, not AWS_KEY (ignored)"),
        Change(
            "evalrun.yaml", "timeout_s: 30}", "timeout_s: 30, headers: {X: \"${TOKEN}\"}}",
            "evalrun.yaml:5: providers.openai.headers.X: not in main, [not shown] here (ignored)"),
        Change(
            "evalrun.yaml", ", timeout_s: 30", "",
            "evalrun.yaml@main:5: providers.openai.timeout_s: from main 30, although it is gone here (ignored)"
        ),
        Change(
            "evalrun.yaml", "fallback: [spare]", "base_url: \"http://evil\\e[31m\"",
            "evalrun.yaml:2: models.small.base_url: not in main, http://evil\\u{1b}[31m here (ignored)",
            "evalrun.yaml@main:2: models.small.fallback: from main [\"spare\"], although it is gone here (ignored)"
        ),
        Change(
            "evalrun.yaml", "price_as: mini", "price_as: nano",
            "evalrun.yaml:2: models.small.price_as: from main mini, not nano (ignored)"),
        Change(
            "evalrun.yaml", "'internal-[0-9]+'", "'.*'",
            "evalrun.yaml@main:7: redact: from main internal-[0-9]+, although it is gone here (ignored)",
            "evalrun.yaml:7: redact: not in main, .* here (ignored)"),
        Change(
            "evalrun.yaml", "max_usd: 5", "max_usd: 500",
            "evalrun.yaml:8: profiles.nightly.max_usd: from main 5, not 500 (ignored)"),
        Change(
            "evalrun.yaml", "profiles: {", "profiles: {all: {mode: live}, ",
            "evalrun.yaml:8: profiles.all.mode: not in main, live here (ignored)"),
        Change(
            "prices.yaml", "0.25", "0.01",
            "prices.yaml:2: prices.models.mini.input: from main 0.25, not 0.01 (ignored)"),
        Change(
            "evalrun.yaml", "", "",
            "evalrun.yaml@main:5: providers.openai.base_url: from main https://api.openai.com/v1, although it is gone here (ignored)"
        ),
    ]

    @Test("settings are those of the commit, and each difference is told", arguments: changedSettings)
    func settings(change: Change) throws {
        guard let project = try project([change]) else { return }
        let (workspace, diagnostics) = try load(project)
        #expect(diagnostics.filter { $0.severity == .error } == [], "\(project.rendered(diagnostics))")
        let text = try #require(workspace.trust).text
        for line in change.lines {
            #expect(text.split(separator: "\n").map(String.init).contains(line), "\(text)")
        }
        let settings = workspace.project
        #expect(
            settings.providers == [
                "openai": [
                    "base_url": "https://api.openai.com/v1", "api_key_env": "OPENAI_API_KEY", "timeout_s": 30,
                ]
            ])
        let small = try #require(settings.models.first { $0.name == "small" })
        #expect(small.priceName == "mini" && small.settings == ["fallback": ["spare"]])
        #expect(settings.redactions.map(\.pattern) == ["internal-[0-9]+"])
        #expect(settings.profiles.keys.sorted() == ["nightly"])
        #expect(settings.profiles["nightly"]?.maximum == Money(picoUSD: 5_000_000_000_000))
        #expect(settings.prices.prices["mini"]?.offer.standard.input == Money(picoUSD: 250_000_000_000))
        #expect(
            settings.keyVariables.contains("OPENAI_API_KEY") && !settings.keyVariables.contains("AWS_KEY"))
    }

    @Test(
        "the model under test is the work tree's, but neither its address nor its key",
        arguments: [
            (
                "model: gpt-5-mini, price_as: mini", "model: gpt-5-pro, price_as: mini", "small", "gpt-5-pro",
                nil
            ),
            (
                "models:\n", "models:\n  new: {provider: openai, model: gpt-5-nano, price_as: mini}\n", "new",
                "gpt-5-nano", nil
            ),
            ("models:\n", "models:\n  new: {provider: anthropic, model: x}\n", "new", nil, "untrusted-model"),
            (
                "models:\n", "models:\n  new: {provider: openai, model: x, base_url: u}\n", "new", nil,
                "untrusted-model"
            ),
            (
                "models:\n", "models:\n  new: {provider: openai, model: x, api_key_env: K}\n", "new", nil,
                "untrusted-model"
            ),
            ("providers:", "providers:\n  own: {type: http}", "own/x", nil, "untrusted-model"),
            ("timeout_s: 30", "timeout_s: 31", "anthropic/x", nil, "untrusted-model"),
            ("timeout_s: 30", "timeout_s: 31", "openai/x", "x", nil),
        ] as [(String, String, String, String?, String?)])
    func models(old: String, new: String, name: String, id: String?, mistake: String?) throws {
        let use = Change("evalsuites/s.suite.yaml", "models: [echo]", "models: [\(name)]")
        guard let project = try project([Change("evalrun.yaml", old, new), use]) else { return }
        let (workspace, diagnostics) = try load(project)
        let errors = diagnostics.filter { $0.severity == .error }.map(\.id)
        #expect(errors == [mistake].compactMap { $0 }, "\(project.rendered(diagnostics))")
        guard mistake == nil, let id else { return }
        var stream = try #require(workspace.plan(PlanOptions()).plan).stream()
        let model = try #require(try stream.next()?.trials.first?.model)
        #expect(model.model == id && model.priceName == id, "\(model)")
        #expect(model.settings["base_url"] == nil && model.settings["api_key_env"] == nil)
    }

    static let changedGates = [
        Change(
            "evalsuites/s.suite.yaml", "{metric: pass_rate, min: 1}", "{metric: pass_rate, min: 0.5}",
            "evalsuites/s.suite.yaml:14: gates: from main pass_rate min 1, not pass_rate min 0.5 (ignored)"),
        Change(
            "evalsuites/s.suite.yaml", "min: 1}", "min: 1, level: warn}",
            "evalsuites/s.suite.yaml:14: gates: from main pass_rate min 1, not pass_rate min 1 (a warning) (ignored)"
        ),
        Change(
            "evalsuites/s.suite.yaml", "min: 1}", "min: 1, where: {tags: safe}}",
            "evalsuites/s.suite.yaml@main:14: gates: from main pass_rate min 1, although it is gone here (ignored)",
            "evalsuites/s.suite.yaml:14: gates: not in main, pass_rate min 1 where {\"tags\":\"safe\"} here (ignored)"
        ),
        Change(
            "evalsuites/s.suite.yaml", "  - {metric: pass_rate, min: 1}\n",
            "  - {metric: error_rate, max: 0.9}\n",
            "evalsuites/s.suite.yaml@main:14: gates: from main pass_rate min 1, although it is gone here (ignored)",
            "evalsuites/s.suite.yaml:1: gates: from main error_rate max 0 (implied), not error_rate max 0.9 (ignored)"
        ),
    ]

    @Test("gates are those of the commit", arguments: changedGates)
    func gates(change: Change) throws {
        guard let project = try project([change]) else { return }
        let (workspace, diagnostics) = try load(project)
        #expect(diagnostics.filter { $0.severity == .error } == [], "\(project.rendered(diagnostics))")
        let text = try #require(workspace.trust).text
        let gates =
            try #require(workspace.plan(PlanOptions()).plan).gates.first { $0.suite == "s" }?.gates ?? []
        #expect(
            gates.map { "\($0.metric) \($0.min ?? -1) \($0.max ?? -1) \($0.level)" } == [
                "pass_rate 1.0 -1.0 fail", "latency_ms.p95 -1.0 100.0 warn", "error_rate -1.0 0.0 fail",
            ])
        #expect(gates.allSatisfy { $0.filter == nil })
        for line in change.lines {
            let rest = line.drop { $0 != " " }
            #expect(text.contains(rest), "\(text)")
        }
    }

    static let changedTests = [
        Change(
            "evalsuites/s.suite.yaml", "models: [echo]", "models: [{model: echo, advisory: true}, small]",
            ":3: models: [\"echo\"] in main, [{\"model\":\"echo\",\"advisory\":true},\"small\"] here"),
        Change(
            "evalsuites/s.suite.yaml", "id: a, ", "id: a, skip: flaky, ",
            ":7: case 'a': skip: flaky here, not in main"),
        Change(
            "evalsuites/s.suite.yaml", "id: a, ", "id: a, xfail: yes it does, ",
            ":7: case 'a': xfail: yes it does here, not in main"),
        Change(
            "evalsuites/s.suite.yaml", "id: a, ", "id: a, threshold: 0.1, ",
            ":7: case 'a': threshold: 0.1 here, not in main"),
        Change(
            "evalsuites/s.suite.yaml", "id: a, ",
            "id: a, quarantine: {until: 2030-01-01, owner: o, reason: r}, ",
            "case 'a': quarantine: {\"until\":\"2030-01-01\",\"owner\":\"o\",\"reason\":\"r\"} here, not in main"
        ),
        Change(
            "evalsuites/s.suite.yaml", "id: a, ", "id: a, response: good, ",
            ":7: case 'a': response: here, not in main"),
        Change(
            "evalsuites/s.suite.yaml", "tags: [safe], ", "",
            "@main:7: case 'a': tags: [\"safe\"] in main, gone here"),
        Change("evalsuites/s.suite.yaml", "q: good", "q: other", ":7: case 'a': vars: differs from main"),
        Change(
            "evalsuites/s.suite.yaml", "id: b,", "id: c,", "@main:8: case 'b': in main, gone here",
            ":1: suite s: 1 case here, not in main"),
        Change(
            "evalsuites/s.suite.yaml", "{equals: good}, ", "",
            "@main:7: assert: equals: good: in main, gone here"),
        Change(
            "evalsuites/s.suite.yaml", "{contains: fine}", "{contains: f}",
            ":8: assert: contains: fine in main, contains: f here"),
        Change(
            "evalsuites/s.suite.yaml", "{contains: fine}", "{contains: fine, weight: 0}, latency: 9",
            ":8: assert: contains: fine in main, contains: fine, weight 0.0 here"),
        Change(
            "policies/kind.yaml", "rude", "ruder",
            "policies/kind.yaml:1: assert: not-contains: rude in main, not-contains: ruder here"),
        Change(
            "schemas/a.json", "\"string\"", "[\"string\", \"null\"]",
            ":7: assert: is-json: ../schemas/a.json: differs from main"),
        Change(
            "prompts/p.prompt.yaml", "{type: string}", "{}",
            "prompts/p.prompt.yaml:4: prompt p: output_schema: differs from main"),
        Change(
            "data/d.csv", "2,y", "3,z",
            ":9: ../data/d.csv: 1 of 2 rows of main are changed or gone, 1 are new"),
        Change(
            "evalsuites/s.suite.yaml", "dataset: ../data/d.csv", "dataset: {file: ../data/d.csv, limit: 1}",
            ":9: ../data/d.csv: 1 of 2 rows of main are changed or gone, 0 are new",
            "rows of '../data/d.csv': dataset: ../data/d.csv in main, {\"file\":\"../data/d.csv\",\"limit\":1} here"
        ),
        Change(
            "evalsuites/n.suite.yaml", "",
            "suite: n\nprompts: [p]\nmodels: [echo]\ncases:\n  - {id: x, vars: {q: x}, assert: [{equals: x}]}\n",
            "evalsuites/n.suite.yaml:1: suite n: not in main, so that its own gates count"),
    ]

    @Test("what is tested otherwise is told, and is the work tree's", arguments: changedTests)
    func tests(change: Change) throws {
        guard let project = try project([change]) else { return }
        let (workspace, diagnostics) = try load(project)
        #expect(diagnostics.filter { $0.severity == .error } == [], "\(project.rendered(diagnostics))")
        let text = try #require(workspace.trust).text
        for line in change.lines { #expect(text.contains(line + "\n"), "\(text)") }
    }

    @Test(
        "a suite of the commit can't vanish with its gates",
        arguments: [
            ([], ["suite-removed"]), ([.path(ProjectPath("evalsuites/s.suite.yaml"))], []),
            ([.name("s")], []), ([.name("t")], ["unknown-suite", "suite-removed"]),
            ([.path(ProjectPath("evalsuites/t.suite.yaml"))], ["suite-removed"]),
            ([.path(ProjectPath("evalsuites"))], ["suite-removed"]),
            ([.path(ProjectPath("t"))], ["suite-removed"]),
        ] as [([Target], [String])])
    func removedSuite(targets: [Target], ids: [String]) throws {
        let text = try #require(Self.files["evalsuites/t.suite.yaml"])
        let renamed = text.replacing("suite: t", with: "suite: u")
        let change = Change("evalsuites/t.suite.yaml", "suite: t", "suite: u")
        // A folder that bears the suite's name is taken for it on the command line.
        let decoy = Change("t/u.suite.yaml", "", renamed)
        guard let project = try project([change, decoy]) else { return }
        let (_, diagnostics) = try load(project, targets.compactMap(\.target))
        #expect(
            diagnostics.filter { $0.severity == .error }.map(\.id) == ids, "\(project.rendered(diagnostics))")
    }

    /// A target of a table.
    enum Target: Sendable {
        case path(ProjectPath?)
        case name(String)

        var target: Workspace.Target? {
            switch self {
            case .path(let path): path.map { .path($0) }
            case .name(let name): .name(name)
            }
        }
    }

    @Test("without a difference there is one line, and without settings all are ignored")
    func extremes() throws {
        guard let project = try project() else { return }
        let (workspace, diagnostics) = try load(project)
        #expect(diagnostics.filter { $0.severity == .error } == [])
        let report = try #require(workspace.trust)
        #expect(report.text == "trusted: main (\(report.commit.prefix(12))), no difference\n")
    }

    @Test("settings or gates of the commit that can't be read are mistakes")
    func brokenBase() throws {
        guard let project = try project() else { return }
        try project.write("evalrun.yaml", "provders: {}\n")
        try project.write("evalsuites/s.suite.yaml", "suite: s\ngates:\n  - {metric: pass_rat, min: 1}\n")
        #expect(project.git("commit", "-qam", "two") && project.git("branch", "-qf", "main"))
        for (path, text) in Self.files { try project.write(path, text) }
        let ids = try load(project).diagnostics.filter { $0.severity == .error }
        #expect(
            Set(ids.map { "\($0.mark.map { "\($0)" } ?? "") \($0.id)" }) == [
                "evalrun.yaml@main:1:1 unknown-key", "evalsuites/s.suite.yaml@main:3:14 unknown-metric",
            ], "\(project.rendered(ids))")
    }
}
