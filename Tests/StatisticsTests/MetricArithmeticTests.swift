import Testing

@testable import Statistics

@Suite("Arithmetic of metrics")
struct MetricArithmeticTests {
    @Test(
        "average precision rewards useful items far up",
        arguments: [
            ([], 0), ([false], 0), ([true], 1), ([true, true, true], 1), ([true, false, false], 1),
            ([false, true], 0.5), ([false, false, false, true], 0.25), ([false, true, false, true], 0.5),
        ] as [([Bool], Double)])
    func averagePrecision(verdicts: [Bool], score: Double) {
        #expect(AveragePrecision.score(verdicts) == score)
    }

    @Test(
        "precision, recall and F are 0 over nothing",
        arguments: [
            (3, 1, 0, 0.75, 1), (1, 0, 3, 1, 0.25), (0, 0, 0, 0, 0), (0, 4, 0, 0, 0), (0, 0, 4, 0, 0),
        ] as [(Int, Int, Int, Double, Double)])
    func claims(right: Int, wrong: Int, missing: Int, precision: Double, recall: Double) throws {
        let claims = try #require(
            ClaimCounts(truePositives: right, falsePositives: wrong, falseNegatives: missing))
        #expect(claims.precision == precision)
        #expect(claims.recall == recall)
        #expect((claims.fScore(beta: 1) == 0) == (right == 0))
    }

    @Test("counts are not negative", arguments: [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
    func negative(right: Int, wrong: Int, missing: Int) {
        #expect(ClaimCounts(truePositives: right, falsePositives: wrong, falseNegatives: missing) == nil)
    }

    @Test(
        "a β of 0 is precision, a large one recall, and others are refused",
        arguments: [
            (0, 0.75), (1, 0.5), (1e9, 0.375),
            (-1, nil), (.nan, nil), (.infinity, nil), (1e200, nil),
        ] as [(Double, Double?)])
    func beta(beta: Double, score: Double?) throws {
        let claims = try #require(ClaimCounts(truePositives: 3, falsePositives: 1, falseNegatives: 5))
        let result = claims.fScore(beta: beta)
        #expect((result == nil) == (score == nil))
        if let result, let score { #expect(abs(result - score) < 1e-12) }
    }

    @Test(
        "a weighted score takes digits on the scale that are likely enough",
        arguments: [
            ([("4", -0.1)], 4), ([("10", -0.1)], nil), ([("5", 0)], 5), ([("5", 1e-7)], 5), ([("5", 800)], 5),
            ([("2", -0.7), ("4", -0.7)], 3),
            ([("2", -0.7), ("9", -0.7)], 2), ([("2", -0.7), ("0", -0.7)], 2),
            ([("2", -0.7), ("4", -5)], 2), ([("2", -0.7), ("four", -0.7), (" 4", -0.7), ("+4", -0.7)], 2),
            ([("2", -0.7), ("٤", -0.7), ("-4", -0.7), ("4.0", -0.7), ("", -0.7)], 2),
            ([("2", -0.7), ("99999999999999999999", -0.7), ("4", .nan), ("5", -.infinity)], 2),
            ([("x", -0.1)], nil), ([("3", -9)], nil), ([], nil),
        ] as [([(String, Double)], Double?)])
    func weighted(tokens: [(String, Double)], value: Double?) {
        let score = WeightedScore(
            tokens: tokens.map { (token: $0.0, logProbability: $0.1) }, scale: 1...5)
        #expect(score?.value == value)
        #expect(score?.normalized == value.map { ($0 - 1) / 4 })
    }

    @Test("a score never leaves its scale by rounding, and a scale of one score says nothing")
    func scale() {
        for hundredth in 0...400 {
            let token = (token: "10", logProbability: -Double(hundredth) / 100)
            #expect(WeightedScore(tokens: [token], scale: 0...10)?.normalized == 1)
            #expect(WeightedScore(tokens: [token], scale: 10...10) == nil)
        }
    }
}
