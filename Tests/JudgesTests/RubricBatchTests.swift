import Assertions
import Evals
import JSON
import Testing

@testable import Judges

@Suite("Rubrics of one case")
struct RubricBatchTests {
    /// A judge that meets criteria unless they say "bad"; it finds them in the numbered list.
    private static let judge: ScriptedModel.Script = { request in
        guard request.text.contains("rubrics: ") else {
            let isBad = request.text.contains("rubric: bad")
            return .says(["reason": "alone", "pass": .bool(!isBad)])
        }
        return .says(["verdicts": .array(verdicts(in: request.text))])
    }

    private static func verdicts(in text: String) -> [JSONValue] {
        let lines = text.split(separator: "\n").map { line in
            line.hasPrefix("rubrics: ") ? line.dropFirst("rubrics: ".count) : line
        }
        return lines.compactMap { line in
            let parts = line.split(separator: ". ", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[0]) else { return nil }
            return [
                "criterion": .integer(number), "reason": .string("about \(parts[1])"),
                "pass": .bool(!parts[1].contains("bad")),
            ]
        }
    }

    private func bench(_ model: ScriptedModel, batches: Bool = true) -> JudgeBench {
        var bench = JudgeBench(model)
        bench.desk.settings.batchesRubrics = batches
        return bench
    }

    private static let three = [
        JudgeBench.specification("llm-rubric", value: "good one"),
        JudgeBench.specification("llm-rubric", value: ["bad one", "good two"]),
        JudgeBench.specification("not-llm-rubric", value: "bad two", metric: "tone"),
    ]

    @Test("are judged in one call when the project says so, and each takes its own verdicts")
    func batched() async throws {
        let model = ScriptedModel(Self.judge)
        let results = try await bench(model).results(Self.three)
        #expect(model.requests.count == 1)
        #expect(model.requests[0].site.purpose == "judge/rubrics")
        #expect(results.map(\.passed) == [true, false, true])
        #expect(results.map(\.score) == [1, 0.5, 1])
        #expect(results.allSatisfy { $0.error == nil && $0.stamp?.prompts == ["judge-rubrics@1"] })
        #expect(
            results[1].details?["criteria"]?.array?.map { $0["reason"] } == [
                "about bad one", "about good two",
            ])
    }

    @Test("are judged one by one else, with the same verdicts")
    func unbatched() async throws {
        let model = ScriptedModel(Self.judge)
        let results = try await bench(model, batches: false).results(Self.three)
        #expect(
            model.requests.map(\.site.purpose) == [
                "judge/llm-rubric-1", "judge/llm-rubric-2", "judge/tone",
            ])
        #expect(results.map(\.passed) == [true, false, true] && results.map(\.score) == [1, 0.5, 1])
    }

    @Test("are judged one by one where judges need a calibration, which holds for a rubric asked alone")
    func calibrated() async throws {
        let model = ScriptedModel(Self.judge)
        var bench = bench(model)
        bench.desk.settings.requiredAgreement = 0.6
        bench.desk.allowsUncalibrated = true
        _ = try await bench.results(Self.three)
        #expect(model.requests.count == 3)
    }

    @Test("asked together are another instrument than asked alone")
    func instruments() async throws {
        let together = try await bench(ScriptedModel(Self.judge)).results(Self.three)
        let alone = try await bench(ScriptedModel(Self.judge), batches: false).results(Self.three)
        #expect(zip(together, alone).allSatisfy { $0.stamp?.instrument != $1.stamp?.instrument })
    }

    @Test(
        "are judged together only where judges, scale and part of the answer are the same",
        arguments: [
            (["scale": "1-5"], 0.5, nil, []), (["judge": "second"], nil, nil, []),
            (["panel": ["models": ["judge", "second"]]], nil, nil, []), ([:], nil, "$.text", []),
            ([:], nil, nil, [.named(.lower)]),
        ] as [(JSONObject, Double?, String?, [TransformStep])])
    func apart(_ options: JSONObject, threshold: Double?, select: String?, transform: [TransformStep])
        async throws
    {
        let model = ScriptedModel { request in
            request.text.contains("\"score\"")
                ? .says(["reason": "r", "score": 5]) : .says(["reason": "r", "pass": true])
        }
        var bench = bench(model)
        bench.reply.content = #"{"text": "On its way."}"#
        let results = try await bench.results([
            JudgeBench.specification("llm-rubric", value: "good"),
            JudgeBench.specification(
                "llm-rubric", value: "fine", threshold: threshold, options: options, select: select,
                transform: transform),
        ])
        #expect(results.allSatisfy { $0.passed })
        #expect(model.requests.allSatisfy { $0.text.contains("rubric: ") })
        #expect(model.requests.count == (options["panel"] == nil ? 2 : 3))
    }

    @Test("with different thresholds are judged together")
    func thresholds() async throws {
        let model = ScriptedModel(Self.judge)
        let results = try await bench(model).results([
            JudgeBench.specification("llm-rubric", value: ["good", "bad"], threshold: 0.5),
            JudgeBench.specification("llm-rubric", value: ["good", "bad"], threshold: 0.6),
        ])
        #expect(results.map(\.passed) == [true, false] && model.requests.count == 1)
        #expect(model.requests[0].text.contains("rubrics: 1. good\n2. bad\n"))
    }

    @Test("are put to each judge of a panel once, and once in each of its turns")
    func panel() async throws {
        let model = ScriptedModel(Self.judge)
        var bench = bench(model)
        bench.desk.settings.panel = JudgePanel(models: ["judge", "second"], repetition: 2)
        let results = try await bench.results(Self.three)
        #expect(model.requests.count == 4)
        for name in ["judge", "second"] {
            #expect(model.requests.filter { $0.model.name == name }.map(\.call) == [1, 2])
        }
        #expect(results.map(\.passed) == [true, false, true])
        #expect(results.allSatisfy { $0.stamp?.votes.count == 4 })
    }

    @Test("are all errored when one verdict is missing, after one repair call for all")
    func missing() async throws {
        let model = ScriptedModel { request in
            .says(["verdicts": .array(Array(Self.verdicts(in: request.text).dropLast()))])
        }
        let results = try await bench(model).results(Self.three)
        #expect(results.allSatisfy { $0.error?.kind == .judge && !$0.passed && $0.score == 0 })
        #expect(model.requests.count == 2)
    }

    @Test("are all errored with the kind of error that the call had")
    func kind() async throws {
        let model = ScriptedModel { (_: ModelRequest) throws(EvaluationError) -> Reply in
            throw EvaluationError(.fixtureMissing, "no recording")
        }
        let results = try await bench(model).results(Self.three)
        #expect(results.allSatisfy { $0.error?.kind == .fixtureMissing } && model.requests.count == 1)
    }

    @Test("are asked alone where there is one only, and in a set")
    func alone() async throws {
        let model = ScriptedModel(Self.judge)
        var set = JudgeBench.specification("assert-set")
        set.inner = [JudgeBench.specification("llm-rubric", value: "good in a set")]
        let results = try await bench(model).results([
            JudgeBench.specification("llm-rubric", value: "good"), set,
        ])
        #expect(results.allSatisfy { $0.passed })
        #expect(
            model.requests.map(\.site.purpose) == ["judge/llm-rubric-1", "judge/assert-set-2.llm-rubric-1"])
    }
}
