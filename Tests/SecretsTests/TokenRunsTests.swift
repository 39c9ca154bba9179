import Testing

@testable import Secrets

@Suite("Keys in hostile texts") struct TokenRunsTests {
    @Test(
        "the bytes that are read grow with the text only",
        arguments: [
            "sk-", "-eyJabcdefgh", "xoxb-", "sk-ant-", "AIza-", "Bearer ", "-----BEGIN ", ".eyJabcdefgh-eyJ",
            "ghp_", "[redacted:openai:1]", "eyJ.eyJ-",
        ])
    func linear(piece: String) throws {
        // One megabyte: read anew from each beginning, this would be 10¹¹ bytes.
        var text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let work = text.withUTF8 { bytes in
            var runs = TokenRuns(bytes)
            _ = KeyShape.finds(in: bytes, &runs)
            return runs.work
        }
        #expect(work <= 3 * text.utf8.count)
    }

    @Test("a payload that many headers share is read once")
    func payload() {
        var text =
            String(repeating: "-eyJabcdefgh", count: 40_000) + ".eyJ"
            + String(repeating: "-eyJab", count: 80_000)
        let work = text.withUTF8 { bytes in
            var runs = TokenRuns(bytes)
            #expect(KeyShape.finds(in: bytes, &runs).isEmpty)
            return runs.work
        }
        #expect(work <= 3 * text.utf8.count)
    }

    @Test("a key behind many that are none is still found")
    func behind() {
        var text = String(repeating: "sk-", count: 1000) + "abcDEF0123456789abcDEF01 x"
        let finds = text.withUTF8 { KeyShape.finds(in: $0) }
        #expect(finds == [KeyShape.Find(range: 0..<text.utf8.count - 2, kind: "openai")])
    }
}
