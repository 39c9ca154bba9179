import Diagnostics
import Evals
import JSON
import Synchronization
import Testing

@testable import Judges

@Suite("A panel")
struct PanelTests {
    private static let three: JSONValue = ["judge", "second", "third"]

    /// Judges that pass or not, by name.
    private func bench(_ votes: [String: Bool]) -> (bench: JudgeBench, model: ScriptedModel) {
        let model = ScriptedModel { request in
            .says([
                "reason": .string("says \(request.model.name)"),
                "pass": .bool(votes[request.model.name] ?? false),
            ])
        }
        return (JudgeBench(model), model)
    }

    @Test(
        "votes",
        arguments: [
            ("majority", [true, true, false], true), ("majority", [true, false, false], false),
            ("majority", [true, true, true], true), ("majority", [false, false, false], false),
            ("all", [true, true, true], true), ("all", [true, true, false], false),
            ("mean", [true, true, false], true), ("mean", [true, false, false], false),
        ])
    func votes(_ vote: String, votes: [Bool], passes: Bool) async throws {
        let (bench, model) = bench(["judge": votes[0], "second": votes[1], "third": votes[2]])
        let result = try await bench.result(
            "llm-rubric", value: "Is polite.",
            options: ["panel": ["models": Self.three, "vote": .string(vote)]])
        #expect(result.error == nil && result.passed == passes)
        let share = Double(votes.count { $0 }) / 3
        #expect(abs(result.score - share) < 1e-12)
        #expect(result.stamp?.votes == votes && result.stamp?.models == ["judge", "second", "third"])
        #expect(model.requests.count == 3)
        let disagreement = try #require(result.details?["disagreement"]?.double)
        #expect(abs(disagreement - min(share, 1 - share)) < 1e-12)
        #expect(result.details?["vote"] == .string(vote))
        #expect(
            result.details?["panel"]?.array?.compactMap { $0["judge"]?.string } == [
                "judge", "second", "third",
            ])
    }

    @Test(
        "that is split evenly has no majority, and a mean of one half",
        arguments: ["majority", "mean", "all"])
    func tie(_ vote: String) async throws {
        let (bench, _) = bench(["judge": true, "second": false])
        let result = try await bench.result(
            "llm-rubric", value: "Is polite.",
            options: ["panel": ["models": ["judge", "second"], "vote": .string(vote)]])
        #expect(result.passed == (vote == "mean") && result.score == 0.5)
        #expect(result.details?["disagreement"] == 0.5)
        #expect(result.reason.hasPrefix("1 of 2 judges pass it: says "))
    }

    @Test(
        "turns each vote under not- before it counts them: disagreement passes neither",
        arguments: [
            ("all", [true, true, true], false), ("all", [true, false, false], false),
            ("all", [true, true, false], false), ("all", [false, false, false], true),
            ("majority", [true, true, false], false), ("majority", [true, false, false], true),
            ("majority", [true, false], false), ("majority", [false, false], true),
            ("mean", [true, true, false], false), ("mean", [true, false, false], true),
            ("mean", [true, false], false),
        ])
    func negatedVotes(_ vote: String, votes: [Bool], passes: Bool) async throws {
        let names = ["judge", "second", "third"].prefix(votes.count)
        let (bench, _) = bench(Dictionary(uniqueKeysWithValues: zip(names, votes)))
        let options: JSONObject = [
            "panel": ["models": .array(names.map { .string($0) }), "vote": .string(vote)]
        ]
        let result = try await bench.result("not-llm-rubric", value: "Is polite.", options: options)
        #expect(result.error == nil && result.passed == passes)
        #expect(result.stamp?.votes == votes)
        let share = Double(votes.count { $0 }) / Double(votes.count)
        #expect(abs(result.score - (1 - share)) < 1e-12)
        let plain = try await bench.result("llm-rubric", value: "Is polite.", options: options)
        #expect(!(plain.passed && result.passed))
    }

    @Test("votes by mean on whole rubrics: half of the criteria met is no pass of any judge")
    func meanOfVerdicts() async throws {
        let model = ScriptedModel { _ in
            .says([
                "verdicts": [
                    ["criterion": 1, "reason": "r", "pass": true],
                    ["criterion": 2, "reason": "r", "pass": false],
                ]
            ])
        }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: ["a", "b"],
            options: ["panel": ["models": ["judge", "second"], "vote": "mean"]])
        #expect(!result.passed && result.score == 0.5 && result.stamp?.votes == [false, false])
    }

    @Test("with a threshold counts whose scores reach it; by mean the mean has to")
    func threshold() async throws {
        let model = ScriptedModel { request in
            .says(["reason": "r", "score": request.model.name == "judge" ? 10 : 4])
        }
        for (vote, threshold, passes) in [
            ("majority", 0.5, false), ("majority", 0.4, true), ("mean", 0.6, true), ("mean", 0.61, false),
            ("all", 0.4, true), ("all", 0.5, false),
        ] {
            let result = try await JudgeBench(model).result(
                "llm-rubric", value: "Is polite.", threshold: threshold,
                options: [
                    "scale": "0-10",
                    "panel": ["models": Self.three, "vote": .string(vote)],
                ])
            #expect(result.passed == passes, "\(vote) \(threshold)")
            #expect(abs(result.score - 0.6) < 1e-12)
        }
    }

    @Test("asks each judge as often as it is told, each time as a call of its own")
    func repeats() async throws {
        let (bench, model) = bench(["judge": true, "second": false])
        let result = try await bench.result(
            "llm-rubric", value: "Is polite.",
            options: ["panel": ["models": ["judge", "second"], "repeat": 3]])
        #expect(result.stamp?.votes == [true, false, true, false, true, false])
        for name in ["judge", "second"] {
            #expect(model.requests.filter { $0.model.name == name }.map(\.call) == [1, 2, 3])
        }
    }

    @Test(
        "of which one judge gives no verdict gives none",
        arguments: ["judge", "second", "third"], ["majority", "mean", "all"])
    func missing(_ broken: String, vote: String) async throws {
        let model = ScriptedModel { request in
            request.model.name == broken
                ? Reply(content: "It passes, I think.") : .says(["reason": "r", "pass": true])
        }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: "Is polite.",
            options: ["panel": ["models": Self.three, "vote": .string(vote)]])
        #expect(!result.passed && result.score == 0)
        #expect(result.error?.kind == .judge && result.error?.message.contains("'\(broken)'") == true)
    }

    @Test("of which one judge fails in a later round gives no verdict")
    func missingLater() async throws {
        let model = ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            if request.call == 3 { throw EvaluationError(.timeout, "no answer in time") }
            return .says(["reason": "r", "pass": true])
        }
        let result = try await JudgeBench(model).result(
            "llm-rubric", value: "Is polite.", options: ["panel": ["models": ["judge"], "repeat": 3]])
        #expect(result.error?.kind == .timeout && !result.passed)
    }

    @Test("can't have the same model under two names")
    func twins() async throws {
        var (bench, model) = bench(["judge": true])
        bench.desk.models["twin"] = ModelSpecification(
            name: "twin", provider: "scripted", model: "scripted-judge")
        let result = try await bench.result(
            "llm-rubric", value: "Is polite.", options: ["panel": ["models": ["judge", "twin"]]])
        #expect(result.error?.kind == .judge && result.reason.contains("are the same model"))
        #expect(model.requests.isEmpty)
    }

    @Test("of the assertion stands before that of the project")
    func own() async throws {
        let (bench, model) = bench(["second": true])
        let result = try await bench.result("llm-rubric", value: "Is polite.", options: ["judge": "second"])
        #expect(result.passed && model.requests.map(\.model.name) == ["second"])
    }

    @Test(
        "is stated as a name or a mapping",
        arguments: [
            ("judge", "a", JudgePanel(models: ["a"])),
            ("panel", ["models": ["a"]], JudgePanel(models: ["a"])),
            (
                "panel", ["models": ["a", "b"], "vote": "all", "repeat": 25],
                JudgePanel(models: ["a", "b"], vote: .all, repetition: 25)
            ),
            ("panel", ["models": ["a"], "vote": "mean"], JudgePanel(models: ["a"], vote: .mean)),
            ("scale", "1-5", nil),
        ] as [(String, JSONValue, JudgePanel?)])
    func stated(_ option: String, value: JSONValue, panel: JudgePanel?) throws {
        let options = JSONObject([(option, value)])
        #expect(try JudgePanel(of: JudgeBench.specification("llm-rubric", options: options)) == panel)
        #expect(
            JudgedAssertion.needs(JudgeBench.specification("llm-rubric", options: options)).map(\.names) == [
                panel?.models
            ])
    }

    @Test(
        "is not stated by anything else",
        arguments: [
            (["judge": ""], "not the name of a model"), (["judge": 5], "not the name of a model"),
            (["judge": ["a"]], "not the name of a model"), (["judge": nil], "not the name of a model"),
            (["judge": "a", "panel": ["models": ["b"]]], "can't both"),
            (["panel": "a"], "not a mapping"), (["panel": ["a", "b"]], "not a mapping"),
            (["panel": [:]], "not a list of names"), (["panel": ["models": "a"]], "not a list of names"),
            (["panel": ["models": []]], "not a list of names"),
            (["panel": ["models": ["a", 5]]], "not a list of names"),
            (["panel": ["models": ["a", ""]]], "not a list of names"),
            (["panel": ["models": ["a", "a"]]], "twice"),
            (["panel": ["models": ["a"], "vote": "most"]], "none of majority"),
            (["panel": ["models": ["a"], "vote": true]], "none of majority"),
            (["panel": ["models": ["a"], "repeat": 0]], "from 1 to 25"),
            (["panel": ["models": ["a"], "repeat": 26]], "from 1 to 25"),
            (["panel": ["models": ["a"], "repeat": 1.5]], "from 1 to 25"),
            (["panel": ["models": ["a"], "repeat": "2"]], "from 1 to 25"),
            (["panel": ["models": ["a"], "votes": "all"]], "unknown key 'votes'"),
        ] as [(JSONObject, String)])
    func misstated(_ options: JSONObject, why: String) {
        let mistakes = JudgeBench.mistakes("llm-rubric", value: "Is polite.", options: options)
        #expect(mistakes.map(\.id) == ["bad-judge"])
        #expect(mistakes.first?.message.contains(why) == true && mistakes.first?.hint != nil)
        #expect(mistakes.first?.mark?.line == 3)
    }
}
