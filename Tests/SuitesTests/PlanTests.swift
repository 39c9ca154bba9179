import Diagnostics
import Evals
import JSON
import Suites
import Testing

@Suite("Plans")
struct PlanTests {
    private static let files = [
        "evalrun.yaml": """
        models:
          small: {provider: openai, model: gpt-5-mini}
          large: {provider: openai, model: gpt-5.4}
        profiles:
          nightly: {mode: live, models: [small, large], repeat: 3, jobs: 2, max_usd: 1.5}
        prices: prices.yaml

        """,
        "prices.yaml":
            "date: 2026-01-01\nmodels: {gpt-5-mini: {input: 0.25, output: 2, cache_read: 0.025}}\n",
        "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"{{ tone | default('calm') }}\"\n",
        "prompts/q.prompt.yaml": "name: q\nversion: 2\nuser: hello\n",
    ]

    private func project(_ cases: String, head: String = "models: [small]", name: String = "s") throws
        -> TemporaryProject
    {
        var files = Self.files
        files["evalsuites/\(name).suite.yaml"] =
            "suite: \(name)\nprompts: [p, q]\n\(head)\ncases:\n\(cases)\n"
        return try TemporaryProject(files)
    }

    private func trials(_ project: TemporaryProject, _ options: PlanOptions = PlanOptions()) throws
        -> [String]
    {
        try project.cases(options).flatMap { planned in
            planned.trials.map { "\(planned.id) \($0.prompt) \($0.model.name)" }
        }
    }

    private static let assertion = "    assert: [{contains: x}]\n"

