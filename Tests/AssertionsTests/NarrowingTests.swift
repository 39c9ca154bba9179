import Assertions
import Diagnostics
import Evals
import JSON
import Testing

@Suite("transform and xpath")
struct NarrowingTests {
    @Test(
        "transform gives",
        arguments: [
            ([.named(.trim)], " a b\n", "a b"), ([.named(.lower)], "ÄB", "äb"),
            ([.named(.upper)], "äß", "ÄSS"),
            ([.named(.collapseWhitespace)], "  a \n\t b ", "a b"),
            ([.named(.firstLine)], "\n \none\ntwo", "one"),
            ([.named(.lastLine)], "one\r\ntwo\r\n \n", "two"), ([.named(.firstLine)], "one", "one"),
            ([.named(.stripCodeFence)], "```json\n{\"a\": 1}\n```\n", "{\"a\": 1}"),
            ([.named(.stripCodeFence)], "~~~\nx\ny\n~~~", "x\ny"),
            ([.named(.stripCodeFence)], "```{}```", "{}"),
            ([.named(.stripCodeFence)], "Here: ```\nx\n```", "Here: ```\nx\n```"),
            ([.named(.stripCodeFence)], "```\nx\n```\n```\ny\n```", "```\nx\n```\n```\ny\n```"),
            ([.named(.stripCodeFence)], "```\nx", "```\nx"), ([.named(.stripCodeFence)], "```", "```"),
            ([.named(.stripCodeFence)], "```\n```", ""), ([.named(.stripCodeFence)], "```a\r\nx\r\n```", "x"),
            ([.named(.json)], " {\"b\": 1.0, \"a\": [true]} ", "{\"a\":[true],\"b\":1}"),
            ([.named(.json)], "\"x\\ny\"", "x\ny"),
            ([.regexExtract("id: (\\d+)")], "the id: 42.", "42"),
            ([.regexExtract("\\d+")], "the id: 42.", "42"),
            ([.regexExtract("/ID: (\\w)/i")], "id: x", "x"),
            ([.select("$.a.b")], "{\"a\": {\"b\": \"x\"}}", "x"),
            ([.select("$..n")], "[{\"n\": 1}, {\"n\": 2}]", "[1,2]"),
            ([.xpath("//b")], "<a><b>x<c>y</c></b></a>", "xy"),
            ([.xpath("//b")], "<a><b>1</b><b>2</b></a>", "[\"1\",\"2\"]"),
            (
                [.named(.stripCodeFence), .select("$.xml"), .xpath("/r/@k"), .named(.upper)],
                "```json\n{\"xml\": \"<r k='v'/>\"}\n```", "V"
            ),
            ([.select("$.a"), .named(.trim), .regexExtract("^.")], "{\"a\": \" xy\"}", "x"),
        ] as [([TransformStep], String, String)])
    func transform(steps: [TransformStep], answer: String, output: String) async throws {
        let result = try await Specimen(
            type: "equals", value: .string(output), transform: steps, answer: answer
        ).result()
        #expect(result.passed, "\(result.reason): \(result.actual ?? "")")
    }

    @Test("With json, equals compares values, and select comes last")
    func order() async throws {
        let equal = Specimen(
            type: "equals", value: ["b": 1, "a": 2], transform: [.named(.json)],
            answer: "{\"a\": 2.0, \"b\": 1}")
        #expect(try await equal.result().passed)
        let selected = Specimen(
            type: "equals", value: "x", select: "$.k", transform: [.named(.lower)], answer: "{\"K\": \"X\"}")
        #expect(try await selected.result().passed)
        let number = Specimen(
            type: "equals", value: 2, xpath: "count(//b)", answer: "<a><b/><b/></a>")
        #expect(try await number.result().passed)
        let schema = Specimen(
            type: "is-json", value: ["type": "array", "minItems": 2], xpath: "//b", answer: "<a><b/><b/></a>")
        #expect(try await schema.result().passed)
    }

    @Test(
        "xpath gives",
        arguments: [
            ("/a/b", "<a><b>x</b></a>", "x"), ("a/b", "<a><b>x</b></a>", "x"), ("//@k", "<a k='v'/>", "v"),
            ("string(//b)", "<a><b>x</b><b>y</b></a>", "x"), ("count(//b) > 1", "<a><b/><b/></a>", "true"),
            ("//n:b", "<a><n:b xmlns:n='u'>x</n:b></a>", "x"),
            ("//b[last()]/text()", "<a><b>1</b><b>2</b></a>", "2"),
            ("//*[local-name()='b']", "<a xmlns='u'><b>x</b></a>", "x"),
            ("number(//b)", "<a><b>2.50</b></a>", "2.5"),
            ("//b", "<!DOCTYPE a SYSTEM 'a.dtd'><a><b>x&ent;</b></a>", "x"),
            ("//comment()", "<a><!--c--></a>", "c"),
        ])
    func xpath(path: String, answer: String, output: String) async throws {
        let result = try await Specimen(
            type: "equals", value: .string(output), xpath: path, answer: answer
        ).result()
        #expect(result.passed, "\(result.reason): \(result.actual ?? "")")
    }

