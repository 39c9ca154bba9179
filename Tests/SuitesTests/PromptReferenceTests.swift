import Diagnostics
import Evals
import Suites
import Testing

@Suite("References to prompts")
struct PromptReferenceTests {
    private func project(_ reference: String) throws -> TemporaryProject {
        let project = try TemporaryProject([
            "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"one {% include 'tone.md' %}\"\n",
            "prompts/tone.md": "old",
        ])
        #expect(project.git("init", "-q", "-b", "main"))
        #expect(project.git("add", "-A") && project.git("commit", "-qm", "one") && project.git("tag", "v1"))
        try project.write(
            "prompts/p.prompt.yaml", "name: p\nversion: 2\nuser: \"two {% include 'tone.md' %}\"\n")
        try project.write("prompts/tone.md", "new")
        try project.write("prompts/broken.prompt.yaml", "name: broken\nusr: x\n")
        #expect(project.git("add", "-A") && project.git("commit", "-qm", "two") && project.git("tag", "v2"))
        #expect(project.git("rm", "-q", "prompts/broken.prompt.yaml"))
        try project.write(
            "prompts/p.prompt.yaml", "name: p\nversion: 10\nuser: \"ten {% include 'tone.md' %}\"\n")
        try project.write("prompts/q.prompt.yaml", "name: p\nversion: 9\nuser: nine\n")
        try project.write(
            "evalsuites/s.suite.yaml",
            "suite: s\nprompts: ['\(reference)']\nmodels: [echo]\ncases:\n  - id: a\n    assert: [{contains: x}]\n"
        )
        return project
    }

    @Test(
        "each reference means a version",
        arguments: [
            ("p", ["p: ten new"]), ("p@10", ["p@10: ten new"]), ("p@9", ["p@9: nine"]),
            ("p@1", ["p@1: one old"]), ("p@2", ["p@2: two new"]), ("p@all", ["p@9: nine", "p@10: ten new"]),
            ("p@git:v1", ["p@git:v1: one old"]), ("p@git:v2", ["p@git:v2: two new"]),
            ("p@git:HEAD~1", ["p@git:HEAD~1: one old"]),
        ])
    func references(reference: String, texts: [String]) throws {
        let trials = try #require(try project(reference).cases().first).trials
        #expect(try trials.map { try "\($0.prompt): \($0.request.get().messages[0].text)" } == texts)
    }

    @Test(
        "a reference that means nothing is a mistake",
        arguments: [
            ("p@3", "unknown-version"), ("q", "unknown-prompt"), ("p@git:nope", "unknown-revision"),
            ("q@git:v1", "unknown-prompt"), ("p@git:--output=x", "unknown-revision"), ("p@", "bad-reference"),
        ])
    func mistakes(reference: String, id: String) throws {
        let (plan, diagnostics) = try project(reference).plan()
        #expect(plan == nil)
        #expect(diagnostics.map(\.id) == [id])
    }
}