    @Test("the order is that of the file: cases, then prompts, then models")
    func order() throws {
        let project = try project(
            "  - id: b\n\(Self.assertion)  - id: a\n\(Self.assertion)", head: "models: [small, echo]")
        #expect(
            try trials(project) == [
                "b p small", "b p echo", "b q small", "b q echo", "a p small", "a p echo", "a q small",
                "a q echo",
            ])
        let plan = try #require(project.plan().plan)
        #expect(plan.executions == 8 && plan.cases == 2 && !plan.isNarrowed)
        #expect(plan.groups.map { "\($0.prompt) \($0.model)" } == ["p small", "p echo", "q small", "q echo"])
    }

    @Test("the hash is that of what is planned")
    func hash() throws {
        let one = "  - id: a\n\(Self.assertion)"
        let hash = try #require(project(one).plan().plan).sha256
        #expect(hash.count == 64)
        #expect(try #require(project(one).plan().plan).sha256 == hash)
        for (cases, head) in [
            ("  - id: b\n\(Self.assertion)", "models: [small]"), (one, "models: [large]"),
            // The same id by another name may be another route.
            (one, "models: [openai/gpt-5-mini]"),
            (one, "models: [small]\nrepeat: 2"),
            (one + one.replacing("id: a", with: "id: b"), "models: [small]"),
        ] {
            #expect(try #require(project(cases, head: head).plan().plan).sha256 != hash)
        }
    }

    @Test(
        "only, matrix and inline models",
        arguments: [
            ("    only: {models: echo, prompts: [q]}\n", "models: [small, echo]", ["a q echo"]),
            ("    only: {prompts: q}\n", "models: openai/gpt-5", ["a q openai/gpt-5"]),
            (
                "    matrix: {tone: [formal, casual], n: [1, 2]}\n    only: {prompts: p}\n", "models: [echo]",
                [
                    "a[tone=formal,n=1] p echo", "a[tone=formal,n=2] p echo", "a[tone=casual,n=1] p echo",
                    "a[tone=casual,n=2] p echo",
                ]
            ),
            ("    response: given answer\n    repeat: 4\n", "models: [small, large]", ["a p given"]),
            ("    response: given answer\n", "", ["a p given"]),
        ])
    func multiplication(extra: String, head: String, expected: [String]) throws {
        #expect(try trials(project("  - id: a\n\(Self.assertion)\(extra)", head: head)) == expected)
    }

    @Test("a matrix gives the variables their typed values")
    func matrix() throws {
        let cases = try project("  - id: a\n\(Self.assertion)    matrix: {tone: [1, [x]]}\n").cases()
        #expect(cases.map(\.variables) == [["tone": 1], ["tone": ["x"]]])
        #expect(cases.map(\.id) == ["a[tone=1]", "a[tone=[\"x\"]]"])
    }

    @Test("a response keeps all its members")
    func response() throws {
        let planned = try #require(
            try project(
                "  - id: a\n\(Self.assertion)    response: {content: \"{{ x }}\", finish_reason: length, usage: {input_tokens: 3, output_tokens: 4}, latency_ms: 5.5, cost_usd: 0.001}\n"
            ).cases().first)
        let reply = try #require(planned.response)
        #expect(reply.content == "{{ x }}" && reply.finishReason == "length" && reply.latencyMS == 5.5)
        #expect(reply.usage == Usage(inputTokens: 3, outputTokens: 4))
        #expect(reply.cost == Money(usd: try #require(JSONNumber(text: "0.001"))))
        #expect(planned.repetition == Repetition())
    }

    @Test("keys of a case reach the runner")
    func keys() throws {
        let planned = try #require(
            try project(
                """
                  - id: a
                    tags: [smoke, smoke, 7]
                    vars: {text: {file: ../prompts/q.prompt.yaml}, who: Ann}
                    context: ["{{ who }} 1", two]
                    reference: "for {{ who }}"
                    question: "{{ reference }}?"
                    repeat: {samples: 5, pass: 4}
                    threshold: 0.5
                    skip: later
                    xfail: known
                    quarantine: {until: 2026-06-01, owner: me, reason: flaky}
                    assert: [{contains: "{{ who }}"}, {equals: "{{ reference }}", weight: 0, metric: tone}]
                """,
                head:
                    "models: [small]\ntags: [all]\ndefaults: {vars: {who: Bob, d: 1}, assert: [finish-reason: stop]}"
            ).cases().first)
        #expect(planned.tags == ["all", "smoke", "7"])
        #expect(planned.variables["text"]?.string?.hasPrefix("name: q") == true)
        #expect(planned.variables["who"] == "Ann" && planned.variables["d"] == 1)
        #expect(planned.context == ["Ann 1", "two"] && planned.reference == "for Ann")
        #expect(planned.question == "for Ann?")
        #expect(planned.repetition == Repetition(samples: 5, pass: 4) && planned.threshold == 0.5)
        #expect(planned.skip == "later" && planned.expectedFailure == "known")
        #expect(planned.quarantine?.owner == "me")
        let assertions = try #require(planned.trials.first).assertions.get().map(\.specification)
        #expect(assertions.map(\.type) == ["finish-reason", "contains", "equals"])
        #expect(assertions.map(\.value) == ["stop", "Ann", "for Ann"])
        #expect(assertions.map(\.weight) == [1, 1, 0] && assertions[2].metric == "tone")
    }

    @Test("defaults can be left out, and a quarantine that ended counts again")
    func defaults() throws {
        let project = try project(
            "  - id: a\n\(Self.assertion)    assert_defaults: false\n    quarantine: {until: 2026-05-31, owner: me, reason: flaky}\n",
            head: "models: [echo]\ndefaults: {threshold: 0.2, assert: [is-json]}")
        let planned = try #require(try project.cases().first)
        #expect(planned.threshold == nil && planned.quarantine == nil)
        #expect(try planned.trials[0].assertions.get().map(\.specification.type) == ["contains"])
        #expect(project.plan().diagnostics.map(\.id) == ["quarantine-ended"])
    }

    @Test(
        "selection",
        arguments: [
            (["a"], [], [], nil, ["a"]), (["a*"], [], [], nil, ["a", "a[t=x]", "a[t=y]"]),
            (["a[t=x]"], [], [], nil, ["a[t=x]"]), (["?"], [], [], nil, ["?"]),
            ([], ["red"], [], nil, ["a"]), ([], ["red", "blue"], [], nil, ["a", "?"]),
            (["a*"], ["blue"], [], nil, nil), (["b"], [], [], nil, nil), ([], [], ["nope"], nil, nil),
            ([], [], [], ["nope"], nil), (["a", "zz"], [], [], nil, nil), (["a", "zz*"], [], [], nil, nil),
            ([], [], ["q"], ["large"], ["a", "?", "a[t=x]", "a[t=y]"]),
        ] as [([String], [String], [String], [String]?, [String]?)])
    func selection(cases: [String], tags: [String], prompts: [String], models: [String]?, expected: [String]?)
        throws
    {
        let project = try project(
            "  - id: a\n    tags: [red]\n\(Self.assertion)  - id: '?'\n    tags: [blue]\n\(Self.assertion)  - id: a\n    matrix: {t: [x, y]}\n\(Self.assertion)"
        )
        var options = PlanOptions()
        options.cases = cases
        options.tags = tags
        options.prompts = prompts
        options.models = models
        let (plan, diagnostics) = project.plan(options)
        guard let expected else {
            #expect(plan == nil && diagnostics.contains { $0.severity == .error })
            return
        }
        let planned = try project.cases(options)
        #expect(planned.map(\.id) == expected, "\(project.rendered(diagnostics))")
        #expect(plan?.isNarrowed == true && plan?.executions == planned.map(\.trials.count).reduce(0, +))
        if let models { #expect(planned.allSatisfy { $0.trials.map(\.model.name) == models }) }
    }

    @Test("gates: written, implied, and the models that a narrowed run leaves out")
    func gates() throws {
        let head = "models: [small, {model: large, advisory: true}]\ngates:\n"
        func gates(_ text: String) throws -> [String] {
            let plan = try #require(project("  - id: a\n\(Self.assertion)", head: head + text).plan().plan)
            return plan.gates[0].gates.map { "\($0.metric)\($0.isImplied ? " implied" : "")" }
        }
        #expect(
            try gates("  - {metric: cost_usd, max: 1}\n") == [
                "cost_usd", "pass_rate implied", "error_rate implied",
            ])
        #expect(try gates("  - {metric: pass_rate, min: 0.5}\n") == ["pass_rate", "error_rate implied"])
        #expect(
            try gates(
                "  - {metric: pass_rate, min: 0.5, where: {model: large}}\n  - {metric: error_rate, max: 0.1}\n"
            )
                == ["pass_rate", "error_rate", "pass_rate implied"])
        let narrowed = try project(
            "  - id: a\n\(Self.assertion)",
            head: head + "  - {metric: pass_rate, min: 0.5, where: {model: large}}\n")
        var options = PlanOptions()
        options.models = ["small"]
        #expect(try #require(narrowed.plan(options).plan).isNarrowed)
        let planned = try #require(try narrowed.cases().first)
        #expect(planned.trials.map(\.model.isAdvisory) == [false, true, false, true])
    }

    @Test("a run with other models keeps the groups of the suite's own")
    func groups() throws {
        let cases = "  - id: a\n\(Self.assertion)  - id: b\n    only: {models: small}\n\(Self.assertion)"
        let project = try project(cases, head: "models: [small, {model: large, advisory: true}]")
        func groups(_ options: PlanOptions) throws -> [String] {
            let plan = try #require(project.plan(options).plan)
            return plan.groups.map { "\($0.prompt) \($0.model)\($0.isAdvisory ? " advisory" : "")" }.sorted()
        }
        let own = ["p large advisory", "p small", "q large advisory", "q small"]
        #expect(try groups(PlanOptions()) == own)
        var options = PlanOptions()
        options.models = ["echo"]
        #expect(try groups(options) == ["p echo"] + own[..<2] + ["q echo"] + own[2...])
        options.models = ["small"]
        #expect(try groups(options) == own)
    }

    @Test("a gate on a model that the run leaves out is no mistake")
    func leftOutGate() throws {
        let project = try project(
            "  - id: a\n\(Self.assertion)",
            head: "models: [small, large]\ngates: [{metric: pass_rate, min: 0.5, where: {model: large}}]")
        var options = PlanOptions()
        options.models = ["echo"]
        let plan = try #require(project.plan(options).plan)
        #expect(plan.isNarrowed && plan.groups.contains { $0.model == "large" })
    }

    @Test("a model that is named twice is asked once, and twice in a file is a mistake")
    func repeatedModels() throws {
        let suite = "  - id: a\n\(Self.assertion)"
        var options = PlanOptions()
        options.models = ["echo", "small", "echo"]
        let project = try project(suite)
        #expect(try trials(project, options) == ["a p echo", "a p small", "a q echo", "a q small"])
        #expect(try #require(project.plan(options).plan).executions == 4)
        let head = try #require(Self.files["evalrun.yaml"])
        for text in [
            head.replacing("[small, large]", with: "[small, large, small]"),
            head + "defaults: {models: [echo, echo, echo]}\n",
        ] {
            try project.write("evalrun.yaml", text)
            #expect(project.plan().diagnostics.map(\.id) == ["duplicate-model"])
        }
    }

    @Test("a profile narrows a run only when it names models")
    func narrowingProfile() throws {
        let project = try project("  - id: a\n\(Self.assertion)")
        let head = try #require(Self.files["evalrun.yaml"])
        try project.write(
            "evalrun.yaml", head.replacing("profiles:\n", with: "profiles:\n  twice: {repeat: 2}\n"))
        for (profile, isNarrowed) in [("nightly", true), ("twice", false)] {
            var options = PlanOptions()
            options.profile = profile
            #expect(try #require(project.plan(options).plan).isNarrowed == isNarrowed)
        }
    }

    @Test("a profile gives models and samples; a case's own samples stay")
    func profile() throws {
        let project = try project(
            "  - id: a\n\(Self.assertion)  - id: b\n    repeat: 2\n\(Self.assertion)", head: "models: [echo]")
        var options = PlanOptions()
        options.profile = "nightly"
        let cases = try project.cases(options)
        #expect(cases.map(\.repetition.samples) == [3, 2])
        #expect(cases[0].trials.map(\.model.name) == ["small", "large", "small", "large"])
        #expect(try #require(project.plan(options).plan).executions == 20)
        let profile = try #require(project.load().workspace.project.profiles["nightly"])
        #expect(
            profile.mode == "live" && profile.jobs == 2
                && profile.maximum == Money(picoUSD: 1_500_000_000_000))
        options.profile = "nightli"
        #expect(project.plan(options).diagnostics.map(\.id) == ["unknown-profile"])
    }

    @Test(
        "an answer that was captured needs no variables of the prompt, and is shown with them where they are there"
    )
    func capturedAnswer() throws {
        let project = try project(
            "  - id: a\n    response: x\n\(Self.assertion)  - id: b\n    vars: {need: y}\n    response: x\n\(Self.assertion)"
        )
        try project.write("prompts/p.prompt.yaml", "name: p\nversion: 1\nuser: \"{{ need }}\"\n")
        let messages = try project.cases().map { try $0.trials[0].request.get().messages.map(\.text) }
        #expect(messages == [[], ["y"]])
    }

    @Test("prices are exact")
    func prices() throws {
        let prices = try project("  - id: a\n\(Self.assertion)").load().workspace.project.prices
        #expect(prices.date == "2026-01-01")
        let usage = Usage(inputTokens: 1000, outputTokens: 10, cacheReadTokens: 500)
        #expect(prices.cost(of: usage, model: "gpt-5-mini") == Money(picoUSD: 157_500_000))
        #expect(prices.cost(of: usage, model: "gpt-5") == nil)
    }

    @Test("what Anthropic demands is checked where it is asked for")
    func providers() throws {
        let project = try project(
            "  - id: a\n\(Self.assertion)", head: "models: [anthropic/claude-haiku-4-5]")
        var options = PlanOptions()
        #expect(project.mistakes(options).isEmpty)
        options.checksProviders = true
        #expect(project.mistakes(options).contains("missing-parameter"))
    }

    @Test("without a suite there is something to read")
    func empty() throws {
        #expect(try TemporaryProject().mistakes().contains("evalrun init"))
    }
}
