import Secrets
import Testing

@Suite("Personal data")
struct PersonalDataTests {
    private static func finds(_ text: String) -> [(kind: String, text: String)] {
        var text = text
        return text.withUTF8 { bytes in
            var finds: [(String, String)] = []
            PersonalData.scan(bytes, kinds: Set(PersonalData.allCases)) { find in
                finds.append((find.kind, String(decoding: bytes[find.range], as: UTF8.self)))
                return true
            }
            return finds
        }
    }

    @Test(
        "is found",
        arguments: [
            ("Write to jane.doe@example.com.", "email", "jane.doe@example.com"),
            ("<a+b_c%d@mail.co.uk>", "email", "a+b_c%d@mail.co.uk"), ("mailto:x@y.io", "email", "x@y.io"),
            ("请联系me@example.cn谢谢", "email", "请联系me@example.cn"),
            ("(JOHN@EXAMPLE.ORG)", "email", "JOHN@EXAMPLE.ORG"),
            ("a@b.example...", "email", "a@b.example"),
            ("'o'neil@example.com'", "email", "o'neil@example.com"),
            ("Call +49 30 1234567 today", "phone", "+49 30 1234567"),
            ("+1 (212) 555-0123", "phone", "+1 (212) 555-0123"),
            ("+441632960961", "phone", "+441632960961"), ("+49 (0)30 123456", "phone", "+49 (0)30 123456"),
            ("+34 612 345 678.", "phone", "+34 612 345 678"), ("0049 30 1234567", "phone", "0049 30 1234567"),
            ("(212) 555-0123", "phone", "(212) 555-0123"), ("212-555-0123", "phone", "212-555-0123"),
            ("212.555.0123,", "phone", "212.555.0123"), ("1-800-555-0199", "phone", "1-800-555-0199"),
            ("Call now: 212-555-0123", "phone", "212-555-0123"),
            ("dial 212 555 0123 24 hours", "phone", "212 555 0123"), ("030 1234567", "phone", "030 1234567"),
            ("0171/2345678", "phone", "0171/2345678"), ("020 7946 0958", "phone", "020 7946 0958"),
            ("07700 900123", "phone", "07700 900123"), ("06 12 34 56 78", "phone", "06 12 34 56 78"),
            ("01.23.45.67.89", "phone", "01.23.45.67.89"), ("(02) 9876 5432", "phone", "(02) 9876 5432"),
            ("phone: 5550123", "phone", "5550123"), ("Tel. 2125550123", "phone", "2125550123"),
            ("my phone number is 612345678", "phone", "612345678"),
            ("电话+8613812345678", "phone", "+8613812345678"),
            ("4111 1111 1111 1111", "card", "4111 1111 1111 1111"),
            ("card 4111111111111111.", "card", "4111111111111111"),
            ("4111-1111-1111-1111 12/27", "card", "4111-1111-1111-1111"),
            ("5555555555554444", "card", "5555555555554444"),
            ("3782 822463 10005", "card", "3782 822463 10005"),
            ("6011111111111117", "card", "6011111111111117"),
            ("2223003122003222", "card", "2223003122003222"), ("30569309025904", "card", "30569309025904"),
            ("4111 1111 1111 1111 123", "card", "4111 1111 1111 1111"),
            ("IBAN DE89 3704 0044 0532 0130 00", "iban", "DE89 3704 0044 0532 0130 00"),
            ("GB82WEST12345698765432", "iban", "GB82WEST12345698765432"),
            ("fr1420041010050500013m02606", "iban", "fr1420041010050500013m02606"),
            ("NO93 8601 1117 947 is mine", "iban", "NO93 8601 1117 947"),
            ("078-05-1120", "ssn", "078-05-1120"),
            ("SSN: 078 05 1120", "ssn", "078 05 1120"),
            ("social security number 078051120", "ssn", "078051120"),
            ("from 8.8.8.8 at", "ip", "8.8.8.8"),
            ("2001:db8::8a2e:370:7334", "ip", "2001:db8::8a2e:370:7334"),
            ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "ip", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"),
        ])
    func found(text: String, kind: String, found: String) {
        let finds = Self.finds(text)
        #expect(finds.count == 1, "\(finds)")
        #expect(finds.first?.kind == kind, "\(finds)")
        #expect(finds.first?.text == found, "\(finds)")
    }

