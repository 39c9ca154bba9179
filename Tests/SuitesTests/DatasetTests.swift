import Evals
import JSON
import Suites
import Testing

@Suite("Datasets")
struct DatasetTests {
    private func project(
        _ file: String, _ content: String, options: String = "", vars: String = "row", inputs: String = "",
        id: String = ""
    ) throws -> TemporaryProject {
        try TemporaryProject([
            "prompts/p.prompt.yaml": "name: p\nversion: 1\nuser: \"hello {{ a is defined }}\"\n" + inputs,
            "data/" + file: content,
            "evalsuites/s.suite.yaml": """
            suite: s
            prompts: [p]
            models: [echo]
            cases:
              - dataset: {file: ../data/\(file)\(options)}
                vars: \(vars)
                assert: [{contains: x}]
            \(id)

            """,
        ])
    }

    @Test(
        "CSV as RFC 4180 has it",
        arguments: [
            ("a,b\n1,2\n", [["a": "1", "b": "2"]]),
            ("a,b\r\n1,2\r\n", [["a": "1", "b": "2"]]),
            ("\u{FEFF}a,b\n1,2", [["a": "1", "b": "2"]]),
            ("a,b\n\"x, \"\"y\"\"\nz\",2\n", [["a": "x, \"y\"\nz", "b": "2"]]),
            ("a,b\n,\n", [["a": "", "b": ""]]),
            ("a,b\n\n1,2\n\n", [["a": "1", "b": "2"]]),
            ("a\n\"\"\n", [["a": ""]]),
            ("a,b\n1,\"\"\n", [["a": "1", "b": ""]]),
            ("a\nx\ry\n", [["a": "x\ry"]]),
            ("\"a\",b\nnull,007\n", [["a": "null", "b": "007"]]),
        ] as [(String, [JSONObject])])
    func csv(content: String, rows: [JSONObject]) throws {
        #expect(try project("d.csv", content).cases().map(\.variables) == rows)
    }

    @Test(
        "broken CSV",
        arguments: [
            ("", "csv-header"), ("a,a\n1,2\n", "csv-header"), ("a,\n1,2\n", "csv-header"),
            ("a,b\n1\n", "csv-fields"), ("a\n\"x\n", "csv-quote"), ("a\nx\"y\n", "csv-quote"),
            ("a\n\"x\"y\n", "csv-quote"), ("a\nx\u{0}\n", "control-character"),
        ])
    func brokenCSV(content: String, id: String) throws {
        let mistakes = try project("d.csv", content).mistakes()
        #expect(mistakes.contains("data/d.csv:") && mistakes.contains("error[\(id)]"), "\(mistakes)")
    }

    @Test(
        "types are those of the file",
        arguments: [
            ("d.jsonl", "{\"a\": 1, \"b\": [true, null]}\n\n{\"a\": \"x\", \"b\": {\"c\": 1.50}}"),
            ("d.json", "[{\"a\": 1, \"b\": [true, null]}, {\"a\": \"x\", \"b\": {\"c\": 1.50}}]"),
            ("d.yaml", "- {a: 1, b: [true, null]}\n- a: x\n  b: {c: 1.50}\n"),
        ])
    func types(file: String, content: String) throws {
        let rows = try project(file, content).cases().map(\.variables)
        #expect(rows == [["a": 1, "b": [true, nil]], ["a": "x", "b": ["c": 1.5]]])
    }

    @Test(
        "other files with mistakes",
        arguments: [
            ("d.jsonl", "{\"a\": 1}\n[1]\n", "bad-row"), ("d.jsonl", "{\"a\": 1, \"a\": 2}\n", "bad-json"),
            ("d.json", "{}", "bad-dataset"), ("d.json", "[1]", "bad-row"), ("d.json", "[", "bad-json"),
            ("d.yaml", "a: 1", "bad-dataset"), ("d.yaml", "- 1", "bad-row"),
        ])
    func broken(file: String, content: String, id: String) throws {
        #expect(try project(file, content).mistakes().contains("error[\(id)]"))
    }

