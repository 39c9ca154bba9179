import JSON
import Testing

@testable import Models

@Suite("Schemas for structured outputs")
struct SchemaSubsetTests {
    @Test(
        "What Anthropic's structured outputs do not understand is found, with its place",
        arguments: [
            (#"{"type": "string", "format": "email", "description": "d", "default": "x"}"#, []),
            (#"{"type": "string", "format": "regex"}"#, ["format regex at the top"]),
            (
                #"{"type": "object", "properties": {"a/b": {"type": "integer", "maximum": 3}}, "additionalProperties": false}"#,
                ["maximum at /properties/a~1b"]
            ),
            (
                #"{"type": "object", "properties": {}, "additionalProperties": {"type": "string", "maxLength": 2}}"#,
                [
                    "additionalProperties that is not false at the top",
                    "maxLength at /additionalProperties",
                ]
            ),
            (#"{"type": "object", "properties": {}}"#, ["no additionalProperties: false at the top"]),
            (#"{"type": "array", "minItems": 1, "items": {"enum": [1, "a", null]}}"#, []),
            (
                #"{"type": "array", "minItems": 2, "items": {"enum": [[1]]}}"#,
                ["minItems above 1 at the top", "enum with lists or objects at /items"]
            ),
            (#"{"oneOf": [{"type": "null"}]}"#, ["oneOf at the top"]),
            (#"{"$ref": "other.json"}"#, ["$ref to another file at the top"]),
            (
                ##"{"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/b"}]}, "b": {"type": "null"}}}"##,
                []
            ),
            (
                ##"{"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"}]}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}}}"##,
                [
                    "a schema that refers to itself at #/$defs/a",
                    "a schema that refers to itself at #/$defs/b",
                ]
            ),
            (
                ##"{"type": "array", "items": {"$ref": "#"}}"##,
                ["a schema that refers to itself at #"]
            ),
            ("true", []),
        ])
    func strict(_ schema: String, _ expected: [String]) throws {
        #expect(ClaudeModel.schemaSubset.findings(in: try JSONParser().parse(schema)) == expected)
    }

    @Test(
        "What Google's structured outputs ignore is found, and nothing else",
        arguments: [
            (#"{"type": "array", "minItems": 2, "items": {"type": "number", "minimum": 0}}"#, []),
            (##"{"oneOf": [{"$ref": "#"}, {"enum": [1]}], "propertyOrdering": ["a"]}"##, []),
            (
                #"{"type": "string", "pattern": "a", "maxLength": 3}"#,
                ["pattern at the top", "maxLength at the top"]
            ),
            (#"{"type": "object", "properties": {"a": {"not": {}}}}"#, ["not at /properties/a"]),
        ])
    func lenient(_ schema: String, _ expected: [String]) throws {
        #expect(GeminiModel.schemaSubset.findings(in: try JSONParser().parse(schema)) == expected)
    }

    @Test("Twenty definitions that each name two others twice are looked at once")
    func manyReferences() throws {
        var definitions = JSONObject()
        for number in 0..<20 {
            let next: JSONValue = ["$ref": .string("#/$defs/d\(number + 1)")]
            definitions["d\(number)"] = ["anyOf": [next, next]]
        }
        definitions["d20"] = ["type": "null"]
        let schema: JSONValue = ["$ref": "#/$defs/d0", "$defs": .object(definitions)]
        #expect(ClaudeModel.schemaSubset.findings(in: schema).isEmpty)
    }
}
