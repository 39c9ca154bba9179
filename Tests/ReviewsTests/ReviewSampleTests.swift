import Testing

@testable import Reviews

@Suite("How much of the answers a sheet has")
struct ReviewSampleTests {
    @Test(
        "a number or a share is read, and nothing else",
        arguments: [
            ("20", ReviewSample.items(20)), ("1", .items(1)), ("5%", .share(0.05)), ("100%", .share(1)),
            ("0.5%", .share(0.005)), ("0", nil), ("0%", nil), ("101%", nil), ("-3", nil), ("5 %", nil),
            ("", nil), ("%", nil), ("1e2", nil), ("1e2%", nil), ("ten", nil), ("٣", nil),
        ])
    func reading(text: String, expected: ReviewSample?) {
        #expect(ReviewSample(text) == expected)
    }

    @Test(
        "a share is rounded up, and no sample is larger than what there is",
        arguments: [
            (ReviewSample.all, 7, 7), (.items(3), 7, 3), (.items(9), 7, 7), (.share(0.05), 20, 1),
            (.share(0.05), 21, 2), (.share(0.05), 1, 1), (.share(1), 7, 7), (.share(0.05), 0, 0),
            (.share(0.07), 100, 7),
        ])
    func counting(sample: ReviewSample, all: Int, expected: Int) {
        #expect(sample.count(of: all) == expected)
    }
}
