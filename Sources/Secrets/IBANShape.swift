/// International bank account numbers (ISO 13616): country, two check digits, and the account, in groups of four or not.
enum IBANShape {
    /// How long the number of each country is.
    private static let lengths: [String: Int] = [
        "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BI": 27,
        "BR": 29,
        "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27, "DK": 18, "DO": 28, "EE": 20,
        "EG": 29,
        "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27,
        "GT": 28,
        "HN": 28, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30,
        "KZ": 20,
        "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
        "MK": 19,
        "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23, "PK": 24, "PL": 28,
        "PS": 29,
        "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24, "SC": 31, "SD": 18, "SE": 24, "SI": 19,
        "SK": 24,
        "SM": 27, "SO": 23, "ST": 25, "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24,
        "XK": 20,
        "YE": 30,
    ]

    /// The number at a place.
    static func range(at place: TextPlace) -> Range<Int>? {
        guard TextPlace.isLetter(place.byte(0)), TextPlace.isLetter(place.byte(1)),
            TextPlace.isDigit(place.byte(2)),
            TextPlace.isDigit(place.byte(3))
        else { return nil }
        let country = String(decoding: [place.byte(0) & 0xDF, place.byte(1) & 0xDF], as: UTF8.self)
        guard let length = lengths[country] else { return nil }
        var characters: [UInt8] = []
        var index = place.start
        while characters.count < length {
            let byte = place.at(index)
            if KeyScan.isAlphanumeric(byte) {
                characters.append(byte)
            } else if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-"), characters.count % 4 == 0,
                KeyScan.isAlphanumeric(place.at(index + 1))
            {
                // A separator between groups of four.
            } else {
                return nil
            }
            index += 1
        }
        guard !KeyScan.isAlphanumeric(place.at(index)), isChecked(characters) else { return nil }
        return place.start..<index
    }

    /// The checksum: the first four characters behind the others, letters as 10 to 35, leave 1 when divided by 97.
    private static func isChecked(_ characters: [UInt8]) -> Bool {
        var rest = 0
        for byte in characters.dropFirst(4) + characters.prefix(4) {
            if TextPlace.isDigit(byte) {
                rest = (rest * 10 + Int(byte) - 0x30) % 97
            } else {
                rest = (rest * 100 + Int(byte & 0xDF) - 0x41 + 10) % 97
            }
        }
        return rest == 1
    }
}
