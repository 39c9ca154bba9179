import Testing

@testable import Statistics

@Suite("Agreement of several raters")
struct RaterAgreementTests {
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