    @Test("CSV text takes the type that the input declares")
    func declared() throws {
        let inputs =
            "inputs: {a: {}, n: {type: integer}, d: {type: number}, t: {type: boolean}, l: {type: array}, s: {type: string}, o: {type: [integer, 'null']}}\n"
        let csv = "n,d,t,l,s,o\n7,0.5,true,\"[1,2]\",8,\n"
        let cases = try project("d.csv", csv, inputs: inputs).cases()
        #expect(
            cases.map(\.variables) == [["n": 7, "d": 0.5, "t": true, "l": [1, 2], "s": "8", "o": nil]])
        let mistakes = try project("d.csv", "n,d,t,l,s,o\nx,1,true,[],8,1\n", inputs: inputs).mistakes()
        #expect(mistakes.contains("'n' must be of type integer, not string"))
        #expect(mistakes.contains("data/d.csv:2:1: for this row"))
    }

    @Test("an expression keeps its type, other templates give text")
    func expressions() throws {
        let cases = try project(
            "d.jsonl", "{\"l\": [1, 2], \"n\": 3}\n",
            vars:
                "{list: \"{{ row.l }}\", sum: \"{{ row.n + 1 }}\", text: \"n={{ row.n }}\", deep: [{x: \"{{ row.n }}\"}]}"
        ).cases()
        #expect(cases.map(\.variables) == [["list": [1, 2], "sum": 4, "text": "n=3", "deep": [["x": 3]]]])
    }

    @Test(
        "where, limit and sample",
        arguments: [
            ("", 100), (", where: \"row.n | int < 10\"", 10), (", limit: 7", 7),
            (", where: \"row.n | int >= 50\", limit: 5", 5), (", sample: 100%", 100), (", sample: 1", 100),
        ])
    func selection(options: String, count: Int) throws {
        let csv = "n\n" + (0..<100).map { "\($0)\n" }.joined()
        #expect(try project("d.csv", csv, options: options).cases().count == count)
    }

    @Test("a sample is the same each time, and keeps what it has when rows are added")
    func sample() throws {
        func ids(_ range: Range<Int>) throws -> [String] {
            let csv = "n\n" + range.map { "\($0)\n" }.joined()
            return try project("d.csv", csv, options: ", sample: 20%").cases().map(\.id)
        }
        let few = try ids(0..<300)
        #expect((30...90).contains(few.count))
        #expect(try Array(ids(0..<400).prefix(few.count)) == few)
    }

    @Test("ids: the hash of the row by default, never its number; or a template")
    func ids() throws {
        let first = try project("d.csv", "a\nx\ny\n").cases().map(\.id)
        #expect(first.allSatisfy { $0.count == 12 })
        #expect(try project("d.csv", "a\ny\nx\n").cases().map(\.id) == first.reversed())
        let named = try project("d.csv", "a\nx\ny\n", id: "    id: \"case-{{ row.a }}\"").cases()
        #expect(named.map(\.id) == ["case-x", "case-y"])
        #expect(try project("d.csv", "a\nx\nx\n").mistakes().contains("error[duplicate-id]"))
        #expect(
            try project("d.csv", "a,b\nx,1\nx,2\n", id: "    id: \"{{ row.a }}\"").mistakes()
                .contains("error[duplicate-id]"))
    }

    @Test("tags, gates' columns and assertions follow the row")
    func followers() throws {
        let project = try project(
            "d.csv", "a,team\nx,blue\ny,red\n",
            id: """
                    tags: ["{{ row.team }}", all]
                    reference: "{{ row.a }}!"
                gates:
                  - {metric: pass_rate, min: 1, where: {row.team: red}}
                """)
        let cases = try project.cases()
        #expect(cases.map(\.tags) == [["blue", "all"], ["red", "all"]])
        #expect(cases.map(\.row) == [["team": "blue"], ["team": "red"]])
        #expect(cases.map(\.reference) == ["x!", "y!"])
        #expect(cases.map(\.isDatasetRow) == [true, true])
    }

    @Test(
        "a dataset that changes between the passes is noticed",
        arguments: ["a\nx\nz\n", "a\nx\n", "a\nx\ny\nz\n"])
    func changed(content: String) throws {
        let project = try project("d.csv", "a\nx\ny\n")
        let plan = try #require(project.plan().plan)
        try project.write("data/d.csv", content)
        var stream = plan.stream()
        #expect(throws: (any Error).self) { while try stream.next() != nil {} }
    }

    @Test("a mistake of many rows is told once, with their number")
    func once() throws {
        let csv = "a\n" + (0..<50).map { "\($0)\n" }.joined()
        let mistakes = try project("d.csv", csv, vars: "{a: \"{{ row.b }}\"}").mistakes()
        #expect(mistakes.split(separator: "error[").count == 2, "\(mistakes)")
        #expect(mistakes.contains("and 49 times more"))
    }
}
