import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("The metrics of DeepEval")
struct DeepEvalMetricsTests {
    /// A metric, what the judge says, and what comes out.
    struct Example: Sendable, CustomStringConvertible {
        var metric: String
        var words: [String]
        var options: JSONObject = [:]
        var threshold: Double?
        var score: Double
        var passed: Bool
        var description: String { "\(metric) \(words) \(options) \(threshold.map { "\($0)" } ?? "-")" }

        /// A judge who lists as many things as there are words, and gives those as verdicts.
        var model: ScriptedModel {
            let list =
                words.isEmpty ? JudgeScript.list([], whyNone: "None.") : JudgeScript.list(of: words.count)
            return JudgeScript(answers: [
                ("statements", JudgeScript.verdicts(words)), ("sentences", JudgeScript.verdicts(words)),
                ("opinions", JudgeScript.verdicts(words)), ("contexts", JudgeScript.verdicts(words)),
                ("reference", list), ("answer", list),
            ]).model
        }

        /// A case with as many contexts as there are words.
        func bench(_ model: ScriptedModel) -> JudgeBench {
            var bench = JudgeBench(model)
            bench.context = (0..<max(1, words.count)).map { "context \($0 + 1)" }
            bench.reference = Array(repeating: "It was sent on Monday.", count: max(1, words.count))
                .joined(separator: " ")
            return bench
        }
    }

    @Test(
        "Scores are those that were worked out by hand",
        arguments: [
            Example(
                metric: "answer-relevancy", words: ["yes", "idk", "no", "no"], score: 0.5, passed: true),
            Example(metric: "answer-relevancy", words: ["no", "no", "yes"], score: 1.0 / 3, passed: false),
            Example(metric: "answer-relevancy", words: [], score: 1, passed: true),
            // (1/1 + 2/3) / 2
            Example(
                metric: "contextual-precision", words: ["yes", "no", "yes"], score: 5.0 / 6, passed: true),
            // 1/3
            Example(
                metric: "contextual-precision", words: ["no", "no", "yes"], score: 1.0 / 3, passed: false),
            Example(metric: "contextual-precision", words: ["no", "no"], score: 0, passed: false),
            Example(
                metric: "contextual-recall", words: ["yes", "yes", "no", "yes"], score: 0.75, passed: true),
            Example(metric: "contextual-recall", words: ["no", "no", "yes"], score: 1.0 / 3, passed: false),
            // The measure is the share that is bad, and the score is 1 less that.
            Example(
                metric: "hallucination", words: ["yes", "no", "yes", "yes"], score: 0.75, passed: true),
            Example(metric: "hallucination", words: ["no", "no", "yes"], score: 1.0 / 3, passed: false),
            Example(metric: "hallucination", words: ["yes", "no"], score: 0.5, passed: true),
            Example(
                metric: "hallucination", words: ["yes", "no"], threshold: 0.4, score: 0.5, passed: false),
            Example(
                metric: "hallucination", words: ["yes", "no"], options: ["strict": true], score: 0.5,
                passed: false),
            Example(
                metric: "hallucination", words: ["yes", "yes"], options: ["strict": true], score: 1,
                passed: true),
            Example(metric: "bias", words: ["no", "no", "yes"], score: 2.0 / 3, passed: true),
            Example(metric: "bias", words: ["yes", "yes", "no"], score: 1.0 / 3, passed: false),
            Example(metric: "bias", words: [], options: ["strict": true], score: 1, passed: true),
            Example(metric: "toxicity", words: ["yes"], score: 0, passed: false),
            Example(metric: "toxicity", words: ["no", "yes"], threshold: 0.5, score: 0.5, passed: true),
            Example(metric: "toxicity", words: [], score: 1, passed: true),
        ])
    func scores(_ example: Example) async throws {
        let bench = example.bench(example.model)
        let result = try await bench.result(
            "deepeval/\(example.metric)", threshold: example.threshold, options: example.options)
        #expect(result.error == nil)
        #expect(abs(result.score - example.score) < 1e-9)
        #expect(result.passed == example.passed)
        if ["hallucination", "bias", "toxicity"].contains(example.metric) {
            let measure = try #require(result.details?["measure"]?.double)
            #expect(abs(measure + result.score - 1) < 1e-9)
        }
        let negated = try await bench.result(
            "not-deepeval/\(example.metric)", threshold: example.threshold, options: example.options)
        #expect(negated.passed != example.passed && abs(negated.score - (1 - example.score)) < 1e-9)
    }

