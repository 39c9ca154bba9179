import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("is-json")
struct IsJSONAssertionTests {
    private static let label: JSONValue = ["type": "string", "enum": ["spam", "ham"]]
    private static let priced: JSONValue = [
        "type": "object", "required": ["price"], "properties": ["price": ["type": "number"]],
    ]

    @Test(
        "judges",
        arguments: [
            (Specimen(type: "is-json", answer: " null "), true),
            (Specimen(type: "is-json", answer: ""), false),
            (Specimen(type: "is-json", answer: "{'a': 1}"), false),
            (Specimen(type: "is-json", value: priced, answer: "{\"price\": 3}"), true),
            (Specimen(type: "is-json", value: priced, answer: "{\"price\": \"3\"}"), false),
            (Specimen(type: "is-json", value: priced, answer: "not JSON"), false),
            (Specimen(type: "is-json", value: label, answer: " spam\n"), true),
            (Specimen(type: "is-json", value: label, answer: "\"spam\""), true),
            (Specimen(type: "is-json", value: label, answer: "Spam"), false),
            (Specimen(type: "is-json", value: label, select: "$.l", answer: "{\"l\": \"ham\"}"), true),
            (Specimen(type: "is-json", value: label, select: "$.l", answer: "{\"l\": 1}"), false),
            (Specimen(type: "is-json", value: priced, select: "$[0]", answer: "[{\"price\": 1}]"), true),
            (Specimen(type: "is-json", value: true, answer: "1"), true),
            (Specimen(type: "is-json", value: false, answer: "1"), false),
            (Specimen(type: "is-json", value: "{\"type\": \"integer\"}", answer: "1"), true),
            (
                Specimen(
                    type: "is-json", value: ["type": "string", "format": "date"], answer: "tomorrow"),
                false
            ),
            (
                Specimen(
                    type: "is-json", value: ["type": "string", "format": "date"],
                    options: ["format": "annotation"], answer: "tomorrow"), true
            ),
        ])
    func judge(specimen: Specimen, passes: Bool) async throws {
        let result = try await specimen.result()
        #expect(result.passed == passes, "\(result.reason)")
        #expect(result.error == nil)
    }

    @Test(
        "what may be JSON but can't be read is an error, under not- as well",
        arguments: [
            String(repeating: "[", count: 2000) + String(repeating: "]", count: 2000), #""\ud800""#,
            #"{"a": "\udc00"}"#, #"["\ud800\u0041"]"#, "1e99999999999",
        ])
    func unreadable(answer: String) async throws {
        let rows = [
            Specimen(type: "is-json", answer: answer), Specimen(type: "is-json", value: [:], answer: answer),
            Specimen(type: "equals", value: ["a"], answer: answer),
            Specimen(type: "contains", value: "a", select: "$.a", answer: answer),
        ]
        for specimen in rows {
            for isNegated in [false, true] {
                var specimen = specimen
                specimen.isNegated = isNegated
                let result = try await specimen.result()
                #expect(!result.passed)
                #expect(result.error?.kind == .assertion, "\(specimen.type) \(result.reason)")
            }
        }
    }

    @Test(
        "a text that is no JSON number stays a failed expectation",
        arguments: ["1e", "1e+", "01e99999999999", "1.e99999999999"])
    func noNumber(answer: String) async throws {
        let result = try await Specimen(type: "is-json", answer: answer).result()
        #expect(!result.passed)
        #expect(result.error == nil)
    }

    @Test("the warning about a schema that accepts everything says what it still checks")
    func acceptsEverything() async throws {
        let specimen = Specimen(type: "is-json", value: true, answer: "not JSON")
        #expect(try await specimen.result().passed == false)
        let vacuity = try specimen.vacuity()
        #expect(vacuity?.contains("accepts every JSON value") == true)
        #expect(vacuity?.contains("write is-json") == true)
    }

    @Test("says in the reason what does not fit, and where")
    func reason() async throws {
        let result = try await Specimen(
            type: "is-json", value: Self.priced, answer: "{\"price\": \"12\"}"
        ).result()
        #expect(result.reason.contains("/price"), "\(result.reason)")
        #expect(result.expected?.contains("\"price\"") == true)
        #expect(result.actual == "{\"price\": \"12\"}")
    }

    @Test(
        "refuses",
        arguments: [
            (Specimen(type: "is-json", value: .null), "missing-value"),
            (Specimen(type: "is-json", value: 5), "bad-schema"),
            (Specimen(type: "is-json", value: "[1]"), "bad-schema"),
            (Specimen(type: "is-json", value: "type: object\n"), "bad-schema"),
            (Specimen(type: "is-json", value: ["properties": ["a": ["type": "no-such"]]]), "bad-schema"),
            (Specimen(type: "is-json", value: ["pattern": "("]), "bad-schema"),
            (Specimen(type: "is-json", options: ["format": "maybe"]), "bad-value"),
        ])
    func refuse(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id)
    }

    @Test("names the place in a schema that does not compile")
    func schemaPlace() {
        let schema: JSONValue = ["properties": ["a": ["type": "no-such"]]]
        let message = Specimen(type: "is-json", value: schema).mistake()?.message
        #expect(message?.contains("#/properties/a/type") == true, "\(message ?? "")")
    }

    @Test("under the name schema needs a schema")
    func alias() throws {
        let resolved = try #require(AssertionCatalog.standard.resolve("not-schema"))
        #expect(resolved.descriptor.name == "is-json")
        #expect(resolved.isNegated)
        var specification = Specimen(type: "is-json").specification
        specification.writtenType = "schema"
        #expect(throws: (any Error).self) { try AssertionCatalog.standard.compile(specification) }
    }
}
