import JSON
import Testing

@Suite("Places in JSON text")
struct JSONPlacesTests {
    private static let text = """
        { "a": [1, {"é\\u0062": true}, "]"],
          "x/y": {"€": {"deep": null}}}
        """

    @Test(
        "a pointer leads to a key or an element, else to the innermost value on its way",
        arguments: [
            ("", 1, 1), ("/a", 1, 3), ("/a/0", 1, 9), ("/a/1", 1, 12), ("/a/1/éb", 1, 13), ("/a/2", 1, 31),
            ("/x~1y", 2, 3), ("/x~1y/€", 2, 11), ("/x~1y/€/deep", 2, 17),
            ("/nothing/at/all", 1, 1), ("/a/9", 1, 3), ("/a/0/b", 1, 9), ("/x~1y/€/deep/more", 2, 17),
        ])
    func finds(pointer: String, line: Int, column: Int) throws {
        let place = JSONPlaces.find([try #require(JSONPointer(pointer))], in: Array(Self.text.utf8)).first
        #expect(place?.line == line)
        #expect(place?.column == column)
    }

    @Test("several pointers are found in one walk, in the order asked")
    func findsSeveral() throws {
        let pointers = try ["/x~1y", "/a/1", "", "/a/1", "/a"].map { try #require(JSONPointer($0)) }
        let places = JSONPlaces.find(pointers, in: Array(Self.text.utf8))
        #expect(places.map(\.line) == [2, 1, 1, 1, 1])
        #expect(places.map(\.column) == [3, 12, 1, 12, 3])
    }

    @Test(
        "a text that is no JSON is walked to its mistake and no farther",
        arguments: [
            "", "{", "[", "{\"a\"", "{\"a\":", "[1,", "{\"a\": [1, }", "[[[[", "\"", "{\"a\": tru, \"b\": 1}",
        ])
    func survives(text: String) throws {
        let pointers = try ["/a/1", "/0/0/0/0/0", "/b"].map { try #require(JSONPointer($0)) }
        #expect(JSONPlaces.find(pointers, in: Array(text.utf8)).count == 3)
    }

    @Test("a hundred thousand members with a pointer each take one walk")
    func manyMembers() {
        let count = 100_000
        let text = "{" + (0..<count).map { "\"k\($0)\": {\"type\": 1}" }.joined(separator: ",\n") + "}"
        let pointers = (0..<count).map { JSONPointer(tokens: ["k\($0)", "type"]) }
        let places = JSONPlaces.find(pointers, in: Array(text.utf8))
        #expect(places.map(\.line) == Array(1...count))
    }
}
