import Diagnostics
import JSON
import Templates
import Testing

@Suite("Expressions")
struct ExpressionTests {
    private let mark = SourceMark(file: "s.yaml", line: 2, column: 5)

    @Test(
        "a lone expression is evaluated",
        arguments: [
            ("row.lang == 'en'", "true"), ("row.n > 3 and row.n < 5", "true"), ("1 < row.n < 3", "false"),
            ("row.tags | length", "2"), ("'a' in row.tags", "true"), ("row.x is defined", "false"),
            ("[1, row.n]", "[1,4]"),
        ])
    func evaluates(text: String, expected: String) throws {
        let context = try variables(#"{"row": {"lang": "en", "n": 4, "tags": ["a", "b"]}}"#)
        let expression = try Expression(text, mark: mark)
        #expect(try expression.evaluate(context).description == expected)
        #expect(expression.freeVariables.allSatisfy { $0.name == "row" })
    }

    @Test(
        "mistakes are at their token",
        arguments: [("row.lang = 'en'", 14), ("", 5), ("a b", 7), ("{{ a }}", 5), ("(a", 7), ("a |", 8)])
    func mistakes(text: String, column: Int) {
        do {
            _ = try Expression(text, mark: mark)
            Issue.record("must fail: \(text)")
        } catch {
            #expect(error.diagnostics.first?.mark?.line == 2)
            #expect(error.diagnostics.first?.mark?.column == column, "\(text): \(error.diagnostics)")
        }
    }
}