    @Test(
        "Where nothing is found the expectation fails, under not- too",
        arguments: [
            Specimen(type: "contains", value: "x", xpath: "//b", answer: "<a/>"),
            Specimen(type: "contains", value: "x", xpath: "//b", answer: "no XML"),
            Specimen(type: "equals", value: "inf", xpath: "1 div 0", answer: "<a/>"),
            Specimen(type: "equals", value: "NaN", xpath: "number(//b)", answer: "<a><b>x</b></a>"),
            Specimen(type: "contains", value: "x", xpath: "//n:b", answer: "<a/>"),
            Specimen(
                type: "contains", value: "x", xpath: "//b",
                answer: "<!DOCTYPE a [<!ENTITY e 'x'>]><a><b>&e;</b></a>"),
            Specimen(type: "contains", value: "x", transform: [.named(.firstLine)], answer: " \n "),
            Specimen(type: "contains", value: "x", transform: [.named(.lastLine)], answer: ""),
            Specimen(type: "contains", value: "x", transform: [.named(.json)], answer: "no JSON"),
            Specimen(type: "contains", value: "x", transform: [.regexExtract("y(.)")], answer: "ay"),
            Specimen(type: "contains", value: "x", transform: [.regexExtract("(y)?x")], answer: "x"),
            Specimen(type: "contains", value: "x", transform: [.select("$.a")], answer: "{}"),
        ], [false, true])
    func nothing(specimen: Specimen, isNegated: Bool) async throws {
        var specimen = specimen
        specimen.isNegated = isNegated
        let result = try await specimen.result()
        #expect(!result.passed)
        #expect(result.score == 0)
        #expect(result.error == nil, "\(result.reason)")
        #expect(result.expected != nil)
    }

    @Test("A default namespace is explained")
    func namespace() async throws {
        let result = try await Specimen(
            type: "contains", value: "x", xpath: "//b", answer: "<a xmlns='u'><b>x</b></a>"
        ).result()
        #expect(result.reason.contains("local-name"), "\(result.reason)")
    }

    @Test("What can't be evaluated is an error, under not- too", arguments: [false, true])
    func errors(isNegated: Bool) async throws {
        let many = "<a>" + String(repeating: "<b/>", count: 5000) + "</a>"
        for specimen in [
            Specimen(
                type: "contains", value: "x", xpath: "//*[count(//*[count(//*) > 0]) > 0]", answer: many),
            Specimen(
                type: "contains", value: "x", xpath: "//b", answer: String(repeating: "<b>", count: 5000)),
            Specimen(type: "contains", value: "x", transform: [.named(.json)], answer: "[\"\\ud800\"]"),
            Specimen(
                type: "contains", value: "x", transform: [.regexExtract("(a+)+b")],
                answer: String(repeating: "a", count: 50_000)),
        ] {
            var specimen = specimen
            specimen.isNegated = isNegated
            let result = try await specimen.result()
            if specimen.transform.first == .regexExtract("(a+)+b"), result.error == nil {
                // The engine may see that there is no b at all.
                #expect(result.reason.contains("finds nothing"))
                continue
            }
            #expect(result.error?.kind == .assertion, "\(specimen): \(result.reason)")
            #expect(!result.passed)
        }
    }

    @Test(
        "refuses",
        arguments: [
            (Specimen(type: "contains", value: "x", xpath: "//["), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: ""), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: "foo("), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: "foo()"), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: "count('a')"), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: "document('http://a.b/')"), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: "$v"), "bad-xpath"),
            (Specimen(type: "contains", value: "x", xpath: String(repeating: "(", count: 4000)), "bad-xpath"),
            (Specimen(type: "contains", value: "x", select: "$.a", xpath: "//a"), "two-selections"),
            (Specimen(type: "contains", value: "x", transform: [.regexExtract("(")]), "bad-pattern"),
            (Specimen(type: "contains", value: "x", transform: [.select("a")]), "bad-select"),
            (Specimen(type: "contains", value: "x", transform: [.xpath("//")]), "bad-xpath"),
        ])
    func refuse(specimen: Specimen, id: String) {
        #expect(specimen.mistake()?.id == id)
        #expect(specimen.mistake()?.hint != nil)
    }

    @Test(
        "a text that select took stays a text",
        arguments: [
            ("is-json", ["type": "integer"], #"{"id":"42"}"#, false),
            ("is-json", ["type": "object"], #"{"id":"{}"}"#, false),
            ("is-json", ["type": "string", "maxLength": 3], #"{"id":" abc "}"#, false),
            ("is-json", ["type": "string", "maxLength": 3], #"{"id":"\"abc\""}"#, false),
            ("is-json", ["enum": ["abc"]], #"{"id":"abc"}"#, true),
            ("is-json", ["type": ["string", "null"]], #"{"id":"abc"}"#, true),
            ("equals", ["a": 1], #"{"id":"{\"a\":1}"}"#, false), ("equals", 42, #"{"id":"42"}"#, false),
            ("equals", true, #"{"id":"true"}"#, false), ("equals", 42, #"{"id":42}"#, true),
            ("equals", "42", #"{"id":42}"#, true), ("expr", "json == 'abc'", #"{"id":"abc"}"#, true),
        ] as [(String, JSONValue, String, Bool)])
    func typedText(type: String, value: JSONValue, answer: String, passes: Bool) async throws {
        for isNegated in [false, true] {
            let result = try await Specimen(
                type: type, value: value, select: "$.id", answer: answer, isNegated: isNegated
            ).result()
            #expect(result.passed == (passes != isNegated), "\(result.reason)")
        }
    }
}
