import Assertions
import Diagnostics
import Evals
import JSON
import Suites
import Testing

@Suite("Models that assertions ask")
struct JudgeDemandTests {
    @Test(
        "an assertion without a model to ask is a mistake where it stands, never answered by whoever has a key",
        arguments: [
            ("", "verdict: x", ["no-judge"]),
            ("", "{verdict: x, judge: big}", []),
            ("", "{verdict: x, judge: anthropic/claude-haiku-4-5}", []),
            ("", "{verdict: x, judge: bgi}", ["unknown-model"]),
            ("", "{verdict: x, judge: echo}", ["bad-judge"]),
            ("", "{verdict: x, judge: given}", ["reserved-name"]),
            ("", "{verdict: x, panel: {models: [big, careful]}}", []),
            ("", "{verdict: x, panel: {models: [big, big]}}", ["duplicate-judge"]),
            ("{model: big}", "verdict: x", []),
            ("{model: big}", "not-verdict: x", []),
            ("{embeddings: vectors}", "verdict: x", ["no-judge"]),
            ("{model: big}", "near: x", ["no-embeddings"]),
            ("{embeddings: vectors}", "near: x", []),
            ("{model: big}", "harmless: x", ["no-moderation"]),
            ("{moderation: small}", "harmless: x", []),
            ("{model: big}", "labels: x", ["no-classifier"]),
            ("{model: big}", "{labels: x, judge: big}", []),
            ("", "assert-set: [{equals: a}, {verdict: x}]", ["no-judge"]),
            ("", "use: list.yaml", ["no-judge"]),
            ("", "verdict: \"{{ q }}\"", ["no-judge"]),
            ("", "equals: x", []),
        ])
    func needs(judge: String, assertion: String, ids: [String]) throws {
        let project = try JudgeProject.project(
            judge: judge, cases: [JudgeProject.testCase("a", assertion)],
            suite: "models: [app]", files: ["evalsuites/list.yaml": "- verdict: x\n"])
        let (plan, found) = project.plan()
        #expect(found.map(\.id) == ids, "\(project.rendered(found))")
        #expect((plan == nil) == !ids.isEmpty)
        for diagnostic in found {
            #expect(diagnostic.severity == .error)
            #expect(
                diagnostic.mark?.file
                    == (assertion.hasPrefix("use") ? "evalsuites/list.yaml" : "evalsuites/s.suite.yaml"))
        }
    }

    @Test("an assertion that many cases share is reported once")
    func once() throws {
        let project = try JudgeProject.project(
            cases: [JudgeProject.testCase("a", "equals: hi"), JudgeProject.testCase("b", "equals: hi")],
            suite: "models: [small]\ndefaults: {assert: [{verdict: x}]}")
        #expect(project.plan().diagnostics.map(\.id) == ["no-judge"])
    }

    @Test(
        "a judge that is the model under test is a warning, also behind another name",
        arguments: [
            ("small", "models: [small]", ["'small' judges its own answers in 'verdict'"]),
            (
                "twin", "models: [small]",
                ["the judge 'twin' of 'verdict' is the model 'small' that it judges"]
            ),
            (
                "openai/gpt-5-mini", "models: [big, careful, small]",
                [
                    "the judge 'openai/gpt-5-mini' of 'verdict' is the model 'careful' that it judges",
                    "the judge 'openai/gpt-5-mini' of 'verdict' is the model 'small' that it judges",
                ]
            ),
            ("big", "models: [small]", []),
            ("app", "models: [other]", []),
            ("app", "models: [app]", ["'app' judges its own answers in 'verdict'"]),
        ])
    func ownAnswers(judge: String, models: String, messages: [String]) throws {
        let cases = [
            JudgeProject.testCase("a", "verdict: x"), JudgeProject.testCase("b", "equals: hi"),
            JudgeProject.testCase("g", "verdict: y", more: ", response: fine"),
        ]
        let project = try JudgeProject.project(judge: "{model: \(judge)}", cases: cases, suite: models)
        let (plan, found) = project.plan()
        #expect(plan != nil)
        #expect(found.map(\.message) == messages)
        #expect(found.allSatisfy { $0.id == "judge-is-model" && $0.severity == .warning })
    }

    @Test("a case that leaves the judged model out is no warning")
    func restricted() throws {
        let project = try JudgeProject.project(
            judge: "{model: small}",
            cases: [
                JudgeProject.testCase("a", "verdict: x", more: ", only: {models: [big]}"),
                JudgeProject.testCase("b", "equals: hi"),
            ], suite: "models: [small, big]")
        #expect(project.plan().diagnostics == [])
    }

    @Test("a plan knows its judges, their prompts, and how often each is asked at least")
    func counts() throws {
        let project = try JudgeProject.project(
            judge: "{panel: {models: [big, careful], repeat: 2}, embeddings: vectors}",
            cases: [
                JudgeProject.testCase("a", "verdict: x", "near: y", "assert-set: [{verdict: z}]"),
                JudgeProject.testCase("b", "{verdict: x, judge: app}", more: ", repeat: 3"),
                JudgeProject.testCase("c", "steps: x", more: ", skip: later"),
                JudgeProject.testCase("d", "equals: hi"),
            ], suite: "models: [small, other]\nrepeat: 2")
        let (plan, found) = project.plan()
        let judging = try #require(plan, "\(project.rendered(found))").judging
        // Case a: two models, two samples, two verdicts asked twice each; case b: two models, three samples.
        #expect(
            judging.asked.map { "\($0.model.name) \($0.calls)" } == [
                "big 16", "careful 16", "vectors 4", "app 6",
            ])
        #expect(judging.asked.map(\.roles) == [[.judge], [.judge], [.embeddings], [.judge]])
        #expect(judging.executions == 10)
        #expect(judging.prompts.contains("judge-verdict"))
        var options = PlanOptions()
        options.cases = ["b"]
        let narrowed = try #require(project.plan(options).plan)
        #expect(narrowed.judgeModels.map(\.name) == ["app"])
        options.cases = ["d"]
        #expect(try #require(project.plan(options).plan).judging.asked.isEmpty)
    }

    @Test("a value that depends on the case is known as it was written, too")
    func unrendered() throws {
        let project = try JudgeProject.project(
            judge: "{model: big}",
            cases: [JudgeProject.testCase("a", "verdict: \"says {{ q }}\"", "verdict: plain")])
        let trial = try #require(try project.cases().first?.trials.first)
        let specifications = try trial.assertions.get().map(\.specification)
        #expect(specifications.map(\.value) == ["says hi", "plain"])
        #expect(specifications.map(\.unrendered) == ["says {{ q }}", nil])
    }

    @Test("options of one name that two types word differently are both right for editors")
    func schema() throws {
        func type(_ name: String, _ schema: JSONValue) -> AssertionDescriptor {
            AssertionDescriptor(
                name: name, summary: "A type.", family: .judges, example: "\(name): x",
                options: [.init(name: "scale", schema: schema, summary: "The scale.")]
            ) { CompiledAssertion($0) { _ in Judgement(passed: true, score: 1, reason: "") } }
        }
        let text: JSONValue = ["type": "string"]
        let number: JSONValue = ["type": "number"]
        let catalog = AssertionCatalog.standard(adding: [
            type("ours/one", text), type("ours/two", number), type("ours/three", text),
        ])
        let schema = SchemaEmitter(catalog: catalog).schema(of: .suite)
        let properties = schema["$defs"]?["assertion"]?["anyOf"]?[1]?["properties"]
        #expect(
            properties?["scale"]?["anyOf"]?.array?.map { $0["type"]?.string } == ["string", "number"])
        #expect(properties?["ours/one"] != nil && properties?["not-ours/one"] != nil)
    }
}
