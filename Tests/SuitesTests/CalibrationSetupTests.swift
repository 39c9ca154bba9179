import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Testing

@testable import Suites

@Suite("What is calibrated")
struct CalibrationSetupTests {
    /// A type that asks the judge `judge`, and one that compares answers.
    private static let catalog = AssertionCatalog.standard(
        adding: ["rubric", "versus"].map { name in
            AssertionDescriptor(
                name: name, summary: "Asks.", family: .judges, example: "\(name): A.",
                options: [
                    AssertionDescriptor.Option(name: "judge", schema: ["type": "string"], summary: "Who.")
                ],
                needs: { [ModelNeed(.judge, names: $0.options["judge"]?.string.map { [$0] })] }
            ) { (specification) throws(DiagnosticError) in
                var compiled = CompiledAssertion(specification) { _ throws(EvaluationError) in
                    Judgement(passed: true, reason: "asked")
                }
                compiled.asks = true
                compiled.compares = name == "versus"
                return compiled
            }
        })

    private static let settings = """
        models:
          judge: {provider: openai, model: gpt-5}
          other: {provider: openai, model: gpt-5-mini}
        judge: {model: judge}

        """

    private func load(
        _ rubric: String, labels: String = #"{"output": "a", "label": "pass"}"#, metric: String? = nil,
        name: String? = nil, judge: String? = nil, files: [String: String] = [:]
    ) throws -> (setup: CalibrationSetup?, plan: Plan?, diagnostics: [Diagnostic]) {
        let project = try TemporaryProject(
            ["evalrun.yaml": Self.settings, "rubric.yaml": rubric, "labels.jsonl": labels].merging(files) {
                $1
            })
        let wish = CalibrationSetup.Wish(
            labels: try #require(ProjectPath("labels.jsonl")),
            rubric: try #require(ProjectPath("rubric.yaml")),
            metric: metric, name: name, judge: judge)
        let (setup, diagnostics) = CalibrationSetup.load(
            wish, root: project.root, catalog: Self.catalog, today: TemporaryProject.today)
        let planned = setup?.workspace.plan(PlanOptions())
        return (setup, planned?.plan, diagnostics + (planned?.diagnostics ?? []))
    }

