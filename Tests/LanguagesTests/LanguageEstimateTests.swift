import Languages
import Testing

@Suite("Languages of texts")
struct LanguageEstimateTests {
    @Test(
        "are told",
        arguments: [
            ("Your parcel is on its way and will arrive tomorrow.", "en"),
            ("Vielen Dank für Ihre Nachricht. Das Paket kommt morgen an.", "de"),
            ("Merci pour votre message, le colis arrive demain matin.", "fr"),
            ("Gracias por su mensaje, el paquete llegará mañana.", "es"),
            ("Il pacco arriverà domani, grazie per la pazienza.", "it"),
            ("荷物は明日届きます。ありがとうございます。", "ja"),
            ("您的包裹明天到达，感谢您的耐心等待。", "zh-Hans"),
            ("您的包裹明天到達，謝謝您的耐心等候。", "zh-Hant"),
            ("Посылка придёт завтра, спасибо за терпение.", "ru"),
            ("החבילה תגיע מחר, תודה על הסבלנות", "he"),
            ("Your parcel\u{0}\u{1}is on its way \u{FFFF} and will arrive tomorrow.\r\n", "en"),
        ])
    func told(text: String, code: String) {
        guard case .told(let shares) = LanguageEstimate(of: text) else {
            Issue.record("not told: \(text)")
            return
        }
        #expect(shares.first?.code == code)
        #expect(abs(shares.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    }

    @Test(
        "are not told of texts with too few letters",
        arguments: ["ok", "Danke", "Grazie mille!", "明日"])
    func short(text: String) { #expect(LanguageEstimate(of: text) == .tooShort) }

    @Test("are none without letters", arguments: ["", " \n", "42", "12345 67890 !!! 😀😀😀"])
    func none(text: String) { #expect(LanguageEstimate(of: text) == .noLetters) }

    @Test("are not told of letters that are no language")
    func unclear() {
        #expect(LanguageEstimate(of: "xqzvk wrtpl zzkqj vvxqp wqrtz kjhgf") == .unclear)
    }

    @Test("of huge texts are those of their beginning")
    func huge() {
        let text =
            String(repeating: "This is a sentence in English. ", count: 40_000)
            + String(repeating: "Dies ist ein deutscher Satz. ", count: 40_000)
        #expect(LanguageEstimate(of: text) == .told([LanguageShare(code: "en", share: 1)]))
    }

    @Test("are told whatever scalars stand among the words")
    func scalars() {
        var text = String(repeating: "This is a sentence in English, and so is this one. ", count: 200)
        for value in stride(from: UInt32(0), to: 0x30000, by: 997) {
            if let scalar = Unicode.Scalar(value), !scalar.properties.isAlphabetic {
                text.unicodeScalars.append(scalar)
            }
        }
        guard case .told(let shares) = LanguageEstimate(of: text) else {
            Issue.record("not told")
            return
        }
        #expect(shares.first?.code == "en")
    }

    @Test(
        "have codes and names",
        arguments: [
            ("de", "de"), ("German", "de"), ("DEUTSCH", "de"), ("zh", "zh"), ("zh-hant", "zh-Hant"),
            ("nb", "no"), ("iw", "he"), ("中文", "zh"),
        ])
    func names(written: String, code: String) { #expect(Language(written)?.code == code) }

    @Test("have no other names", arguments: ["", "en-US", "Klingon", "d", "pt_BR"])
    func unknown(written: String) { #expect(Language(written) == nil) }

    @Test("with several forms include each of them")
    func forms() {
        #expect(Language("zh")?.includes("zh-Hant") == true)
        #expect(Language("zh-Hans")?.includes("zh-Hant") == false)
        #expect(Language("no")?.includes("nn") == true)
        #expect(Set(Language.codes).count == Language.codes.count)
    }
}
