import Assertions
import Evals
import JSON
import Testing

@Suite("Numbers as texts to look for")
struct NumberTextTests {
    @Test(
        "keep all that was written",
        arguments: [
            ("123456789012345678901234567890", "123456789012345678901234567890"), ("1e400", "1e400"),
            ("-100000000000000000000000", "-100000000000000000000000"),
            ("0.12345678901234567890123", "0.12345678901234567890123"),
            ("1.0", "1"), ("1e300", "1e+300"), ("1.50", "1.5"), ("12", "12"), ("-0", "0"), ("0.1", "0.1"),
        ])
    func text(number: String, expected: String) async throws {
        let value = JSONValue.number(try #require(JSONNumber(text: number)))
        for type in ["contains", "equals", "starts-with"] {
            let result = try await Specimen(type: type, value: value, answer: expected).result()
            #expect(result.passed, "\(type): \(result.reason)")
        }
        let list = try await Specimen(type: "contains-all", value: [value], answer: expected).result()
        #expect(list.passed, "\(list.reason)")
    }
}
