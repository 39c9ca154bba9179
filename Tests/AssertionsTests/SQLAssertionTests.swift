import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("is-sql and contains-sql")
struct SQLAssertionTests {
    private static let reading: JSONValue = ["allowedTables": ["(select|update)::null::departments"]]

    @Test(
        "is-sql judges",
        arguments: [
            (nil, "SELECT id, name FROM users", true), (nil, "SELECT 1; SELECT 2;", true), (nil, "", false),
            (nil, "Hello", false),
            (nil, "```sql\nSELECT 1\n```", false), (["databaseType": "postgres"], "SELECT a::int", true),
            (nil, "SELECT a::int", false),
            (reading, "SELECT * FROM departments", true), (reading, "SELECT * FROM Departments", true),
            (reading, "SELECT * FROM departments_x", false),
            (reading, "SELECT * FROM x_departments", false), (reading, "SELECT * FROM d.departments", false),
            (reading, "DELETE FROM departments", false),
            (reading, "SELECT * FROM departments; DROP TABLE departments", false),
            (reading, "CALL p()", false), (reading, "SELECT 1", true),
            (reading, "SELECT * FROM departments d JOIN (SELECT * FROM secret) s ON 1 = 1", false),
            (reading, "SELECT * FROM departments WHERE a IN (SELECT a FROM secret)", false),
            (["allowedColumns": ["select::null::name", "update::null::id"]], "SELECT name FROM t", true),
            (["allowedColumns": ["select::null::name"]], "SELECT id FROM t", false),
            (["allowedColumns": ["select::null::name"]], "SELECT * FROM t", false),
            (["allowedColumns": ["select::null::.*"]], "SELECT * FROM t", true),
            (["allowedColumns": ["select::employees::name"]], "SELECT name FROM employees", true),
            (["allowedColumns": ["select::employees::name"]], "SELECT name FROM salaries", false),
            (
                ["allowedColumns": ["update::employee::salary", "select::employee::id"]],
                "UPDATE employee SET salary = 50000 WHERE id = 1", true
            ),
            (
                ["allowedColumns": ["update::employee::salary"]],
                "UPDATE employee SET salary = 50000 WHERE id = 1", false
            ),
            (
                ["allowedColumns": ["insert::department::dept_name", "insert::department::location"]],
                "INSERT INTO department (dept_name, location) VALUES ('Sales', 'New York')", true
            ),
            (
                ["databaseType": "PostgreSQL", "allowedTables": ["select::null::data_table"]],
                "SELECT * FROM \"data_table\" WHERE id = 1", true
            ),
            (
                ["databaseType": "PostgreSQL", "allowedTables": ["select::null::data_table"]],
                "SELECT * FROM \"data\" WHERE id = 1", false
            ),
        ] as [(JSONValue?, String, Bool)])
    func isSQL(value: JSONValue?, answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "is-sql", value: value, answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test(
        "contains-sql judges",
        arguments: [
            (nil, "Result:\n```sql\nSELECT DISTINCT name FROM users\n```", true),
            (nil, "```\nSELECT 1;\n```", true), (nil, "nothin", false),
            (nil, "```python\nprint(\"Hello, World!\")\n```", false),
            (nil, "Use SELECT name FROM users; to see them.", true), (nil, "SELECT 1", true),
            (nil, "Try this:\n\nSELECT a\nFROM t\nWHERE b = 'x;y'\n\nIt is fast.", true),
            (nil, "Select the option from the menu", false),
            (nil, "Please select items from the list and update your set.", false),
            (nil, "Run `SELECT * FROM users` now", true), (nil, "Run `select * from users` now", true),
            (nil, "select a from t;", true), (nil, "SELECT FROM WHERE", false),
            (nil, "The SELECT statement reads FROM tables", false),
            (nil, "SELECT * FROM users\nThis shows all of them", true),
            (nil, "```sql\nSELEC 1\n```\nor better\n```sql\nSELECT 1\n```", true),
            (reading, "```sql\nSELECT * FROM departments\n```", true),
            (
                reading, "```sql\nSELECT * FROM departments\n```\nthen\n```sql\nDROP TABLE departments\n```",
                false
            ),
            (reading, "SELECT * FROM departments; and also: DELETE FROM departments;", false),
            (["databaseType": "PostgreSQL"], "```sql\nSELECT a::int\n```", true),
            (nil, "```sql\nSELECT a::int FROM t\n```", false), (nil, "", false),
            (nil, "DELETE FROM t WHERE a = 1.", true),
        ] as [(JSONValue?, String, Bool)])
    func containsSQL(value: JSONValue?, answer: String, passes: Bool) async throws {
        let result = try await Specimen(type: "contains-sql", value: value, answer: answer).result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test("says what is wrong, and where")
    func reasons() async throws {
        let wrong = try await Specimen(type: "is-sql", answer: "SELECT *\nFROM orders ORDERY BY x").result()
        #expect(wrong.reason.contains("\"BY\" (line 2, column 20)"), "\(wrong.reason)")
        let denied = try await Specimen(
            type: "is-sql", value: Self.reading, answer: "SELECT * FROM employees"
        ).result()
        #expect(denied.reason.contains("select::null::employees"), "\(denied.reason)")
    }

    @Test("what is too much to be parsed is an error, under not- as well", arguments: [false, true])
    func limits(isNegated: Bool) async throws {
        let answer = "SELECT 1" + String(repeating: " + 1", count: 5000)
        for type in ["is-sql", "contains-sql"] {
            let result = try await Specimen(type: type, answer: answer, isNegated: isNegated).result()
            #expect(result.error?.kind == .assertion, "\(result.reason)")
        }
    }

    @Test(
        "hostile text is judged soon",
        arguments: [
            "SELECT ", "SELECT 1 FROM t; ", "```", "'", "(", "SELECT FROM '", "`", "UPDATE x SET ", "/*",
            "WITH ",
        ])
    func hostile(piece: String) async throws {
        let answer = String(repeating: piece, count: 300_000 / piece.utf8.count)
        for type in ["is-sql", "contains-sql"] { _ = try await Specimen(type: type, answer: answer).result() }
    }

    @Test(
        "refuses",
        arguments: [
            (["databaseType": "Oracle9"], "bad-value"), (["databaseType": 5], "bad-value"),
            (["database": "MySQL"], "unknown-key"), ("MySQL", "bad-value"),
            (["allowedTables": "users"], "bad-value"), (["allowedTables": []], "empty-list"),
            (["allowedTables": [5]], "bad-value"), (["allowedColumns": ["("]], "bad-pattern"),
        ] as [(JSONValue, String)])
    func refuse(value: JSONValue, id: String) {
        for type in ["is-sql", "contains-sql"] {
            let mistake = Specimen(type: type, value: value).mistake()
            #expect(mistake?.id == id)
            #expect(mistake?.hint != nil)
        }
    }
}