    @Test(
        "is not seen in other numbers and names",
        arguments: [
            "", "me@localhost", "@handle and @other.name", "a @ b.com", "git@github.com:owner/repository",
            "icon@2x.png",
            "package@1.2.3", "user@", "@example.com", "Order 1234567890", "order number 212-555-0123",
            "Invoice 0471-1234567",
            "ORD-0471-1234567", "2026-11-29", "29.11.2026", "01.02.2026", "2026-11-29T10:20:30+01:00",
            "10:20:30",
            "192.168.100.12", "10.0.0.1", "127.0.0.1", "1.234.567,89 EUR", "$1,234,567.89", "$212 555",
            "3.14159265358",
            "version 1.2.3", "1234567890123456", "4111 1111 1111 1112", "4111111111111111111111",
            "0.4111111111111111",
            "abc4111111111111111", "ISBN 978-3-16-148410-0", "0815/4711", "+100,000,000 views", "+15 points",
            "1+1 = 2",
            "+0200", "DE89 3704 0044 0532 0130 01", "XX89370400440532013000", "DE89 3704",
            "DE8937040044053201300055",
            "000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567", "123-45-0000", "123-456-789",
            "123-45-67890", "078 05 1120",
            "999.1.1.1", "1.2.3.4.5", "aa:bb:cc:dd:ee:ff", "std::vector<int>", "a::b", "fe80::1234:5678",
            "::1", "12:30 to 14:45",
            "pages 100 200 3000", "1 000 000", "12 34 56 78", "call me at 9", "call 911", "in 2024 2025 2026",
            "100-200-300",
            "sha 9f86d081884c7d659a2feaa0c55ad015", "f47ac10b-58cc-4372-a567-0e02b2c3d479", "0612345678",
            "tracking 1Z999AA10123456784",
            "phone case 1234567", "05551234", "3/4/2025", "1600x1200", "555-0123",
        ])
    func unseen(text: String) {
        let finds = Self.finds(text)
        #expect(finds.isEmpty, "\(finds)")
    }

    @Test(
        "is masked",
        arguments: [
            ("jane.doe@example.com", "email", "j***@e***.com"),
            ("4111 1111 1111 1111", "card", "**** **** **** 1111"),
            ("+49 30 1234567", "phone", "+49***67"), ("212-555-0123", "phone", "***23"),
            ("DE89370400440532013000", "iban", "DE** **** 00"), ("078-05-1120", "ssn", "***-**-1120"),
            ("8.8.4.4", "ip", "8.***"), ("2001:db8::1:2", "ip", "2001:***"),
            ("sk-abcdefghijklmnopqrstuvwx", "openai", "sk-…(27 characters)"),
            ("AKIAABCDEFGHIJKLMNOP", "aws", "AKIA…(20 characters)"), ("something", "key", "…(9 characters)"),
        ])
    func masked(text: String, kind: String, mask: String) {
        var text = text
        let shown = text.withUTF8 { Mask.text(of: ShapeFind(range: 0..<$0.count, kind: kind), in: $0) }
        #expect(shown == mask)
    }

    @Test(
        "is looked for in hostile texts in time linear in them",
        arguments: [
            "@", "a@", "a.a@a.", "+1", "(", "(1", "1-", "1 ", "4111 ", "DE89 ", "1.", "::", "a:", "phone ",
            "0 ", "00 1 ",
        ])
    func hostile(piece: String) {
        _ = Self.finds(String(repeating: piece, count: 40_000 / piece.utf8.count))
    }
}
