import JSON
import JSONSchema
import Testing

@Suite("Compiling")
struct SchemaErrorTests {
    @Test(
        "a schema that can't be used is refused at the right place",
        arguments: [
            ("1", ""), (##"{"type":"float"}"##, "/type"), (##"{"type":[]}"##, "/type"),
            (##"{"properties":{"a":{"type":1}}}"##, "/properties/a/type"), (##"{"enum":1}"##, "/enum"),
            (##"{"required":true}"##, "/required"), (##"{"required":[1]}"##, "/required"),
            (##"{"minLength":-1}"##, "/minLength"), (##"{"minLength":1.5}"##, "/minLength"),
            (##"{"pattern":"("}"##, "/pattern"),
            (##"{"patternProperties":{"(":{}}}"##, "/patternProperties/("),
            (##"{"multipleOf":0}"##, "/multipleOf"), (##"{"allOf":[]}"##, "/allOf"),
            (##"{"anyOf":{}}"##, "/anyOf"),
            (##"{"$ref":"#/nowhere"}"##, "/$ref"), (##"{"$ref":"#anchor"}"##, "/$ref"),
            (##"{"$ref":"http://example.com/x"}"##, "/$ref"), (##"{"$ref":1}"##, "/$ref"),
            (##"{"$schema":"http://example.com/x"}"##, "/$schema"),
            (##"{"$defs":{"a":{"minimum":"1"}}}"##, "/$defs/a/minimum"),
            (##"{"unevaluatedProperties":1}"##, "/unevaluatedProperties"),
            (##"{"$dynamicRef":"#x"}"##, "/$dynamicRef"), (##"{"$recursiveRef":"#/a"}"##, "/$recursiveRef"),
            (##"{"$ref":"#"}"##, ""),
            (##"{"properties":{"a":{"anyOf":[{"$ref":"#/properties/a"}]}}}"##, "/properties/a"),
            (##"{"$schema":"https://json-schema.org/draft/2020-12/schema","items":[]}"##, "/items"),
        ])
    func refuses(schema: String, pointer: String) throws {
        let document = try JSONParser().parse(schema)
        let error = #expect(throws: SchemaError.self) { try CompiledSchema(document) }
        #expect(error?.problems.map(\.pointer.description) == [pointer])
    }

    @Test("all problems are told at once")
    func collects() throws {
        let error = #expect(throws: SchemaError.self) {
            try CompiledSchema(["type": "text", "minLength": "1", "pattern": "["])
        }
        #expect(error?.problems.count == 3)
    }

    @Test(
        "keywords without effect are warned of",
        arguments: [
            (##"{"requried":["a"]}"##, "did you mean 'required'?"),
            (##"{"additonalProperties":false}"##, "did you mean 'additionalProperties'?"),
            (##"{"min_length":1}"##, "did you mean 'minLength'?"),
            (##"{"nullable":true}"##, "add \"null\" to 'type'"),
            (##"{"then":{}}"##, "without 'if'"),
            (
                ##"{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","minimum":1,"definitions":{"a":{}}}"##,
                "ignores everything beside '$ref'"
            ),
            (##"{"$schema":"http://json-schema.org/draft-04/schema#","const":1}"##, "no keyword of draft 4"),
        ])
    func warns(schema: String, expected: String) throws {
        let warnings = try CompiledSchema(JSONParser().parse(schema)).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.message.contains(expected) == true)
    }

    @Test(
        "annotations and names of members are not warned of",
        arguments: [
            ##"{"title":"a","x-note":1,"examples":[],"$comment":"","default":1,"readOnly":true,"unit":"m"}"##,
            ##"{"properties":{"requried":{"type":"string"}},"$defs":{"pattren":{}}}"##,
        ])
    func keepsQuiet(schema: String) throws {
        #expect(try CompiledSchema(JSONParser().parse(schema)).warnings.isEmpty)
    }
}
