/// Data that belongs to nobody, since it is set aside for documentation and tests.
///
/// E-mail addresses of reserved domains (RFC 2606 and 6761), phone numbers set aside for fiction (NANP 555-0100 to
/// 555-0199; Ofcom's drama ranges), the test cards of payment providers, the IBANs of the standard's examples, social security
/// numbers that were printed on sample cards, addresses of RFC 5737 and 3849, and AWS's example keys.
public enum ExampleData {
    /// True when a find is such data.
    public static func holds(_ find: ShapeFind, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = bytes[find.range]
        switch PersonalData(rawValue: find.kind) {
        case .email: return isReservedDomain(String(decoding: text, as: UTF8.self).lowercased())
        case .phone: return isFictional(digits(text))
        case .card: return cards.contains(digits(text))
        case .iban: return ibans.contains(letters(text))
        case .ssn: return ["078051120", "219099999", "123456789"].contains(digits(text))
        case .ip:
            let address = String(decoding: text, as: UTF8.self).lowercased()
            return ["192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:"].contains { address.hasPrefix($0) }
        case nil:
            return find.kind == KeyShape.aws.rawValue
                && String(decoding: text, as: UTF8.self).hasSuffix("EXAMPLE")
        }
    }

    private static let cards: Set<String> = [
        "4111111111111111", "4012888888881881", "4242424242424242", "4000056655665556", "4000000000000002",
        "4222222222222", "5555555555554444", "5105105105105100", "5200828282828210", "2223003122003222",
        "2223000048400011", "378282246310005", "371449635398431", "378734493671000", "6011111111111117",
        "6011000990139424", "6011981111111113", "3530111333300000", "3566002020360505", "30569309025904",
        "38520000023237", "3056930009020004", "36227206271667", "6200000000000005",
    ]

    private static let ibans: Set<String> = [
        "GB82WEST12345698765432", "GB29NWBK60161331926819", "GB33BUKB20201555555555",
        "DE89370400440532013000",
        "FR1420041010050500013M02606", "FR7630006000011234567890189", "ES9121000418450200051332",
        "NL91ABNA0417164300", "CH9300762011623852957", "AT611904300234573201", "BE68539007547034",
        "IT60X0542811101000000123456", "PL61109010140000071219812874", "SE4550000000058398257466",
        "NO9386011117947", "DK5000400440116243", "FI2112345600000785", "IE29AIBK93115212345678",
    ]

    private static let domains = [
        "example.com", "example.org", "example.net", "example.edu", "localhost", "example", "test", "invalid",
    ]

    private static func isReservedDomain(_ address: String) -> Bool {
        guard let at = address.lastIndex(of: "@") else { return false }
        let host = address[address.index(after: at)...]
        return domains.contains { host == $0 || host.hasSuffix("." + $0) }
    }

    private static func isFictional(_ digits: String) -> Bool {
        // 555-0100 to 555-0199 of any area of North America, with or without its country code.
        if digits.count == 10 || digits.count == 11 && digits.hasPrefix("1") || digits.count == 7 {
            return digits.suffix(7).hasPrefix("55501")
        }
        // London, mobile and no area in particular.
        return ["2079460", "7700900", "1632960"].contains { digits.contains($0) }
            && ["44", "0044", "0"].contains { digits.hasPrefix($0) }
    }

    private static func digits(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: text.filter(TextPlace.isDigit), as: UTF8.self)
    }

    private static func letters(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: text.filter(KeyScan.isAlphanumeric), as: UTF8.self).uppercased()
    }
}
