import JSON
import Models
import Testing

@Suite("Strict schemas of OpenAI")
struct StrictSchemaTests {
    @Test(
        "takes",
        arguments: [
            ["type": "object", "properties": [:], "additionalProperties": false],
            [
                "type": "object", "additionalProperties": false, "required": ["a", "b", "c", "d"],
                "properties": [
                    "a": ["type": ["string", "null"], "format": "date", "pattern": "^2"],
                    "b": ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/x"]],
                    "c": ["anyOf": [["type": "integer", "minimum": 1], ["type": "null"]]],
                    "d": ["enum": ["x", 1]],
                ],
                "$defs": [
                    "x": [
                        "type": "object", "properties": [:], "additionalProperties": false,
                        "description": "d",
                    ]
                ],
            ],
            // The names of properties are no keywords.
            [
                "type": "object", "additionalProperties": false, "required": ["not", "default"],
                "properties": ["not": ["type": "string"], "default": ["type": "number"]],
            ],
        ] as [JSONValue])
    func accept(schema: JSONValue) {
        #expect(StrictSchema.complaints(about: schema) == [])
        #expect(OpenAIOutputFormat(schema)?.isStrict == true)
    }

    private static func object(_ property: JSONValue) -> JSONValue {
        ["type": "object", "additionalProperties": false, "required": ["p"], "properties": ["p": property]]
    }

    @Test(
        "complains about",
        arguments: [
            (["type": "string"], "the output_schema has a root that is not an object"),
            (["anyOf": [["type": "null"]]], "the output_schema has 'anyOf' at its root"),
            (true, "the output_schema has a root that is not an object"),
            (
                ["type": "object", "properties": [:]],
                "the output_schema has an object that allows further properties"
            ),
            (
                [
                    "type": "object", "properties": ["a": ["type": "null"], "b": ["type": "null"]],
                    "required": ["a"],
                    "additionalProperties": false,
                ],
                "the output_schema has optional properties: 'b'"
            ),
            (
                ["type": "object", "properties": [:], "required": ["x"], "additionalProperties": false],
                "the output_schema requires what is no property: 'x'"
            ),
            (
                object(["type": "string", "minLength": 1]),
                "the output_schema at /properties/p has 'minLength', which is not taken"
            ),
            (
                object(["type": "array", "items": ["oneOf": [], "type": "null"]]),
                "the output_schema at /properties/p/items has 'oneOf', which is not taken"
            ),
            (
                object(["anyOf": [["type": "null"], ["allOf": [], "type": "null"]]]),
                "the output_schema at /properties/p/anyOf/1 has 'allOf', which is not taken"
            ),
            (object(["type": "array"]), "the output_schema at /properties/p has a list without 'items'"),
            (object(["description": "d"]), "the output_schema at /properties/p says no type"),
            (
                object(["type": "string", "format": "uri"]),
                "the output_schema at /properties/p has the format 'uri', which is not taken"
            ),
            (
                object(["$ref": "#/$defs/a", "description": "d"]),
                "the output_schema at /properties/p has 'description' beside '$ref'"
            ),
            (
                object(["$ref": "other.json"]),
                "the output_schema at /properties/p refers to something outside of itself"
            ),
            (
                object(true),
                "the output_schema is no mapping at /properties/p, and true or false is not taken"
            ),
            (
                object(["enum": .array((0...1000).map { .integer($0) })]),
                "the output_schema has 1001 values in enumerations, and 1000 are the most"
            ),
            (
                object([
                    "enum": .array((0...250).map { .string(String(repeating: "x", count: 60) + "\($0)") })
                ]),
                "the output_schema at /properties/p has an enumeration of 251 values with more than 15000 characters"
            ),
            (
                (0..<10).reduce(object(["type": "null"])) { inner, _ in object(inner) },
                "the output_schema at \(String(repeating: "/properties/p", count: 10)) nests objects more than 10 deep"
            ),
        ] as [(JSONValue, String)])
    func complain(schema: JSONValue, message: String) {
        let complaints = StrictSchema.complaints(about: schema)
        #expect(complaints.map(\.message) == [message])
        #expect(complaints.allSatisfy { !$0.isError && $0.id == "strict-schema" })
    }

    @Test("All mistakes are told at once")
    func many() {
        let schema: JSONValue = [
            "type": "object",
            "properties": ["a": ["type": "string", "maxLength": 3], "b": ["type": "object"]],
        ]
        #expect(StrictSchema.complaints(about: schema, name: "x").count == 4)
    }

    @Test("The most properties are 5000")
    func size() {
        func schema(_ count: Int) -> JSONValue {
            let names = (0..<count).map { "p\($0)" }
            return [
                "type": "object", "additionalProperties": false,
                "required": .array(names.map { .string($0) }),
                "properties": .object(pairs: names.map { ($0, ["type": "null"]) }),
            ]
        }
        #expect(StrictSchema.complaints(about: schema(5000)) == [])
        #expect(StrictSchema.complaints(about: schema(5001)).count == 1)
    }

    @Test("A schema that strict mode rejects is sent without it, and one without an object is not sent")
    func outputFormat() {
        let loose: JSONValue = ["type": "object", "properties": ["a": ["type": "string"]]]
        #expect(OpenAIOutputFormat(loose)?.members == ["name": "answer", "schema": loose, "strict": false])
        #expect(OpenAIOutputFormat.complaints(about: loose).count == 2)
        #expect(
            OpenAIOutputFormat.complaints(about: loose)[0].hint
                == "write additionalProperties: false; until then it is sent with strict: false, as advice to the model"
        )
        for schema in [["type": "array"], ["anyOf": []], true, ["type": "string"]] as [JSONValue] {
            #expect(OpenAIOutputFormat(schema) == nil)
        }
        #expect(OpenAIOutputFormat.complaints(about: ["type": "string", "minLength": 2]) == [])
        #expect(
            OpenAIOutputFormat.complaints(about: ["type": "array", "items": ["type": "null"]]).first?.hint?
                .hasSuffix(
                    "until then the schema is not sent") == true)
    }
}
