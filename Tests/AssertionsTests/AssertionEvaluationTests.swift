import Assertions
import Evals
import JSON
import Testing

@Suite("Evaluation")
struct AssertionEvaluationTests {
    private static let specimens: [Specimen] = [
        Specimen(type: "equals", value: "hello"), Specimen(type: "equals", value: ["a": 1]),
        Specimen(type: "contains", value: "l"), Specimen(type: "icontains", value: "L"),
        Specimen(type: "contains-any", value: "l,x"), Specimen(type: "icontains-any", value: "L,x"),
        Specimen(type: "contains-all", value: "l,o"), Specimen(type: "icontains-all", value: "L,O"),
        Specimen(type: "starts-with", value: "h"), Specimen(type: "ends-with", value: "o"),
        Specimen(type: "regex", value: "^h"), Specimen(type: "is-json"),
        Specimen(type: "is-json", value: ["type": "object"]), Specimen(type: "word-count", value: 1),
        Specimen(type: "character-count", value: ["min": 5]), Specimen(type: "latency", threshold: 100),
        Specimen(type: "cost", threshold: 0.5), Specimen(type: "finish-reason", value: "stop"),
        Specimen(type: "contains", value: "l", threshold: 0),
        Specimen(type: "ttft", threshold: 100), Specimen(type: "perplexity", threshold: 2),
        Specimen(type: "perplexity-score", threshold: 0.2), Specimen(type: "is-valid-function-call"),
        Specimen(type: "is-valid-openai-tools-call"), Specimen(type: "tool-called", value: "ping"),
        Specimen(type: "tool-args-match", value: ["name": "ping", "args": [:]]),
        Specimen(type: "tool-call-f1", value: ["ping", "pong"], threshold: 0.5),
        Specimen(type: "expr", value: "output == 'hello' or latency_ms < 100"),
        Specimen(type: "contains-json"), Specimen(type: "is-xml", value: "a"), Specimen(type: "contains-xml"),
        Specimen(type: "is-html"), Specimen(type: "contains-html"),
        Specimen(type: "levenshtein", value: "hallo", threshold: 1),
        Specimen(type: "rouge-n", value: "hello you"), Specimen(type: "rouge-l", value: "hello you"),
        Specimen(type: "bleu", value: "hello you"), Specimen(type: "gleu", value: "hello you"),
        Specimen(type: "meteor", value: "hello"), Specimen(type: "overlap", value: "hello"),
        Specimen(type: "sentence-count", value: 1), Specimen(type: "max-length", value: 5),
        Specimen(type: "no-markdown"), Specimen(type: "language", value: "en"),
        Specimen(type: "is-refusal"), Specimen(type: "no-pii"), Specimen(type: "no-secrets"),
        Specimen(type: "contains", value: "l", threshold: 0), Specimen(type: "contains-json"),
        Specimen(type: "is-xml", value: "a"), Specimen(type: "contains-xml"), Specimen(type: "is-html"),
        Specimen(type: "contains-html"), Specimen(type: "is-sql"), Specimen(type: "contains-sql"),
    ]

    private static let subjects: [Subject] = ["", "hello", "HELLO", "{\"a\": 1}", "héllo\n"].flatMap { text in
        [
            Subject(reply: Reply(content: text)),
            Subject(
                reply: Reply(content: text, finishReason: "stop", latencyMS: 50), cost: Money(picoUSD: 5)),
            Subject(
                reply: Reply(content: text, finishReason: "length", latencyMS: 500),
                cost: Money(picoUSD: .max)),
        ]
    }

    @Test("The table of types is complete")
    func complete() {
        let covered = Set(Self.specimens.map(\.type)).union(["assert-set"])
        #expect(covered == Set(AssertionCatalog.standard.descriptors.map(\.name)))
    }

    @Test("not-X is the opposite of X, and an error stays an error", arguments: Self.specimens)
    func inversion(specimen: Specimen) async throws {
        let plain = specimen.specification
        var negated = plain
        negated.isNegated = true
        // A set of the assertion, too, and its opposite.
        let set = AssertionSpecification(type: "assert-set", inner: [plain])
        var negatedSet = set
        negatedSet.isNegated = true
        for (first, second) in [(plain, negated), (set, negatedSet)] {
            let one = try AssertionCatalog.standard.compile(first)
            let other = try AssertionCatalog.standard.compile(second)
            for subject in Self.subjects {
                let result = await AssertionEvaluation.evaluate(one, on: subject)
                let inverse = await AssertionEvaluation.evaluate(other, on: subject)
                #expect(result.error == inverse.error)
                if result.error == nil {
                    #expect(inverse.passed == !result.passed)
                    #expect(inverse.score == 1 - result.score)
                } else {
                    #expect(!result.passed && !inverse.passed)
                    #expect(result.score == 0 && inverse.score == 0)
                }
            }
        }
    }

    @Test("Weight, metric, quarantine and the written type go into the result")
    func details() async throws {
        var specification = Specimen(type: "contains", value: "x", answer: "").specification
        specification.writtenType = "not-contains"
        specification.isNegated = true
        specification.weight = 0.5
        specification.metric = "tone"
        specification.quarantine = Quarantine(until: "2026-12-31", owner: "me", reason: "flaky")
        let assertion = try AssertionCatalog.standard.compile(specification)
        let result = await AssertionEvaluation.evaluate(assertion, on: Subject(reply: Reply(content: nil)))
        #expect(result.passed)
        #expect(result.type == "not-contains")
        #expect(result.weight == 0.5)
        #expect(result.metric == "tone")
        #expect(result.isQuarantined)
        #expect(result.expected == "not: x")
    }

    @Test("A score that is not a number is an error; one out of range is held at the end")
    func scores() async {
        for (score, expected, isError) in [
            (Double.nan, 0.0, true), (.infinity, 0, true), (1.5, 1, false), (-1, 0, false),
        ] {
            let assertion = CompiledAssertion(AssertionSpecification(type: "probe")) { _ in
                Judgement(passed: true, score: score, reason: "probe")
            }
            let result = await AssertionEvaluation.evaluate(
                assertion, on: Subject(reply: Reply(content: "")))
            #expect(result.score == expected)
            #expect((result.error != nil) == isError)
            #expect(result.passed == !isError)
        }
    }

    @Test("A weight that is no weight is refused", arguments: [-1, Double.nan, .infinity])
    func weights(weight: Double) {
        var specification = Specimen(type: "contains", value: "x").specification
        specification.weight = weight
        #expect(throws: (any Error).self) { try AssertionCatalog.standard.compile(specification) }
    }
}
