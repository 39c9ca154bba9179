import JSON
import JSONSchema
import Testing

@Suite("Validating")
struct CompiledSchemaTests {
    static func schema(_ text: String, _ options: SchemaOptions = .init()) throws -> CompiledSchema {
        try CompiledSchema(JSONParser().parse(text), options: options)
    }

    @Test(
        "valid and invalid instances side by side",
        arguments: [
            (##"{"type":"integer"}"##, "1.0", "1.5"),
            (##"{"type":["string","null"]}"##, "null", "0"),
            (##"{"const":"\u00e9"}"##, #""\u00e9""#, #""e\u0301""#),
            (##"{"enum":[1,[2.0]]}"##, "[2]", "[1]"),
            (##"{"maximum":9007199254740992}"##, "9007199254740992", "9007199254740993"),
            (##"{"minimum":0.1,"exclusiveMaximum":0.3}"##, "0.1", "0.3"),
            (##"{"minimum":5,"exclusiveMinimum":true}"##, "6", "5"),
            (##"{"multipleOf":0.1}"##, "0.3", "0.35"),
            (##"{"multipleOf":0.0001}"##, "1e300", "0.00075"),
            (##"{"multipleOf":3}"##, "111111111111111111111111111111", "1e1000000"),
            (##"{"multipleOf":1e-1000000}"##, "7", "1e-1000001"),
            (##"{"maxLength":1}"##, #""\ud83d\ude00""#, #""e\u0301""#),
            (##"{"uniqueItems":true}"##, #"[1,true,"1",[1]]"#, "[1,2,1.0]"),
            (##"{"items":[{"type":"string"}],"additionalItems":false}"##, #"["a"]"#, #"["a",1]"#),
            (##"{"prefixItems":[true],"items":{"type":"null"}}"##, "[1,null]", "[1,1]"),
            (##"{"contains":{"const":1},"maxContains":1}"##, "[1,2]", "[1,1]"),
            (
                ##"{"patternProperties":{"^x":{"type":"null"}},"additionalProperties":false}"##,
                ##"{"x":null}"##, ##"{"y":1}"##
            ),
            (##"{"dependencies":{"a":["b"]}}"##, ##"{"b":1}"##, ##"{"a":1}"##),
            (
                ##"{"$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"}},"required":["v"]}},"$ref":"#/$defs/n"}"##,
                ##"{"v":1,"next":{"v":2}}"##, ##"{"v":1,"next":{}}"##
            ),
            (##"{"$ref":"#x","$defs":{"a":{"$anchor":"x","type":"null"}}}"##, "null", "1"),
            (##"{"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}}"##, "2", #""a""#),
        ])
    func validates(schema: String, valid: String, invalid: String) throws {
        let compiled = try Self.schema(schema)
        #expect(try compiled.validate(JSONParser().parse(valid)).isEmpty)
        #expect(try !compiled.validate(JSONParser().parse(invalid)).isEmpty)
        #expect(try !compiled.accepts(JSONParser().parse(invalid)))
    }

    @Test(
        "messages name the place, what was expected and what was found",
        arguments: [
            (
                ##"{"properties":{"items":{"items":{"properties":{"price":{"type":"number"}}}}}}"##,
                ##"{"items":[{"price":"12"}]}"##,
                [#"/items/0/price: expected a number, found "12""#]
            ),
            (
                ##"{"required":["a","b"],"properties":{"c":{"type":"null"}}}"##, ##"{"c":1}"##,
                [#"the member "a" is missing"#, #"the member "b" is missing"#, "/c: expected null, found 1"]
            ),
            (
                ##"{"properties":{"a":true},"additionalProperties":false}"##, ##"{"b":1}"##,
                [#"/b: this member is not allowed here; known are "a""#]
            ),
            (##"{"minimum":2}"##, "1", ["expected at least 2, found 1"]),
            ("false", "1", ["no value is allowed here"]),
            (
                ##"{"oneOf":[{"type":"number"},{"minimum":0}]}"##, "1",
                ["fits 2 of the alternatives (#/oneOf/0, #/oneOf/1) instead of one"]
            ),
            (##"{"format":"date"}"##, #""2026-02-30""#, [#""2026-02-30" is not a date such as 2026-01-31"#]),
        ])
    func explains(schema: String, instance: String, expected: [String]) throws {
        let violations = try Self.schema(schema).validate(JSONParser().parse(instance))
        #expect(violations.map(\.message) == expected)
    }

    @Test("the nearest branch of anyOf comes first, with places in instance and schema")
    func ranksBranches() throws {
        let compiled = try Self.schema(
            #"""
            {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/dog"}, {"properties": {"kind": {"const": "cat"}}}],
             "$defs": {"dog": {"properties": {"kind": {"const": "dog"}, "age": {"minimum": 0}}}}}
            """#)
        let violation = try #require(
            try compiled.validate(["kind": "dog", "age": -1]).first)
        #expect(violation.keyword == "anyOf")
        #expect(violation.causes.first?.schemaLocation.description == "/$defs/dog/properties/age/minimum")
        #expect(violation.causes.first?.instanceLocation.description == "/age")
        #expect(violation.causes.count == 3)
    }

    @Test("limits are errors, never a verdict")
    func limits() throws {
        let nested = try Self.schema(
            ##"{"items":{"$ref":"#"},"minItems":0}"##, SchemaOptions(maximumDepth: 50))
        let deep = try JSONParser().parse(
            String(repeating: "[", count: 100) + String(repeating: "]", count: 100))
        #expect(throws: SchemaLimitError.self) { try nested.validate(deep) }
        let doubling = (0..<30).map {
            ##""\##($0)":{"allOf":[{"$ref":"#/$defs/\##($0 + 1)"},{"$ref":"#/$defs/\##($0 + 1)"}]}"##
        }
        let bomb = try Self.schema(
            ##"{"$ref":"#/$defs/0","$defs":{\##(doubling.joined(separator: ",")),"30":{"type":"number"}}}"##,
            SchemaOptions(maximumSteps: 10_000))
        #expect(throws: SchemaLimitError.self) { try bomb.validate(1) }
        // Undecided patterns must not become a pass below `not` or beside another branch.
        let text = JSONValue.string(String(repeating: "a", count: 100) + "b")
        for slow in [
            #"{"pattern":"^(a|aa)+$"}"#, #"{"not":{"pattern":"^(a|aa)+$"}}"#,
            #"{"anyOf":[{"pattern":"^(a|aa)+$"},true]}"#, #"{"if":{"pattern":"^(a|aa)+$"},"else":{}}"#,
        ] {
            let error = #expect(throws: SchemaLimitError.self) { try Self.schema(slow).validate(text) }
            #expect(error?.kind == .pattern)
        }
    }

    @Test("the default depth is reached without a crash")
    func defaultDepth() throws {
        let compiled = try Self.schema(##"{"items":{"anyOf":[{"$ref":"#"}]}}"##)
        let deep = try JSONParser().parse(
            String(repeating: "[", count: 900) + String(repeating: "]", count: 900))
        #expect(throws: SchemaLimitError.self) { try compiled.validate(deep) }
    }

    @Test("long lists of violations are cut with a note")
    func cutsLists() throws {
        let compiled = try Self.schema(#"{"items":false}"#)
        #expect(try compiled.validate([1, 2]).count == 1)
        let typed = try Self.schema(##"{"items":{"type":"null"}}"##, SchemaOptions(maximumViolations: 2))
        #expect(try typed.validate([1, 2, 3]).map(\.keyword) == ["type", "type", ""])
    }

    @Test("format is an annotation when asked")
    func formatAnnotation() throws {
        let options = SchemaOptions(assertsFormat: false)
        #expect(try Self.schema(##"{"format":"date"}"##, options).accepts("x"))
        #expect(try !Self.schema(##"{"format":"date"}"##).accepts("x"))
        #expect(try Self.schema(##"{"format":"color"}"##).warnings.count == 1)
    }

    @Test(
        "schemas that accept everything are known",
        arguments: [
            ("true", true), ("{}", true), (##"{"title":"x"}"##, true), ("false", false),
            (##"{"type":"null"}"##, false),
        ])
    func acceptsEverything(schema: String, expected: Bool) throws {
        #expect(try Self.schema(schema).acceptsEverything == expected)
    }

    @Test(
        "the sole type is known",
        arguments: [
            (##"{"type":"string"}"##, "string"), (##"{"type":["string"]}"##, "string"),
            (##"{"type":["string","null"]}"##, nil), ("true", nil),
        ] as [(String, String?)])
    func soleType(schema: String, expected: String?) throws {
        #expect(try Self.schema(schema).soleType == expected)
    }
}
