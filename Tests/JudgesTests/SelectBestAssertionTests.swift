import Diagnostics
import Evals
import JSON
import Testing

@testable import Judges

@Suite("select-best")
struct SelectBestAssertionTests {
    private typealias Contestant = ComparisonBench.Contestant

    private static let models = [
        Contestant("a", "fair!"), Contestant("b", "good!!"), Contestant("c", "bad"),
    ]
    /// Chooses the text with the most exclamation marks.
    private static let honest: ScriptedModel.Script = { request in
        let marks = request.listed.map { $0.count { $0 == "!" } }
        let best = marks.firstIndex(of: marks.max() ?? 0) ?? 0
        return .says(["reason": "because", "best": .integer(best + 1)])
    }
    /// Chooses the text that stands first.
    private static let lazy: ScriptedModel.Script = { _ in .says(["reason": "because", "best": 1]) }

    private static let specification = JudgeBench.specification("select-best", value: "Is the best.")

    @Test(
        "one comparison serves all executions, whoever comes first, and is counted in the first one",
        arguments: [nil, [0, 1, 2], [2, 1, 0], [1, 2, 0]] as [[Int]?])
    func shared(order: [Int]?) async throws {
        let bench = ComparisonBench(Self.models, judge: Self.honest)
        let outcomes = try await bench.outcomes([Self.specification], order: order)
        #expect(outcomes.map { $0.results[0].score } == [0, 1, 0])
        #expect(outcomes.map { $0.results[0].passed } == [false, true, false])
        #expect(outcomes.map(\.use.calls) == [2, 0, 0])
        let questions = bench.questions
        #expect(questions.count == 2)
        #expect(Set(questions.map(\.listed)) == [["fair!", "good!!", "bad"], ["bad", "good!!", "fair!"]])
        #expect(questions.allSatisfy { $0.site.model == "a" && $0.call == 1 })
        #expect(questions.allSatisfy { $0.site.purpose == "judge/select-best-1" })
        #expect(bench.model.requests.count == 3 + 2)
        let details = try #require(outcomes[1].results[0].details)
        #expect(details["candidates"]?[1] == ["prompt": "p", "model": "b", "number": 2])
        #expect(details["flipped"] == false)
        #expect(Set(outcomes.map { $0.results[0].stamp?.instrument }).count == 1)
    }

    @Test("a judge that likes a place makes ties, which fail unless the threshold lets them pass")
    func flipped() async throws {
        let bench = ComparisonBench(Self.models, judge: Self.lazy)
        let results = try await bench.results("select-best")
        #expect(results.map(\.score) == [0.5, 0, 0.5])
        #expect(results.map(\.passed) == [false, false, false])
        #expect(results.allSatisfy { $0.stamp?.isFlipped == true && $0.details?["position"] == 1 })
        let lenient = try await bench.results("select-best", threshold: 0.5)
        #expect(lenient.map(\.passed) == [true, false, true])
    }

    @Test("equal texts are shown once and tie; when all are equal nobody is asked")
    func equal() async throws {
        let bench = ComparisonBench(Self.models + [Contestant("d", "good!!")], judge: Self.honest)
        let results = try await bench.results("select-best")
        #expect(results.map(\.score) == [0, 0.5, 0, 0.5])
        #expect(bench.questions.allSatisfy { $0.listed.count == 3 })
        let same = ComparisonBench([Contestant("a", "x"), Contestant("b", "x")], judge: Self.honest)
        let ties = try await same.results("select-best")
        #expect(ties.map(\.score) == [0.5, 0.5])
        #expect(ties.allSatisfy { !$0.passed && $0.error == nil })
        #expect(same.questions.isEmpty)
    }

    @Test("a rival whose answer could not be had makes all errored, and no judge is asked")
    func missingAnswer() async throws {
        let bench = ComparisonBench(
            Self.models + [Contestant("d", error: EvaluationError(.timeout, "late"))], judge: Self.honest)
        let results = try await bench.results("select-best")
        #expect(results.count == 3)
        #expect(results.allSatisfy { $0.error?.kind == .timeout && !$0.passed })
        #expect(results.allSatisfy { $0.error?.message.contains("'p' by 'd'") == true })
        #expect(bench.questions.isEmpty)
    }

