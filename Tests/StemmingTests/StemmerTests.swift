import Stemming
import Testing

@Suite("Stems")
struct StemmerTests {
    @Test(
        "are Porter's",
        arguments: [
            ("connected", "connect"), ("connecting", "connect"), ("connections", "connect"),
            ("relational", "relat"), ("ponies", "poni"), ("caresses", "caress"), ("a", "a"), ("", ""),
            ("über", "über"), ("running", "run"), ("42", "42"),
        ])
    func porter(word: String, stem: String) throws {
        var stemmer = try Stemmer(.porter)
        #expect(try stemmer.stem(of: word) == stem)
        #expect(try stemmer.stem(of: word) == stem)
    }

    @Test("of words that are none are the words")
    func long() throws {
        var stemmer = try Stemmer(.porter)
        let word = String(repeating: "a", count: 70_000)
        #expect(try stemmer.stem(of: word) == word)
    }
}