    @Test(
        "A judge who does not give one verdict for each thing gives none, and is asked once more",
        arguments: [
            "answer-relevancy", "contextual-precision", "contextual-recall", "hallucination", "bias",
            "toxicity",
        ])
    func badVerdicts(_ metric: String) async throws {
        let bad: [(String, JSONValue)] = [
            ("too few", JudgeScript.verdicts([(1, "yes")])),
            ("none", JudgeScript.verdicts([String]())),
            ("too many", JudgeScript.verdicts(["yes", "yes", "yes"])),
            ("one twice", JudgeScript.verdicts([(1, "yes"), (1, "yes")])),
            ("one twice beside all", JudgeScript.verdicts([(1, "yes"), (2, "yes"), (2, "no")])),
            ("from zero", JudgeScript.verdicts([(0, "yes"), (1, "yes")])),
            ("a word within a word", JudgeScript.verdicts(["yes", "yesterday"])),
            ("another case", JudgeScript.verdicts(["yes", "YES"])),
            ("an empty word", JudgeScript.verdicts(["yes", ""])),
            ("empty", ""),
            ("prose around it", "Sure: {\"verdicts\": []}"),
            ("two values", "{\"verdicts\": []} {\"verdicts\": []}"),
        ]
        for (name, answer) in bad {
            let model = JudgeScript(answers: [
                ("statements", answer), ("sentences", answer), ("opinions", answer), ("contexts", answer),
                ("reference", JudgeScript.list(of: 2)), ("answer", JudgeScript.list(of: 2)),
            ]).model
            var bench = JudgeBench(model)
            bench.context = ["one", "two"]
            bench.reference = "It was sent on Monday. It came on Tuesday."
            let type = "deepeval/\(metric)"
            for type in [type, "not-\(type)"] {
                let result = try await bench.result(type)
                #expect(!result.passed && result.score == 0, "\(name)")
                #expect(result.error?.kind == .judge, "\(name)")
            }
            let repairs = model.requests.filter { $0.text.contains("That was no valid verdict") }
            #expect(repairs.count == 2, "\(name)")
        }
    }

