import Foundation
import Testing

@Suite("Schemas in files of the project")
struct SchemaFilesTests {
    /// A schema that refers to a YAML file below it, that one to a JSON file above by its name, and that one back.
    private static let files = [
        "prompts/p.prompt.yaml": "name: p\nuser: hello\n",
        "evalsuites/schemas/order.json": """
        {"type": "object", "required": ["total"],
         "properties": {"total": {"$ref": "parts/money.yaml#/$defs/money"}, "parent": {"$ref": "#"}}}
        """,
        "evalsuites/schemas/parts/money.yaml": """
        $id: https://example.com/money
        $defs:
          money:
            anyOf:
              - {title: free, const: free}
              - {title: price, type: object, required: [amount], properties: {amount: {type: number}, of: {$ref: "item"}}}
          unused: {$ref: ../item.json}
        """,
        "evalsuites/schemas/item.json": #"""
        {"$id": "https://example.com/item", "type": "object",
         "properties": {"name": {"type": "string"}, "price": {"$ref": "money#/$defs/money"}}}
        """#,
    ]

    private static func suite(_ schema: String, answer: String) -> String {
        """
        suite: s
        prompts: [p]
        cases:
          - id: a
            response: '\(answer)'
            assert:
              - schema: \(schema)

        """
    }

    private static func run(_ schema: String, answer: String = "{}", more: [String: String] = [:]) throws
        -> ToolRun
    {
        let project = try TemporaryProject(files.merging(more) { $1 })
        try project.write(suite(schema, answer: answer), to: "evalsuites/s.suite.yaml")
        return try ToolRun.run(["run"], in: project.path)
    }

    @Test(
        "references to files are followed, and the nearest branch is named",
        arguments: [
            ("schemas/order.json", #"{"total":"free"}"#, 0, ""),
            ("schemas/order.json", #"{"total":{"amount":1.5},"parent":{"total":"free"}}"#, 0, ""),
            (
                "schemas/order.json", #"{"total":{"amount":"1.5"}}"#, 1,
                #"/total: an object fits none of the 2 alternatives; the nearest is "price" (#/$defs/money/anyOf/1): "#
                    + #"/total/amount: expected a number, found "1.5""#
            ),
            (
                "schemas/order.json", #"{"total":{"amount":1,"of":{"name":5}}}"#, 1,
                "/total/of/name: expected a string, found 5"
            ),
            (
                ##"{items: {$ref: "schemas/order.json#/properties/total"}}"##, #"[{}]"#, 1,
                #"/0: the member "amount" is missing"#
            ),
        ])
    func follows(schema: String, answer: String, code: Int, words: String) throws {
        let run = try Self.run(schema, answer: answer)
        #expect(run.exitCode == code, "\(run.output)\(run.errors)")
        #expect(words.isEmpty || run.output.contains(words), "\(run.output)")
    }

    @Test(
        "a reference that leads nowhere, out of the project or to a broken file is a mistake with its line",
        arguments: [
            (
                "{$ref: schemas/missing.json}",
                #"evalsuites/s.suite.yaml:7:18: error[bad-schema]: the schema of 'schema': #/$ref: '$ref' "#
                    + #""schemas/missing.json" leads to "/evalsuites/schemas/missing.json""#
            ),
            ("{$ref: ../../outside.json}", "evalsuites/s.suite.yaml:7:18: error[bad-schema]"),
            ("{$ref: /etc/passwd}", "evalsuites/s.suite.yaml:7:18: error[bad-schema]"),
            ("{$ref: schemas/syntax.json}", "evalsuites/schemas/syntax.json:2:9: error[bad-json]"),
            (
                "{$ref: schemas/wrong.yaml}",
                "evalsuites/schemas/wrong.yaml:3:7: error[bad-schema]: the schema of 'schema': "
                    + "/evalsuites/schemas/wrong.yaml#/properties/a/type: "
            ),
        ])
    func refuses(schema: String, words: String) throws {
        let run = try Self.run(
            schema,
            more: [
                "evalsuites/schemas/syntax.json": "{\n \"type\" 1}",
                "evalsuites/schemas/wrong.yaml": "properties:\n  a:\n      type: txt\n",
            ])
        #expect(run.exitCode == 2)
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
