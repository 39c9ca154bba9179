import Testing

@testable import Statistics

@Suite("Confusion matrices")
struct ConfusionMatrixTests {
    @Test(
        "a matrix is square, and counts are not negative",
        arguments: [
            ([[1, 2], [3, 4]], true), ([[0, 0], [0, 0]], true), ([[5]], true),
            ([], false), ([[1, 2]], false), ([[1, 2], [3]], false), ([[1, -2], [3, 4]], false),
            ([[Int.max, 1], [0, 0]], false), ([[-1, Int.max], [1, 0]], false),
        ] as [([[Int]], Bool)])
    func validity(counts: [[Int]], isValid: Bool) {
        #expect((ConfusionMatrix(counts) != nil) == isValid)
    }

    @Test("rows are the person's, columns the judge's")
    func rates() throws {
        let matrix = try #require(ConfusionMatrix([[40, 9], [6, 45]]))
        #expect(matrix.agreement == Proportion(successes: 85, of: 100))
        #expect(matrix.baseRate(of: 0) == Proportion(successes: 49, of: 100))
        #expect(matrix.sensitivity(to: 0) == Proportion(successes: 40, of: 49))
        #expect(matrix.specificity(to: 0) == Proportion(successes: 45, of: 51))
        #expect(matrix.sensitivity(to: 1) == matrix.specificity(to: 0))
        #expect(matrix.specificity(to: 1) == matrix.sensitivity(to: 0))
    }

    @Test("of three categories, one is told from the two others")
    func threeCategories() throws {
        let matrix = try #require(ConfusionMatrix([[20, 5, 1], [4, 30, 6], [0, 3, 31]]))
        #expect(matrix.sensitivity(to: 1) == Proportion(successes: 30, of: 40))
        #expect(matrix.specificity(to: 1) == Proportion(successes: 52, of: 60))
        #expect(matrix.baseRate(of: 2) == Proportion(successes: 34, of: 100))
    }

    @Test("what no label shows is undefined")
    func undefinedRates() throws {
        let passesOnly = try #require(ConfusionMatrix([[8, 2], [0, 0]]))
        #expect(passesOnly.sensitivity(to: 0) == Proportion(successes: 8, of: 10))
        #expect(passesOnly.specificity(to: 0) == nil)
        #expect(passesOnly.sensitivity(to: 1) == nil)
        for category in [-1, 2] {
            #expect(passesOnly.baseRate(of: category) == nil)
            #expect(passesOnly.sensitivity(to: category) == nil)
            #expect(passesOnly.specificity(to: category) == nil)
        }
    }

    @Test(
        "κ is undefined when chance alone agrees always, or there is nothing to agree on",
        arguments: [
            ([[10, 0], [0, 0]], true), ([[0, 0], [0, 7]], true), ([[1, 0], [0, 0]], true), ([[3]], true),
            ([[0, 0], [0, 0]], true), ([[0]], true),
            ([[0, 10], [0, 0]], false), ([[9, 1], [0, 0]], false), ([[1, 0], [0, 1]], false),
        ] as [([[Int]], Bool)])
    func undefinedKappa(counts: [[Int]], isUndefined: Bool) throws {
        let matrix = try #require(ConfusionMatrix(counts))
        #expect((matrix.cohenKappa == nil) == isUndefined)
        #expect(matrix.cohenKappa?.value.isFinite != false)
        #expect(matrix.cohenKappa?.standardError.isFinite != false)
    }

    @Test(
        "AC1 is 1 where both always say the same one word, and undefined without items or a choice",
        arguments: [
            ([[10, 0], [0, 0]], 1), ([[0, 0], [0, 0]], nil), ([[3]], nil), ([[0]], nil),
            ([[0, 5], [5, 0]], -1),
        ] as [([[Int]], Double?)])
    func gwet(counts: [[Int]], expected: Double?) throws {
        #expect(try #require(ConfusionMatrix(counts)).gwetAC1 == expected)
    }

    @Test(
        "perfect agreement is exactly 1 and shows no variation",
        arguments: [
            [[1, 0], [0, 2]], [[7, 0], [0, 3]], [[3, 0, 0], [0, 5, 0], [0, 0, 11]],
        ] as [[[Int]]])
    func perfect(counts: [[Int]]) throws {
        let matrix = try #require(ConfusionMatrix(counts))
        #expect(matrix.agreement?.rate == 1)
        #expect(matrix.cohenKappa == Estimate(value: 1, standardError: 0))
        #expect(matrix.gwetAC1 == 1)
    }

    @Test("opposite verdicts give κ −1, and a judge that always says one thing gives 0")
    func worse() throws {
        let opposite = try #require(ConfusionMatrix([[0, 5], [5, 0]]))
        #expect(opposite.cohenKappa?.value == -1)
        #expect(opposite.cohenKappa?.standardError == 0)
        let constant = try #require(ConfusionMatrix([[9, 0], [3, 0]]))
        #expect(constant.cohenKappa?.value == 0)
    }

    @Test("counts near the largest integer stay finite")
    func large() throws {
        let matrix = try #require(ConfusionMatrix([[Int.max / 4, 1], [1, Int.max / 4]]))
        let kappa = try #require(matrix.cohenKappa)
        #expect(abs(kappa.value - 1) < 1e-12)
        #expect(kappa.standardError.isFinite)
    }
}