    @Test("A list that is mended when the judge is asked once more counts")
    func repaired() async throws {
        let model = ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            .says(JudgeScript.verdicts(request.messages.count == 1 ? ["yes"] : ["yes", "no"]))
        }
        var bench = JudgeBench(model)
        bench.context = ["one", "two"]
        let result = try await bench.result("deepeval/hallucination")
        #expect(result.error == nil && result.score == 0.5)
        #expect(model.requests.count == 2)
        #expect(model.requests[1].text.contains("missing: 2"))
    }

    @Test(
        "A judge who refuses, is cut off or can't be reached gives no verdict",
        arguments: ["refusal", "length", "content_filter", "timeout"])
    func noVerdict(_ what: String) async throws {
        let model = ScriptedModel { (_: ModelRequest) throws(EvaluationError) -> Reply in
            let text = JSONWriter.compact.text(of: JudgeScript.verdicts(["yes"]))
            switch what {
            case "refusal": return Reply(content: text, finishReason: "stop", refusal: "No.")
            case "timeout": throw EvaluationError(.timeout, "no answer in time")
            default: return Reply(content: text, finishReason: what)
            }
        }
        var bench = JudgeBench(model)
        bench.context = ["one"]
        let result = try await bench.result("deepeval/hallucination")
        #expect(!result.passed)
        #expect(result.error?.kind == (what == "timeout" ? .timeout : .judge))
    }

    @Test(
        "Contextual relevancy counts statements over all texts, each of which must be there",
        arguments: [
            // 3 statements of 4 are relevant.
            ([(2, ["yes", "no"]), (1, ["yes", "yes"])], 0.75, true),
            ([(1, []), (2, ["no", "no", "yes"])], 1.0 / 3, true),
            ([(1, []), (2, [])], 0, true),
            ([(1, ["yes"])], 0, false),
            ([(1, ["yes"]), (1, ["yes"])], 0, false),
            ([(1, ["yes"]), (2, ["yes"]), (3, ["yes"])], 0, false),
            ([(1, ["yes"]), (2, ["relevant"])], 0, false),
        ] as [([(Int, [String])], Double, Bool)])
    func relevancy(_ lists: [(Int, [String])], _ score: Double, _ isVerdict: Bool) async throws {
        let contexts = lists.map { number, words -> JSONValue in
            let statements = words.map { word -> JSONValue in
                ["statement": "It is so.", "reason": "Since.", "verdict": .string(word)]
            }
            return ["number": .integer(number), "statements": .array(statements)]
        }
        let model = JudgeScript(answers: [("contexts", ["contexts": .array(contexts)])]).model
        var bench = JudgeBench(model)
        bench.context = ["one", "two"]
        let result = try await bench.result("deepeval/contextual-relevancy")
        #expect((result.error == nil) == isVerdict)
        #expect(abs(result.score - score) < 1e-9)
        #expect(result.passed == (isVerdict && score >= 0.5))
    }

    @Test("Retrieved texts stand unchanged between numbered tags")
    func contexts() async throws {
        let model = JudgeScript(answers: [("contexts", JudgeScript.verdicts(["yes", "yes"]))]).model
        var bench = JudgeBench(model)
        bench.context = ["one\n</contexts-1>", "{\"two\": 2}"]
        _ = try await bench.result("deepeval/hallucination")
        let text = try #require(model.requests.first?.text)
        let tag = try #require(text.split(separator: "\n").first { $0.hasPrefix("tag: ") }).dropFirst(5)
        #expect(text.contains("<contexts-1-\(tag)>\none\n</contexts-1>\n</contexts-1-\(tag)>"))
        #expect(text.contains("<contexts-2-\(tag)>\n{\"two\": 2}\n</contexts-2-\(tag)>"))
    }

    @Test(
        "An answer without text has no opinion to judge: it fails, and no judge is asked",
        arguments: ["bias", "toxicity", "not-bias", "not-toxicity"])
    func noText(_ metric: String) async throws {
        let type = metric.hasPrefix("not-") ? "not-deepeval/\(metric.dropFirst(4))" : "deepeval/\(metric)"
        for answer in ["", " \n"] {
            let model = ScriptedModel(inTurn: [])
            let result = try await JudgeBench(model, answer: answer).result(type)
            #expect(!result.passed && result.score == 0 && result.error == nil && model.requests.isEmpty)
        }
    }

    @Test(
        "The reference's sentences are told apart here, so that the judge can leave none out",
        arguments: [
            ("It was sent. It came. It was opened.", ["It was sent.", "It came.", "It was opened."]),
            ("on Monday", ["on Monday"]), ("–", ["–"]),
        ])
    func referenceSentences(_ reference: String, sentences: [String]) async throws {
        let words = sentences.indices.map { $0 == 0 ? "yes" : "no" }
        let model = JudgeScript(answers: [("sentences", JudgeScript.verdicts(words))]).model
        var bench = JudgeBench(model)
        bench.context = ["It was sent."]
        bench.reference = reference
        let result = try await bench.result("deepeval/contextual-recall")
        #expect(result.error == nil && abs(result.score - 1 / Double(sentences.count)) < 1e-9)
        let listed = result.details?["sentences"]?.array?.compactMap { $0["sentence"]?.string }
        #expect(listed == sentences && model.requests.count == 1)
        let lazy = JudgeScript(answers: [("sentences", JudgeScript.verdicts(["yes", "yes", "yes", "yes"]))])
            .model
        bench.model = lazy
        #expect(try await bench.result("deepeval/contextual-recall").error?.kind == .judge)
    }

    @Test("Bias and toxicity in one case ask different questions, so that neither depends on the other")
    func numbering() async throws {
        let model = JudgeScript(answers: [
            ("opinions", JudgeScript.verdicts(["no"])), ("answer", JudgeScript.list(of: 1)),
        ]).model
        let results = try await JudgeBench(model).results([
            JudgeBench.specification("deepeval/bias"), JudgeBench.specification("deepeval/toxicity"),
        ])
        #expect(results.map(\.passed) == [true, true])
        #expect(model.requests.map(\.call) == [1, 1, 1, 1])
    }

    @Test(
        "What a metric can't do without is asked for",
        arguments: [
            ("contextual-precision", "reference:"), ("contextual-recall", "reference:"),
            ("answer-relevancy", "question:"), ("contextual-relevancy", "question:"),
        ])
    func missing(_ metric: String, _ hint: String) async throws {
        var bench = JudgeBench(ScriptedModel(inTurn: []))
        bench.context = ["one"]
        if hint == "question:" { bench.messages = [] }
        let result = try await bench.result("deepeval/\(metric)")
        #expect(!result.passed && result.error?.kind == .assertion)
        #expect(result.error?.hint?.contains(hint) == true)
    }

    @Test(
        "Options have to make sense",
        arguments: [
            ("deepeval/faithfulness", nil, ["strict": true], nil),
            ("deepeval/faithfulness", 0, ["penalize_ambiguous_claims": false], nil),
            ("deepeval/bias", 1, [:], nil),
            ("deepeval/faithfulness", nil, ["strict": "yes"], "bad-value"),
            ("deepeval/faithfulness", nil, ["penalize_ambiguous_claims": 1], "bad-value"),
            ("deepeval/bias", 0.5, ["strict": true], "bad-value"),
            ("deepeval/faithfulness", 1.5, [:], "bad-threshold"),
            ("deepeval/bias", -0.1, [:], "bad-threshold"),
            ("deepeval/bias", 1.1, [:], "bad-threshold"),
            ("deepeval/bias", .nan, [:], "bad-threshold"),
            ("grounded", 2, [:], "bad-threshold"),
            ("grounded", nil, ["judge": 3], "bad-judge"),
        ] as [(String, Double?, JSONObject, String?)])
    func options(_ type: String, _ threshold: Double?, _ options: JSONObject, _ mistake: String?) {
        let mistakes = JudgeBench.mistakes(type, threshold: threshold, options: options)
        #expect(mistakes.map(\.id) == [mistake].compactMap(\.self))
    }

    @Test("A panel votes on the metric, and a judge without verdict leaves none")
    func panel() async throws {
        let model = ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            .says(JudgeScript.verdicts(request.model.name == "third" ? ["no"] : ["yes"]))
        }
        var bench = JudgeBench(model)
        bench.context = ["one"]
        let result = try await bench.result(
            "deepeval/hallucination", options: ["panel": ["models": ["judge", "second", "third"]]])
        #expect(result.passed && result.stamp?.votes == [true, true, false])
        #expect(abs(result.score - 2.0 / 3) < 1e-9)
        let broken = ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            .says(JudgeScript.verdicts(request.model.name == "third" ? ["yes", "yes"] : ["yes"]))
        }
        bench.model = broken
        let errored = try await bench.result(
            "deepeval/hallucination", options: ["panel": ["models": ["judge", "second", "third"]]])
        #expect(!errored.passed && errored.error?.kind == .judge)
    }
}
