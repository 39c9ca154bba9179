import Diagnostics
import Evals
import Suites
import Testing

@Suite("The judge of a project")
struct JudgeSettingsTests {
    @Test(
        "who judges, and when, is read from evalrun.yaml",
        arguments: [
            ("", JudgeSettings()),
            ("{model: big}", JudgeSettings(panel: JudgePanel(models: ["big"]))),
            (
                "{model: anthropic/claude-haiku-4-5}",
                JudgeSettings(panel: JudgePanel(models: ["anthropic/claude-haiku-4-5"]))
            ),
            (
                "{panel: {models: [big, small, careful], vote: all, repeat: 3}}",
                JudgeSettings(
                    panel: JudgePanel(models: ["big", "small", "careful"], vote: .all, repetition: 3))
            ),
            ("{panel: {models: [big]}}", JudgeSettings(panel: JudgePanel(models: ["big"]))),
            (
                "{embeddings: vectors, moderation: small}",
                JudgeSettings(embeddings: "vectors", moderation: "small")
            ),
            (
                "{model: big, when: others-pass, batch_rubrics: true, require_calibration: 0.6}",
                JudgeSettings(
                    panel: JudgePanel(models: ["big"]), moment: .othersPass, batchesRubrics: true,
                    requiredAgreement: 0.6)
            ),
        ])
    func settings(text: String, expected: JudgeSettings) throws {
        let project = try JudgeProject.project(judge: text, cases: [JudgeProject.testCase("a", "equals: hi")])
        let (workspace, diagnostics) = project.load()
        #expect(diagnostics == [])
        var settings = workspace.project.judge
        #expect((settings.mark == nil) == text.isEmpty)
        settings.mark = nil
        #expect(settings == expected)
    }

    @Test(
        "mistakes are told at their line",
        arguments: [
            ("{model: bgi}", "unknown-model", "did you mean 'big'?"),
            ("{model: acme/x}", "unknown-provider", nil),
            ("{model: echo}", "bad-judge", nil),
            ("{model: given}", "reserved-name", nil),
            ("{embeddings: echo}", "bad-judge", nil),
            ("{moderation: nobody}", "unknown-model", nil),
            ("{model: big, panel: {models: [small]}}", "conflicting-keys", nil),
            ("{panel: {models: [big, big]}}", "duplicate-judge", "write `repeat: 2` to ask each judge twice"),
            ("{panel: {models: [small, twin]}}", "duplicate-judge", nil),
            ("{panel: {models: [big, openai/claude-opus-4-5]}}", "duplicate-judge", nil),
            ("{panel: {models: []}}", "no-judge", nil),
            ("{panel: {vote: all}}", "missing-key", nil),
            ("{panel: {models: [big], vote: most}}", "wrong-type", nil),
            ("{panel: {models: [big], repeat: 0}}", "wrong-type", nil),
            ("{panel: {models: [big], repeat: 26}}", "wrong-type", nil),
            ("{panel: [big]}", "wrong-type", nil),
            ("{when: never}", "wrong-type", nil),
            ("{batch_rubrics: perhaps}", "wrong-type", nil),
            ("{require_calibration: 1.5}", "wrong-type", nil),
            ("{modell: big}", "unknown-key", "did you mean 'model'?"),
            ("big", "wrong-type", nil),
        ] as [(String, String, String?)])
    func mistakes(text: String, id: String, hint: String?) throws {
        let project = try JudgeProject.project(
            judge: text, cases: [JudgeProject.testCase("a", "equals: hi")])
        let found = project.plan().diagnostics
        #expect(found.count == 1, "\(project.rendered(found))")
        let mistake = try #require(found.first)
        #expect(mistake.mark?.file == "evalrun.yaml" && mistake.mark?.line == 10)
        #expect(mistake.id == id, "\(project.rendered(found))")
        if let hint { #expect(mistake.hint?.contains(hint) == true, "\(mistake.hint ?? "none")") }
    }

    @Test("a judge whose name is wrong is not reported again by each assertion")
    func once() throws {
        let project = try JudgeProject.project(
            judge: "{model: bgi}", cases: [JudgeProject.testCase("a", "verdict: x", "verdict: y")])
        #expect(project.plan().diagnostics.map(\.id) == ["unknown-model"])
    }
}
