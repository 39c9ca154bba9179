import JSON
import StubServer
import Testing

/// Judges on the real program: asked, recorded, replayed, missing, silent.
@Suite("Judges", .serialized)
struct JudgeRunTests {
    private static let models = [
        "small: {provider: stub, model: gpt-5-mini, price_as: gpt-5-mini}",
        "big: {provider: stub, model: gpt-5, price_as: gpt-5}",
    ]

    /// A server that answers questions, and judges with `verdict`.
    private static func server(_ verdict: String) throws -> StubServer {
        try LiveProject.answering { request in
            isJudging(request) ? .json(200, LiveProject.completion(verdict)) : nil
        }
    }

    private static func isJudging(_ request: StubRequest) -> Bool { request.text.contains("Rubric:") }

    private static func project(
        _ url: String, judge: String = "judge: {model: big}", assertion: String = "rubric: Says a number.",
        files: [String: String] = [:]
    ) throws -> LiveProject {
        try LiveProject(
            settings: LiveProject.settings(url, models: models, more: judge),
            cases: ["{id: c1, vars: {q: {text: question 1}}, assert: [{\(assertion), metric: number}]}"],
            files: files)
    }

    private static let pass = #"{"reason": "There is a number.", "pass": true}"#
    private static let fail = #"{"reason": "There is no number.", "pass": false}"#

    @Test(
        "an answer and its verdict are recorded together, and a replay without network says the same",
        arguments: [
            (pass, "rubric: Says a number.", 0), (fail, "rubric: Says a number.", 1),
            (fail, "not-rubric: Says a number.", 0), (pass, "not-llm-rubric: Says a number.", 1),
            (pass, "assert-set: [{contains: answer}, {rubric: Says a number.}]", 0),
            (fail, "assert-set: [{contains: answer}, {rubric: Says a number.}]", 1),
        ])
    func recorded(verdict: String, assertion: String, status: Int32) throws {
        let server = try Self.server(verdict)
        let live = try Self.project(server.url, assertion: assertion)
        let (run, recorded) = try live.run("record")
        #expect(run.exitCode == status, "\(run.all)")
        #expect(server.requests.count == 2)
        #expect(server.requests.filter(Self.isJudging).count == 1)
        let file = try live.project.read("fixtures/s/c1/p.small.yaml")
        #expect(file.contains("for: judge/number"), "\(file)")
        #expect(file.contains("answer 1"))
        server.stop()
        let replay = try live.run("run", key: nil)
        #expect(replay.run.exitCode == status, "\(replay.run.all)")
        let first = replay.file.without("spent_usd", "source")
        #expect(first == recorded.without("spent_usd", "source"))
        let again = try live.run("run", key: nil)
        #expect(again.file.without() == replay.file.without())
        #expect(!replay.run.errors.contains("warning"), "\(replay.run.errors)")
    }

    @Test("a replay that lacks the verdict's recording ends with 4, and never passes")
    func missing() throws {
        let server = try Self.server(Self.pass)
        let live = try Self.project(server.url, assertion: "contains: answer")
        #expect(try live.run("record").run.exitCode == 0)
        server.stop()
        let suite = try live.project.read("evalsuites/s.suite.yaml")
        try live.project.write(
            suite.replacing("contains: answer", with: "rubric: Says a number."),
            to: "evalsuites/s.suite.yaml")
        let (run, file) = try live.run("run", key: nil)
        #expect(run.exitCode == 4, "\(run.all)")
        #expect(file.executions.first?["status"]?.string == "errored")
    }

