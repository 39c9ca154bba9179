import JSON
import Testing

@Suite("Reading and writing JSON")
struct JSONParserTests {
    @Test(
        "valid text is read and written back",
        arguments: [
            ("null", "null"), (" [1, 2.50 ,-0] ", "[1,2.5,-0.0]"), (#"{"b":1,"a":[]}"#, #"{"b":1,"a":[]}"#),
            ("123456789012345678901234567890", "123456789012345678901234567890"), ("1e400", "1e400"),
            (#""\u00e9\ud83d\ude00\n\/""#, "\"é😀\\n/\""), ("1.0", "1.0"),
            ("9223372036854775807", "9223372036854775807"),
            (#"{"a":1,"a":2}"#, #"{"a":2}"#), ("0.1000", "0.1"),
        ])
    func reads(text: String, expected: String) throws {
        #expect(try JSONParser().parse(text).description == expected)
    }

    @Test(
        "invalid text is refused",
        arguments: [
            "", " ", "nul", "[1,]", "{,}", "{a:1}", "'a'", "01", "+1", "1.", ".5", "1e", "--1", "[1 2]",
            "\"a", "\"\n\"",
            #""\x""#, #""\ud800""#, #""\udc00\ud800""#, "1 2", "NaN", "Infinity", "[1]x", "// a\n1",
            "\u{feff}1", #""\u12""#,
        ])
    func refuses(text: String) {
        #expect(throws: JSONParseError.self) { try JSONParser().parse(text) }
    }

    @Test("nesting is bounded, invalid UTF-8 and doubled keys are refused on request")
    func bounds() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONParseError.self) { try JSONParser().parse(deep) }
        #expect(throws: JSONParseError.self) { try JSONParser().parse(bytes: [0x22, 0xFF, 0x22]) }
        let error = #expect(throws: JSONParseError.self) {
            try JSONParser(rejectsDuplicateKeys: true).parse("{\n \"a\":1,\"a\":2}")
        }
        #expect(error.map { "\($0.line):\($0.column)" } == "2:8")
    }

    @Test(
        "numbers compare by value",
        arguments: [
            ("1", "1.0", true), ("10e-1", "1", true), ("0.1", "0.10", true),
            ("0.1", "0.1000000000000000000001", false),
            ("9007199254740993", "9007199254740992", false), ("1e400", "10e399", true), ("-0", "0", true),
            ("123456789012345678901", "123456789012345678902", false),
        ])
    func comparesNumbers(left: String, right: String, equal: Bool) throws {
        let first = try JSONParser().parse(left)
        let second = try JSONParser().parse(right)
        #expect((first == second) == equal)
        if equal { #expect(first.hashValue == second.hashValue) }
    }

    @Test(
        "order of numbers is exact",
        arguments: [("1", "2"), ("-2", "-1"), ("0.1", "0.1000000000000000000001"), ("-1e400", "3")])
    func orders(small: String, large: String) throws {
        let first = try #require(JSONNumber(text: small))
        let second = try #require(JSONNumber(text: large))
        #expect(first < second)
        #expect(!(second < first))
    }

    @Test(
        "canonical bytes follow RFC 8785, integers exact",
        arguments: [
            (#"{"b":1.0,"a":"é","10":null}"#, #"{"10":null,"a":"é","b":1}"#), ("1e21", "1e+21"),
            ("1E-7", "1e-7"), ("1.5e300", "1.5e+300"),
            ("0.000001", "0.000001"), ("123456789012345678901234", "1.23456789012345678901234e+23"),
            ("1e25", "1e+25"),
            ("10000000000000000000000000", "1e+25"), ("-0.0", "0"),
            ("333333333.33333329", "333333333.33333329"),
            ("\"\\u000f\\u20ac\"", "\"\\u000f€\""),
        ])
    func canonical(text: String, expected: String) throws {
        let bytes = CanonicalJSON.bytes(of: try JSONParser().parse(text))
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test(
        "pointers resolve and print",
        arguments: [("/a/0/b~1c", true), ("", true), ("/a/00", false), ("/x", false)])
    func pointers(text: String, found: Bool) throws {
        let value = try JSONParser().parse(#"{"a":[{"b/c":1}]}"#)
        let pointer = try #require(JSONPointer(text))
        #expect((pointer.resolve(in: value) != nil) == found)
        #expect(pointer.description == text)
    }

    @Test("Numbers read on the short way are those read on the long one")
    func plainNumbers() throws {
        var seed: UInt64 = 42
        func next(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % limit
        }
        for _ in 0..<20_000 {
            let whole = String(next(4) == 0 ? 0 : next(1_000_000_000))
            let digits = Int(next(9))
            let fraction = (0..<digits).map { _ in String(next(10)) }.joined()
            let text = (next(2) == 0 ? "-" : "") + whole + (digits > 0 ? "." + fraction : "")
            let number = try JSONParser().parse(text).number
            let expected = try #require(JSONNumber(text: text))
            #expect(number == expected, "\(text)")
            #expect(number?.text == expected.text, "\(text)")
            #expect(number?.decimal == expected.decimal, "\(text)")
        }
    }

    @Test(
        "Numbers at the edges of the short way",
        arguments: [
            "0", "-0", "-0.0", "0.0", "0.1", "-0.1", "123456789012345", "1234567890123456",
            "12345678901234567890",
            "0.123456789012345", "0.1234567890123456", "99999999999999.9", "999999999999999.9", "1.10",
            "100.00",
            "0.00000000000001", "1e5", "1E-5", "1.5e3",
        ])
    func numberEdges(text: String) throws {
        for document in [text, "[\(text)]", "{\"a\": \(text)}"] {
            let value = try JSONParser().parse(document)
            let number = value.number ?? value[0]?.number ?? value["a"]?.number
            let expected = try #require(JSONNumber(text: text))
            #expect(number == expected)
            #expect(number?.text == expected.text)
            #expect(number?.isWrittenAsInteger == expected.isWrittenAsInteger)
        }
    }

    @Test(
        "What is no number is refused",
        arguments: [
            "01", "-01", "1.", ".5", "-", "+1", "1.2.3", "1-2", "00", "1e", "0x1", "--1", "-.5", "1.e3",
        ])
    func noNumbers(text: String) {
        for document in [text, "[\(text)]", "[\(text) ]"] {
            #expect(throws: JSONParseError.self) { try JSONParser().parse(document) }
        }
    }

    @Test("Large objects keep order, find members, and lose them", arguments: [1, 12, 13, 14, 100])
    func objects(count: Int) throws {
        var object = JSONObject()
        for index in 0..<count { object["key \(index)"] = .integer(index) }
        object["key 0"] = "first"
        #expect(object.count == count)
        #expect(object.keys == (0..<count).map { "key \($0)" })
        #expect(object["key 0"] == "first")
        #expect(object["key \(count)"] == nil)
        object["e\u{301}"] = 1
        object["é"] = 2
        #expect(object.count == count + 2 && object["é"] == 2 && object["e\u{301}"] == 1)
        object["key 0"] = nil
        #expect(object["key 0"] == nil && object.count == count + 1)
        if count > 1 { #expect(object["key \(count - 1)"] == .integer(count - 1)) }
        let reversed = JSONObject(object.map { ($0.key, $0.value) }.reversed())
        #expect(reversed == object && reversed.hashValue == object.hashValue)
    }
}
