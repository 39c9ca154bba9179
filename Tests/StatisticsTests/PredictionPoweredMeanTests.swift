import Testing

@testable import Statistics

@Suite("Prediction-powered means")
struct PredictionPoweredMeanTests {
    @Test(
        "people and judge score the same items, two or more, and finite",
        arguments: [
            ([1, 0], [1, 0], [1, 0], true),
            ([1], [1], [1, 0], false), ([1, 0], [1, 0], [1], false), ([1, 0], [1], [1, 0], false),
            ([], [], [], false), ([1, .nan], [1, 0], [1, 0], false),
            ([1, 0], [1, .infinity], [1, 0], false),
            ([1, 0], [1, 0], [1, -.infinity], false),
        ] as [([Double], [Double], [Double], Bool)])
    func validity(human: [Double], judge: [Double], others: [Double], isValid: Bool) {
        let mean = PredictionPoweredMean(human: human, judgeOnHuman: judge, judgeOnly: others)
        #expect((mean != nil) == isValid)
    }

    @Test("a judge that never varies has no λ, and leaves the labels as they are")
    func constantJudge() throws {
        let mean = try #require(
            PredictionPoweredMean(
                human: [1, 0, 1, 1], judgeOnHuman: [0.1, 0.1, 0.1, 0.1], judgeOnly: [0.1, 0.1, 0.1]))
        #expect(mean.lambda == nil)
        #expect(mean.tuned == nil)
        #expect(mean.humanOnly.value == 0.75)
        #expect(abs(mean.untuned.value - 0.75) < 1e-12)
    }

    @Test("a judge that contradicts people gets λ 0: the labels alone")
    func contrary() throws {
        let mean = try #require(
            PredictionPoweredMean(
                human: [1, 0, 1, 0], judgeOnHuman: [0, 1, 0, 1], judgeOnly: [1, 1, 0, 1]))
        #expect(mean.lambda == 0)
        #expect(mean.tuned == mean.humanOnly)
    }

    @Test("people who all say the same show no variation")
    func equalLabels() throws {
        let mean = try #require(
            PredictionPoweredMean(human: [1, 1, 1], judgeOnHuman: [1, 0, 1], judgeOnly: [1, 0]))
        #expect(mean.humanOnly == Estimate(value: 1, standardError: 0))
        #expect(mean.lambda == 0)
    }
}
