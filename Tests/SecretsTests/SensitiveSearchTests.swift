import Secrets
import Testing

@Suite("Sensitive texts")
struct SensitiveSearchTests {
    private static func kinds(_ text: String, secrets: [String] = []) -> [String] {
        var text = text
        let search = SensitiveSearch(secrets: SecretTexts(secrets))
        return text.withUTF8 { search.finds(in: $0).map(\.kind) }
    }

    @Test(
        "keys and personal data are found from left to right",
        arguments: [
            ("ann@corp.io has sk-ant-api03-abcdefgh-ABCDEFGH_1234", ["email", "anthropic"]),
            ("sk-ant-api03-abcdefgh-ABCDEFGH_1234 of ann@corp.io", ["anthropic", "email"]),
            ("no-shape-at-all-9 no-shape-at-all-9", ["key", "key"]), ("Call +49 170 1234567", ["phone"]),
            ("IBAN DE02120300000000202051, card 4539 1488 0343 6467", ["iban", "card"]),
            ("Bearer no-shape-at-all-9", ["bearer"]), ("", []), ("the parcel is late", []),
            ("from 8.8.8.8", []), ("order 12345678901", []),
        ])
    func finds(text: String, expected: [String]) {
        #expect(Self.kinds(text, secrets: ["no-shape-at-all-9", "short"]) == expected)
    }

    @Test(
        "what is set aside for examples is nobody's, what only looks like it is someone's",
        arguments: [
            ("ann@example.com", false), ("ann@shop.example", false), ("ANN@Mail.Example.ORG", false),
            ("ann@shop.test", false), ("ann@example.com.evil.io", true), ("ann@notexample.com", true),
            ("ann@example.co.uk", true), ("+1 (212) 555-0123", false), ("212-555-0199", false),
            ("212-555-0200", true), ("+44 20 7946 0958", false), ("+441632960961", false),
            ("+44 20 7947 0958", true), ("4111 1111 1111 1111", false), ("4242424242424242", false),
            ("4539 1488 0343 6467", true), ("DE89 3704 0044 0532 0130 00", false),
            ("de89370400440532013000", false), ("DE02120300000000202051", true), ("078-05-1120", false),
            ("078-05-1121", true), ("AKIAIOSFODNN7EXAMPLE", false), ("AKIAIOSFODNN7EXAMPLF", true),
        ])
    func examples(text: String, counts: Bool) {
        #expect(!Self.kinds(text).isEmpty == counts)
    }

    @Test("each kind has words of its own")
    func words() {
        let kinds =
            PersonalData.allCases.map(\.rawValue) + KeyShape.allCases.map(\.rawValue) + ["key", "custom"]
        #expect(Set(kinds.map { SensitiveSearch.words(for: $0) }).count == kinds.count)
        #expect(kinds.filter { !SensitiveSearch.isSecret($0) } == PersonalData.allCases.map(\.rawValue))
    }
}
