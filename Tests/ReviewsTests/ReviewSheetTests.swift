import JSON
import Testing

@testable import Reviews

@Suite("The order and the names of a sheet's items")
struct ReviewSheetTests {
    private static let ids = (0..<40).map { ReviewItem(answer: "\($0)").id }

    @Test("a seed fixes the order, whatever the order before, and a smaller sample begins a larger one")
    func order() {
        let sheet = ReviewSheet(results: "r", seed: "a", ids: Self.ids)
        #expect(sheet == ReviewSheet(results: "r", seed: "a", ids: Self.ids.reversed()))
        #expect(sheet.ids != Self.ids)
        #expect(Set(sheet.ids) == Set(Self.ids))
        #expect(ReviewSheet(results: "r", seed: "b", ids: Self.ids).ids != sheet.ids)
        let sample = ReviewSheet(results: "r", seed: "a", ids: Self.ids, sample: .items(7))
        #expect(sample.ids == Array(sheet.ids.prefix(7)))
        #expect(sample.hash != sheet.hash)
    }

    @Test("an id changes with every text that is shown, and looks like no number")
    func ids() {
        let base = ReviewItem(question: "q", context: ["c"], reference: "r", criteria: "k", answer: "a")
        var others = Array(repeating: base, count: 6)
        others[0].question = "q2"
        others[1].context = ["c", ""]
        others[2].reference = nil
        others[3].criteria = "k2"
        others[4].answer = "a "
        others[5].variables = ["v": 1]
        #expect(Set((others + [base]).map(\.id)).count == 7)
        #expect(base.id.hasPrefix("r"))
        #expect(base.id.count == 17)
        #expect(ReviewItem(json: base.json) == base)
        #expect(ReviewItem(json: others[5].json) == others[5])
    }
}