    @Test("a single answer is no choice")
    func single() async throws {
        let bench = ComparisonBench([Contestant("a", "x")], judge: Self.honest)
        let results = try await bench.results("select-best")
        #expect(results.map { $0.error?.kind } == [.assertion])
        #expect(bench.questions.isEmpty)
    }

    @Test(
        "a choice that is none makes all errored after one repair, counted once",
        arguments: [#"{"reason": "r", "best": 0}"#, #"{"reason": "r", "best": 4}"#, #"{"best": 1}"#, "2", ""])
    func broken(answer: String) async throws {
        let bench = ComparisonBench(Self.models) { request in
            request.listed.first == "bad" ? .says(["reason": "r", "best": 1]) : Reply(content: answer)
        }
        let outcomes = try await bench.outcomes([Self.specification])
        #expect(outcomes.allSatisfy { $0.results[0].error?.kind == .judge && !$0.results[0].passed })
        #expect(outcomes.map(\.use.calls) == [3, 0, 0])
    }

    @Test("an answer without what select wants fails and is no candidate")
    func selected() async throws {
        let bench = ComparisonBench(
            [
                Contestant("a", "no JSON!!!"), Contestant("b", #"{"x": "fair!"}"#),
                Contestant("c", #"{"x": "good!!", "y": 1}"#),
            ], judge: Self.honest)
        let specification = JudgeBench.specification("select-best", value: "Is the best.", select: "$.x")
        let outcomes = try await bench.outcomes([specification])
        #expect(outcomes.map { $0.results[0].score } == [0, 0, 1])
        #expect(outcomes.map { $0.results[0].error == nil } == [true, true, true])
        #expect(outcomes.map(\.use.calls) == [0, 2, 0])
        #expect(Set(bench.questions.map(\.listed)) == [["fair!", "good!!"], ["good!!", "fair!"]])
    }

    @Test("a rival that this run does not execute is compared all the same; the next one counts the calls")
    func notExecuted() async throws {
        var models = Self.models
        models[0].isExecuted = false
        let bench = ComparisonBench(models, judge: Self.honest)
        let outcomes = try await bench.outcomes([Self.specification])
        #expect(outcomes.map { $0.results[0].score } == [1, 0])
        #expect(outcomes.map(\.use.calls) == [2, 0])
        #expect(bench.questions.allSatisfy { $0.site.model == "a" })
    }

    @Test("assertions that ask the same share the calls; equal requests of different ones are numbered")
    func several() async throws {
        let bench = ComparisonBench(Self.models, judge: Self.honest)
        let twice = JudgeBench.specification(
            "select-best", value: "Is the best.", options: ["panel": ["models": ["judge"], "repeat": 2]])
        let outcomes = try await bench.outcomes([Self.specification, Self.specification, twice])
        #expect(outcomes.map { $0.results.map(\.score) } == [[0, 0, 0], [1, 1, 1], [0, 0, 0]])
        #expect(outcomes.map(\.use.calls) == [6, 0, 0])
        #expect(bench.questions.map(\.call).sorted() == [1, 1, 2, 2, 3, 3])
        #expect(outcomes[1].results[2].stamp?.votes == [true, true])
    }

    @Test("not-select-best passes those that were not chosen")
    func negated() async throws {
        let bench = ComparisonBench(Self.models, judge: Self.honest)
        #expect(try await bench.results("not-select-best").map(\.passed) == [true, false, true])
    }

    @Test(
        "mistakes are found before anything is asked",
        arguments: [
            ("", nil, "bad-value"), ([:], nil, "bad-value"), ("c", 1.5, "bad-threshold"), ("c", 0.5, nil),
        ] as [(JSONValue, Double?, String?)])
    func mistakes(value: JSONValue, threshold: Double?, id: String?) {
        #expect(
            JudgeBench.mistakes("select-best", value: value, threshold: threshold).first?.id == id)
    }
}
