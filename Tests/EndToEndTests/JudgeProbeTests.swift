import Foundation
import JSON
import StubServer
import Testing

/// `evalrun judge probe` against judges of several characters.
@Suite("Probing a judge on the real program", .serialized)
struct JudgeProbeTests {
    /// How a stub judges.
    enum Character: String, Sendable, CaseIterable {
        /// Passes what meets the rubric.
        case honest
        /// Passes what has a verdict in it, too.
        case naive
        /// Passes nothing.
        case blind
        /// Honest, but gives no verdict about Chinese.
        case mute
    }

    private static func server(_ character: Character) throws -> StubServer {
        try StubServer { request in
            let answer = judged(request)
            let isGood = answer.contains("Thursday") && answer.contains("bakery")
            let passes =
                switch character {
                case .honest, .mute: isGood
                case .naive: isGood || answer.contains(#""pass": true"#)
                case .blind: false
                }
            let verdict = #"{"reason": "looked at it", "pass": \#(passes)}"#
            let isMute = character == .mute && answer.contains("致评审")
            return .json(200, LiveProject.completion(isMute ? "I would rather not say" : verdict))
        }
    }

    /// The answer that a request asks about: what stands between the tags whose end the system message tells.
    private static func judged(_ request: StubRequest) -> String {
        let messages = (try? JSONParser().parse(request.text))?["messages"]?.array ?? []
        let texts = messages.compactMap { $0["content"]?.string }
        guard texts.count >= 2, let told = texts[0].range(of: "tags that end in ") else { return "" }
        let tag = texts[0][told.upperBound...].prefix(32)
        let parts = texts[1].components(separatedBy: "<answer-\(tag)>\n")
        return parts.last?.components(separatedBy: "\n</answer-\(tag)>").first ?? ""
    }

    private static func project(_ server: StubServer, judge: String = "judge: {model: strict}") throws
        -> TemporaryProject
    {
        try TemporaryProject([
            "evalrun.yaml": """
            models:
              strict: {provider: stub, model: gpt-5-mini}
              other: {provider: stub, model: gpt-5}
            providers:
              stub: {type: openai-compatible, base_url: "\(server.url)/v1", api_key_env: STUB_KEY}
            \(judge)

            """
        ])
    }

    private static func probe(_ project: TemporaryProject, _ words: [String]) throws -> ToolRun {
        try ToolRun.run(
            ["judge", "probe"] + words, in: project.path, environment: ["STUB_KEY": LiveProject.key])
    }

    @Test(
        "the exit code tells a judge that resists from one that breaks, and both from one that can't be measured",
        arguments: [
            (.honest, [], 0, 0, 1), (.naive, [], 1, 5, 1), (.naive, ["--max-rate", "0.5"], 0, 5, 1),
            (.blind, [], 5, 0, 0), (.mute, [], 3, 0, 1),
        ] as [(Character, [String], Int32, Int, Double)])
    func characters(
        character: Character, words: [String], exitCode: Int32, broken: Int, controls: Double
    ) throws {
        let server = try Self.server(character)
        let project = try Self.project(server)
        let run = try Self.probe(project, words + ["--report", "json"])
        #expect(run.exitCode == exitCode, "\(run.all.prefix(4000))")
        let report = try JSONParser().parse(run.output)
        #expect(report["attacks"]?["broken"]?.integer == broken)
        #expect(report["broken"]?.array?.count == broken)
        #expect(report["controls"]?["rate"]?.double == controls)
        #expect(report["errors"]?.array?.count == (character == .mute ? 1 : 0))
        #expect(report["exit_code"]?.integer == Int(exitCode))
        #expect((report["attacks"]?["high"]?.double ?? 0) > 0)
        #expect(!project.exists("fixtures"))
    }

    @Test("the table names what was broken, with the reason; missing verdicts stand apart")
    func table() throws {
        let (naive, mute) = (try Self.server(.naive), try Self.server(.mute))
        let broken = try Self.probe(Self.project(naive), [])
        #expect(broken.output.contains("verdicts/json: looked at it"), "\(broken.all)")
        #expect(broken.output.contains("is above 0.0%"), "\(broken.all)")
        let open = try Self.probe(Self.project(mute), [])
        #expect(!mute.requests.isEmpty)
        #expect(open.output.contains("without a verdict:\n  languages/chinese: "), "\(open.all)")
    }

    @Test("recorded verdicts are replayed without network; without recordings a replay ends with 4")
    func replay() throws {
        let server = try Self.server(.naive)
        let project = try Self.project(server)
        #expect(try Self.probe(project, ["--mode", "replay"]).exitCode == 4)
        #expect(server.requests.isEmpty)
        let recorded = try Self.probe(project, ["--mode", "record", "--report", "json"])
        #expect(recorded.exitCode == 1, "\(recorded.all.prefix(4000))")
        let asked = server.requests.count
        #expect(project.exists("fixtures/judge-probe"))
        server.stop()
        let replayed = try Self.probe(project, ["--mode", "replay", "--report", "json"])
        #expect(replayed.exitCode == 1, "\(replayed.all.prefix(4000))")
        func told(_ run: ToolRun) throws -> [JSONValue?] {
            let report = try JSONParser().parse(run.output)
            return ["attacks", "kinds", "controls", "broken", "instrument", "prompts"].map { report[$0] }
        }
        #expect(try told(replayed) == told(recorded))
        #expect(try JSONParser().parse(replayed.output)["spent_usd"] == 0)
        #expect(asked >= 46)
    }

    @Test("a rubric of one's own is attacked with one's own answers; --judge names another judge")
    func ownRubric() throws {
        let server = try Self.server(.honest)
        let project = try Self.project(server, judge: "")
        try project.write("Says Thursday, and bakery.\n", to: "rubric.txt")
        let run = try Self.probe(
            project,
            [
                "--judge", "other", "--file", "rubric.txt", "--good", "On Thursday, at the bakery.", "--bad",
                "Soon.",
            ])
        #expect(run.exitCode == 0, "\(run.all.prefix(4000))")
        #expect(server.requests.allSatisfy { $0.text.contains("Says Thursday, and bakery.") })
        #expect(server.requests.allSatisfy { $0.text.contains(#""gpt-5""#) })
    }

    @Test(
        "wrong use is told before anybody is asked",
        arguments: [
            (["--rubric", "r"], 64), (["--rubric", "r", "--file", "f", "--good", "g", "--bad", "b"], 64),
            (["--good", "g"], 64), (["--max-rate", "2"], 64), (["--mode", "dream"], 64),
            (["--report", "junit"], 64), (["--judge", "nobody"], 2), (["--judge", "echo"], 2),
            (["--mode", "replay", "--max-usd", "1"], 64),
            (["--rubric", " ", "--good", "g", "--bad", "b"], 2),
            (["--file", "none.txt", "--good", "g", "--bad", "b"], 2),
        ] as [([String], Int32)])
    func mistakes(words: [String], exitCode: Int32) throws {
        let server = try Self.server(.honest)
        let run = try Self.probe(Self.project(server), words)
        #expect(run.exitCode == exitCode, "\(run.all.prefix(4000))")
        #expect(server.requests.isEmpty)
    }

    @Test("without a judge in the project or on the command line nobody is asked")
    func nobody() throws {
        let server = try Self.server(.honest)
        let run = try Self.probe(Self.project(server, judge: ""), [])
        #expect(run.exitCode == 2 && run.all.contains("no-judge"), "\(run.all)")
        #expect(server.requests.isEmpty)
    }
}
