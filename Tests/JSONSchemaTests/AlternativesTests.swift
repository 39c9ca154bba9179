import JSON
import JSONSchema
import Testing

@Suite("The nearest branch of anyOf and oneOf")
struct AlternativesTests {
    private static func violations(
        _ schema: String, _ instance: String, _ options: SchemaOptions = .init()
    ) throws -> [SchemaViolation] {
        try CompiledSchema(JSONParser().parse(schema), options: options).validate(
            JSONParser().parse(instance))
    }

    private static let animals = #"""
        {"oneOf": [
           {"title": "Cat", "properties": {"kind": {"const": "cat"}, "lives": {"maximum": 9}}, "required": ["kind"]},
           {"$ref": "#/$defs/dog"},
           {"properties": {"kind": {"anyOf": [{"const": "cow"}, {"const": "ox"}]}}, "required": ["kind"]},
           {"type": "array"}],
         "$defs": {"dog": {"properties": {"kind": {"const": "dog"}, "age": {"minimum": 0}, "name": {"type": "string"}},
                           "required": ["kind", "name", "legs"]}}}
        """#

    @Test(
        "the nearest branch is named and explained first",
        arguments: [
            // The fixed value of a member tells the variants apart, however much else is wrong.
            (
                animals, #"{"kind":"dog","age":-1}"#, "/$defs/dog/required",
                #"the nearest is "dog" (#/oneOf/1): "#
            ),
            (
                animals, #"{"kind":"cat","lives":10}"#, "/oneOf/0/properties/lives/maximum",
                #"the nearest is "Cat" (#/oneOf/0): /lives: expected at most 9, found 10"#
            ),
            // Without it, the fewest violations of the value itself; with as many of them, the one deeper down.
            (
                animals, #"{"lives":1}"#, "/oneOf/0/required",
                ##"the nearest is "Cat" (#/oneOf/0): the member "kind" is missing"##
            ),
            (
                animals, #"{"name":1,"legs":4}"#, "/$defs/dog/required",
                ##"the nearest is "dog" (#/oneOf/1): the member "kind" is missing and /name: expected a string, found 1"##
            ),
            // Another type is farthest.
            (
                ##"{"anyOf":[{"type":"string"},{"type":"integer","minimum":5,"multipleOf":5}]}"##, "2",
                "/anyOf/1/minimum",
                "2 fits none of the 2 alternatives; the nearest is #/anyOf/1: "
                    + "expected at least 5, found 2 and expected a multiple of 5, found 2"
            ),
            // The branch that got farther down is nearer.
            (
                ##"{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"a":{"properties":{"b":{"type":"null"}}}}}]}"##,
                ##"{"a":{"b":1}}"##, "/anyOf/1/properties/a/properties/b/type",
                "an object fits none of the 2 alternatives; the nearest is #/anyOf/1: /a/b: expected null, found 1"
            ),
            // A branch of branches is as near as its nearest one.
            (
                ##"{"anyOf":[{"anyOf":[{"type":"string"},{"type":"null"}]},{"required":["a","b"]}]}"##, "{}",
                "/anyOf/1/required",
                ##"the nearest is #/anyOf/1: the member "a" is missing and the member "b" is missing"##
            ),
            (
                ##"{"anyOf":[{"required":["a","b","c","d","e"]}]}"##, "{}", "/anyOf/0/required",
                ##"fits not the only alternative, #/anyOf/0: the member "a" is missing and the member "b" is missing"##
                    + ##" and the member "c" is missing and 2 more"##
            ),
            // Equally near: the order written.
            (
                ##"{"anyOf":[{"required":["a"]},{"required":["b"]}]}"##, "{}", "/anyOf/0/required",
                "the nearest is #/anyOf/0"
            ),
        ])
    func nearest(schema: String, instance: String, place: String, words: String) throws {
        let found = try Self.violations(schema, instance)
        let violation = try #require(found.first)
        #expect(found.count == 1)
        #expect(violation.causes.first?.schemaLocation.description == place)
        #expect(violation.message.contains(words), "\(violation.message)")
    }

    @Test(
        "branches for other types and values become one list of what is wanted",
        arguments: [
            (##"{"anyOf":[{"type":"string"},{"type":"null"}]}"##, "1", "expected a string or null, found 1"),
            (
                ##"{"anyOf":[{"type":"string","minLength":2},{"type":["null","string"]}]}"##, "1",
                "expected a string or null, found 1"
            ),
            (
                ##"{"oneOf":[{"const":"a","title":"A"},{"const":"b"},{"enum":[1,2]}]}"##, #""c""#,
                #"expected "a", "b", 1 or 2, found "c""#
            ),
            (
                ##"{"properties":{"x":{"anyOf":[{"type":"number"},{"const":"auto"}]}}}"##, ##"{"x":"aut"}"##,
                #"/x: expected a number or "auto", found "aut""#
            ),
        ])
    func wanted(schema: String, instance: String, message: String) throws {
        #expect(try Self.violations(schema, instance).map(\.message) == [message])
    }

    @Test("every branch has its say, however long the first one's list is")
    func sharesTheList() throws {
        let found = try Self.violations(
            ##"{"anyOf":[{"items":{"type":"string"}},{"maxItems":2},{"items":{"const":1}}]}"##,
            "[\((0..<100).map(String.init).joined(separator: ","))]", SchemaOptions(maximumViolations: 30))
        let violation = try #require(found.first)
        #expect(violation.keyword == "anyOf")
        #expect(violation.causes.contains { $0.keyword == "maxItems" })
        #expect(violation.causes.contains { $0.keyword == "const" })
        #expect(found.last?.keyword == "")
    }

    @Test("nested alternatives make no message that grows without bound")
    func boundsMessages() throws {
        var schema = ##"{"required":["\##(String(repeating: "long ", count: 100))"]}"##
        for _ in 0..<20 { schema = ##"{"anyOf":[\##(schema),{"required":["a"],"type":"object"}]}"## }
        let found = try Self.violations(schema, "{}")
        #expect(found.allSatisfy { $0.message.utf8.count < 2000 })
    }
}
