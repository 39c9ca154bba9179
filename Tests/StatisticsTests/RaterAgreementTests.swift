import Testing

@testable import Statistics

@Suite("Agreement of several raters")
struct RaterAgreementTests {
    @Test(
        "Fleiss' κ wants the same number of verdicts, two or more, on every item",
        arguments: [
            ([[2, 0], [1, 1]], true), ([[3]], true),
            ([], false), ([[]], false), ([[1, 0]], false), ([[2, 0], [1, 0]], false),
            ([[2, 0], [2]], false),
            ([[3, -1], [1, 1]], false), ([[0, 0], [0, 0]], false),
        ] as [([[Int]], Bool)])
    func fleissValidity(counts: [[Int]], isValid: Bool) {
        #expect((FleissKappa(countsByItem: counts) != nil) == isValid)
    }

    @Test(
        "Fleiss' κ is 1 for agreement, below 0 for less than chance gives, undefined for one category",
        arguments: [
            ([[3, 0], [0, 3], [3, 0]], 1), ([[1, 1], [1, 1]], -1), ([[4, 0], [4, 0]], nil), ([[2]], nil),
        ] as [([[Int]], Double?)])
    func fleiss(counts: [[Int]], kappa: Double?) throws {
        let fleiss = try #require(FleissKappa(countsByItem: counts))
        #expect(fleiss.kappa == kappa)
        #expect(fleiss.chanceAgreement <= 1)
    }

    @Test(
        "Krippendorff's α leaves out units with fewer than two labels",
        arguments: [
            ([["a", "a"], ["b", "b"]], 1),
            ([["a", "a"], ["b", "b"], ["c"], []], 1),
            // Dₒ = 4/4, Dₑ = 8/12.
            ([["a", "b"], ["a", "b"]], -0.5),
            ([["a", "a"], ["a", "a", "a"]], nil), ([["a"], ["b"]], nil), ([[]], nil), ([], nil),
        ] as [([[String]], Double?)])
    func krippendorff(labels: [[String]], alpha: Double?) {
        #expect(KrippendorffAlpha.nominal(labelsByUnit: labels) == alpha)
    }

    @Test(
        "two samples are needed to agree, one to have a most frequent answer",
        arguments: [
            ([3], 1, 1), ([1, 1], 0, 0.5), ([2, 0, 0], 1, 1), ([1], nil, 1), ([0, 1], nil, 1),
            ([], nil, nil), ([0, 0], nil, nil), ([2, -1], nil, nil),
        ] as [([Int], Double?, Double?)])
    func selfAgreement(counts: [Int], agreement: Double?, share: Double?) {
        let samples = SelfAgreement(answerCounts: counts)
        #expect(samples?.agreement == agreement)
        #expect(samples?.modalShare == share)
    }
}
