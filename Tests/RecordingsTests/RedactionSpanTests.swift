import Secrets
import Testing

@testable import Recordings

@Suite("Spans that are redacted") struct RedactionSpanTests {
    @Test("placeholders are cut out of spans, however many there are")
    func placeholders() {
        let find = { (range: Range<Int>) in KeyShape.Find(range: range, kind: "k") }
        let spans = RedactionSpan.merging(
            [find(0..<10), find(12..<20), find(30..<40)], around: [3..<5, 8..<15, 18..<19, 25..<26, 35..<50])
        #expect(spans.map(\.range) == [0..<3, 5..<8, 15..<18, 19..<20, 30..<35])
        let count = 200_000
        let many = RedactionSpan.merging(
            (0..<count).map { find($0 * 10..<$0 * 10 + 4) },
            around: (0..<count).map { $0 * 10 + 5..<$0 * 10 + 7 })
        #expect(many.count == count)
    }
}