    @Test("without a judge nothing is asked, whatever keys there are")
    func nobody() throws {
        let server = try Self.server(Self.pass)
        let live = try Self.project(server.url, judge: "")
        for words in [["run"], ["record"], ["check"], ["plan"]] {
            let run = try ToolRun.run(
                words, in: live.project.path, environment: ["STUB_KEY": "k", "OPENAI_API_KEY": "k"])
            #expect(run.exitCode == 2, "\(words): \(run.all)")
            #expect(
                run.errors.contains("error[no-judge]: nobody is named to judge 'rubric'"), "\(run.errors)")
            #expect(run.errors.contains("evalsuites/s.suite.yaml:"))
        }
        #expect(server.requests.isEmpty)
    }

    @Test(
        "what is no verdict is asked for once more, and then an error, never a pass",
        arguments: ["It passes.", "", #"{"pass": true}"#, "\(pass)\n\(pass)"])
    func silent(verdict: String) throws {
        let server = try Self.server(verdict)
        let live = try Self.project(server.url)
        let (run, file) = try live.run("run", "--mode", "live")
        #expect(run.exitCode == 3, "\(run.all)")
        #expect(server.requests.filter(Self.isJudging).count == 2)
        let execution = try #require(file.executions.first)
        #expect(execution["status"]?.string == "errored")
        #expect(execution["error"]?["kind"]?.string == "judge")
    }

    @Test("a judge that is the model under test is a warning, and the run goes on")
    func ownAnswers() throws {
        let server = try Self.server(Self.pass)
        let live = try Self.project(server.url, judge: "judge: {model: small}")
        let (run, _) = try live.run("record")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(
            run.errors.contains("warning[judge-is-model]: 'small' judges its own answers in 'rubric'"),
            "\(run.errors)")
    }

    @Test("a judge's price must be known under a budget, and a judge that is a program needs --allow-exec")
    func liveChecks() throws {
        let server = try Self.server(Self.pass)
        let live = try LiveProject(
            settings: LiveProject.settings(
                server.url,
                models: [
                    Self.models[0], "odd: {provider: stub, model: unheard-of}",
                    "tool: {provider: mine, model: x}",
                ], more: "  mine: {type: exec, command: [./judge.sh]}\njudge: {model: odd}"),
            cases: ["{id: c1, vars: {q: {text: question 1}}, assert: [rubric: Says a number.]}"])
        let capped = try ToolRun.run(
            ["record", "--max-usd", "1"], in: live.project.path, environment: ["STUB_KEY": "k"])
        #expect(capped.exitCode == 2, "\(capped.all)")
        #expect(capped.errors.contains("the price of 'unheard-of' is unknown"), "\(capped.errors)")
        let settings = try live.project.read("evalrun.yaml")
        try live.project.write(
            settings.replacing("judge: {model: odd}", with: "judge: {model: tool}"), to: "evalrun.yaml")
        let program = try ToolRun.run(["record"], in: live.project.path, environment: ["STUB_KEY": "k"])
        #expect(program.exitCode == 2, "\(program.all)")
        #expect(program.errors.contains("error[exec-not-allowed]"), "\(program.errors)")
        #expect(server.requests.isEmpty)
    }

    @Test(
        "a judge prompt of the project takes the place of the shipped one, and its version is in the results")
    func override() throws {
        let server = try Self.server(Self.pass)
        let live = try Self.project(server.url)
        let shipped = try live.project.run("judge", "prompts", "judge-rubric")
        #expect(shipped.exitCode == 0)
        let own = shipped.output.replacing("version: 1", with: "version: ours")
            .replacing("Rubric:", with: "Rubric: (strictly)")
        #expect(own != shipped.output)
        try live.project.write(own, to: "prompts/judges/judge-rubric.prompt.yaml")
        let list = try live.project.run("judge", "prompts")
        #expect(
            list.output.contains("judge-rubric@ours  prompts/judges/judge-rubric.prompt.yaml\n"),
            "\(list.all)")
        let (run, _) = try live.run("record")
        #expect(run.exitCode == 0, "\(run.all)")
        #expect(server.requests.filter { $0.text.contains("Rubric: (strictly)") }.count == 1)
    }

    @Test("every shipped judge prompt is a file that a project can begin with")
    func shipped() throws {
        let project = try Sample.project([Sample.passing("a")])
        let list = try project.run("judge", "prompts")
        #expect(list.exitCode == 0, "\(list.all)")
        let lines = list.output.split(separator: "\n")
        #expect(!lines.isEmpty && lines.allSatisfy { $0.hasSuffix("  shipped") })
        for line in lines {
            let name = String(line.prefix { $0 != "@" })
            let file = try project.run("judge", "prompts", name)
            #expect(file.exitCode == 0 && file.output.contains("name: \(name)\n"), "\(file.all)")
            try project.write(file.output, to: "prompts/judges/\(name).prompt.yaml")
        }
        let check = try project.run("check", "--strict")
        #expect(check.exitCode == 0, "\(check.all)")
        let unknown = try project.run("judge", "prompts", "judge-rubrc")
        #expect(unknown.exitCode == 2)
        #expect(unknown.errors.contains("did you mean 'judge-rubric'?"), "\(unknown.errors)")
    }
}
