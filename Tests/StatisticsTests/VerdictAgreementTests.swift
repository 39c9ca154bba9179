import Testing

@testable import Statistics

@Suite("Agreement of a judge's verdicts with those of people")
struct VerdictAgreementTests {
    @Test("the measures are those of the table with pass as the category that counts")
    func measures() throws {
        // By hand: 50 passed by people, 45 of them by the judge; 30 failed by people, 24 of them by the judge.
        let agreement = try #require(
            VerdictAgreement(truePasses: 45, falsePasses: 6, trueFails: 24, falseFails: 5))
        #expect(agreement.labels == 80)
        #expect(agreement.agreement == Proportion(successes: 69, of: 80))
        #expect(agreement.baseRate == Proportion(successes: 50, of: 80))
        #expect(agreement.sensitivity == Proportion(successes: 45, of: 50))
        #expect(agreement.specificity == Proportion(successes: 24, of: 30))
        #expect(abs(try #require(agreement.youden) - 0.7) < 1e-12)
        // pₑ = (50·51 + 30·29)/80² = 0.534375; κ = (0.8625 − 0.534375)/(1 − 0.534375).
        let kappa = try #require(agreement.kappa?.value)
        #expect(abs(kappa - 0.328125 / 0.465625) < 1e-12)
    }

    @Test(
        "a floor is reached by a known κ of both labels alone",
        arguments: [
            ((45, 6, 24, 5), 0.6, true), ((45, 6, 24, 5), 0.71, false), ((10, 0, 10, 0), 1, true),
            ((10, 0, 0, 0), 0, false), ((9, 0, 0, 1), 0, false), ((0, 1, 9, 0), 0, false),
            ((0, 0, 0, 0), 0, false), ((5, 5, 5, 5), 0, true), ((0, 10, 0, 10), 0, false),
        ] as [((Int, Int, Int, Int), Double, Bool)])
    func floors(counts: (Int, Int, Int, Int), floor: Double, isReached: Bool) throws {
        let agreement = try #require(
            VerdictAgreement(
                truePasses: counts.0, falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3))
        #expect(agreement.reaches(floor) == isReached)
    }

    @Test("a pass rate is corrected where both labels are there")
    func correction() throws {
        let judge = try #require(
            VerdictAgreement(truePasses: 45, falsePasses: 6, trueFails: 24, falseFails: 5))
        let rate = try #require(Proportion(successes: 8, of: 10))
        guard case .corrected(let corrected)? = judge.correction(of: rate) else {
            Issue.record("not corrected")
            return
        }
        // (0.8 + 0.8 − 1)/(0.9 + 0.8 − 1)
        #expect(abs(corrected.corrected.value - 0.6 / 0.7) < 1e-12)
        let passesOnly = try #require(
            VerdictAgreement(truePasses: 9, falsePasses: 0, trueFails: 0, falseFails: 1))
        #expect(passesOnly.correction(of: rate) == nil)
    }

    @Test("counts that are none make no agreement")
    func invalid() {
        #expect(VerdictAgreement(truePasses: -1, falsePasses: 0, trueFails: 0, falseFails: 2) == nil)
        #expect(VerdictAgreement(truePasses: .max, falsePasses: 1, trueFails: 0, falseFails: 0) == nil)
    }
}
