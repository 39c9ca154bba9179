import Testing

@testable import Suites

@Suite("Names and days")
struct WorkspaceTests {
    @Test(
        "names",
        arguments: [("a", true), ("a.b_c-1", true), ("-a", false), ("", false), ("a b", false), ("é", false)])
    func names(text: String, isName: Bool) {
        #expect(Shape.isName(text) == isName)
    }

    @Test(
        "days",
        arguments: [("2026-02-29", false), ("2024-02-29", true), ("2026-13-01", false), ("26-1-1", false)])
    func days(text: String, isDate: Bool) {
        #expect(Shape.isDate(text) == isDate)
    }
}