    @Test("the files that a rubric includes are part of what is written")
    func included() throws {
        func written(_ policy: String) throws -> JSONValue? {
            let (_, plan, diagnostics) = try load(
                "- {rubric: \"Keeps to: {% include 'policy.md' %}\"}\n", files: ["policy.md": policy])
            var stream = try #require(plan, "\(diagnostics)").stream()
            return try #require(try stream.next()).trials[0].assertions.get()[0].specification.unrendered
        }
        let strict = try written("No jokes.")
        #expect(
            strict == ["source": "Keeps to: {% include 'policy.md' %}", "included": ["No jokes."]])
        #expect(try written("{% if true %}No jokes.{% endif %}") != strict)
    }

    @Test("each labeled answer is a case that brings its answer and what the judge may look at")
    func cases() throws {
        let labels = """
            {"id": "x", "output": "An {{ answer }}", "label": "fail", "question": "q", "context": ["c", "d"], "reference": "r", "vars": {"tone": "kind"}}
            {"output": "b", "label": "pass"}
            """
        let (setup, plan, diagnostics) = try load(
            "- {rubric: \"Is {{ tone | default('calm') }}.\"}\n", labels: labels)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        #expect(setup?.name == "rubric")
        var stream = try #require(plan).stream()
        let first = try #require(try stream.next())
        #expect(first.suite == "judge-calibrate")
        #expect(first.id == "x")
        #expect(first.response?.content == "An {{ answer }}")
        #expect(first.question == "q")
        #expect(first.context == ["c", "d"])
        #expect(first.reference == "r")
        let trial = try #require(first.trials.first)
        #expect(trial.model.name == "given")
        let specification = try #require(try trial.assertions.get().first).specification
        #expect(specification.value == "Is kind.")
        #expect(specification.unrendered == "Is {{ tone | default('calm') }}.")
        let second = try #require(try stream.next())
        #expect(second.question == nil)
        #expect(try second.trials[0].assertions.get()[0].specification.value == "Is calm.")
        #expect(try stream.next() == nil)
    }

    @Test(
        "the assertion that asks a judge is found, wherever it stands",
        arguments: [
            ("rubric: A.\n", nil, "A."), ("- {rubric: A.}\n", nil, "A."),
            ("- {contains: x}\n- {rubric: A.}\n", nil, "A."),
            ("- {type: assert-set, assert: [{rubric: A.}]}\n", nil, "A."),
            ("- {use: more.yaml}\n", nil, "More."),
            ("- {rubric: A., metric: a}\n- {rubric: B., metric: b}\n", "b", "B."),
            ("- {rubric: A., metric: a}\n- {rubric: B.}\n", "rubric", "B."),
        ] as [(String, String?, String)])
    func finds(rubric: String, metric: String?, value: String) throws {
        let (setup, plan, diagnostics) = try load(
            rubric, metric: metric, files: ["more.yaml": "- {rubric: More.}\n"])
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        #expect(setup != nil)
        var stream = try #require(plan).stream()
        let assertions = try #require(try stream.next()).trials[0].assertions.get()
        #expect(assertions.map(\.specification.value) == [.string(value)])
    }

    @Test(
        "what can't be calibrated is a mistake",
        arguments: [
            ("- {contains: x}\n", nil, nil, "no-judge"), ("[]\n", nil, nil, "no-judge"),
            ("- {rubric: A.}\n- {rubric: B.}\n", nil, nil, "several-judges"),
            ("- {rubric: A., metric: a}\n", "b", nil, "unknown-metric"),
            ("- {versus: A.}\n", nil, nil, "not-calibrated"), ("- {rubric: A.}\n", nil, "a b", "bad-name"),
            ("- {rubrik: A.}\n", nil, nil, "unknown-assertion"),
        ] as [(String, String?, String?, String)])
    func mistakes(rubric: String, metric: String?, name: String?, id: String) throws {
        let (setup, _, diagnostics) = try load(rubric, metric: metric, name: name)
        #expect(setup == nil)
        #expect(diagnostics.map(\.id) == [id], "\(diagnostics)")
    }

    @Test("mistakes of the labels and of the rubric are told together")
    func together() throws {
        let (setup, _, diagnostics) = try load("- {contains: x}\n", labels: "{}")
        #expect(setup == nil)
        #expect(Set(diagnostics.map(\.id)) == ["no-judge", "missing-key", "bad-label"])
    }

    @Test("another judge takes the place of the project's, and an unknown one is a mistake")
    func judges() throws {
        let (_, plan, _) = try load("- {rubric: A.}\n", judge: "other")
        #expect(plan?.judgeModels.map(\.name) == ["other"])
        let (_, none, diagnostics) = try load("- {rubric: A.}\n", judge: "nobody")
        #expect(none == nil)
        #expect(diagnostics.contains { $0.severity == .error })
    }

    @Test("only ties, and nothing can be measured")
    func ties() throws {
        let (setup, _, diagnostics) = try load(
            "- {rubric: A.}\n",
            labels: """
                {"output": "a", "label": "pass", "labeler": "x"}
                {"output": "a", "label": "fail", "labeler": "y"}
                """)
        #expect(setup == nil)
        #expect(diagnostics.map(\.id) == ["no-labels"])
    }

    @Test("a damaged calibration does not keep one from being made anew, and stops a run of judges alone")
    func damaged() throws {
        let broken = ["calibrations/rubric.calibration.yaml": "calibration: 9\n"]
        let (setup, plan, diagnostics) = try load("- {rubric: A.}\n", files: broken)
        #expect(setup != nil && plan != nil, "\(diagnostics)")
        func run(_ assertion: String) throws -> [String] {
            let project = try TemporaryProject(
                [
                    "evalrun.yaml": Self.settings, "prompts/p.prompt.yaml": "name: p\nuser: hi\n",
                    "evalsuites/s.suite.yaml": """
                    suite: s
                    prompts: [p]
                    models: [echo]
                    cases:
                      - {id: a, assert: [\(assertion)]}

                    """,
                ].merging(broken) { $1 })
            let (workspace, loading) = Workspace.load(
                root: project.root, catalog: Self.catalog, today: TemporaryProject.today)
            return (loading + workspace.plan(PlanOptions()).diagnostics).filter { $0.severity == .error }.map(
                \.id)
        }
        #expect(try run("{contains: hi}").isEmpty)
        #expect(!(try run("{rubric: A.}").isEmpty))
    }
}
