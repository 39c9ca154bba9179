/// Phone numbers.
///
/// - `+` and a country code: 8 to 15 digits, in groups or not.
/// - `00` and a country code, in three groups or more.
/// - North America: `(212) 555-0123`, `212-555-0123`, `1.212.555.0123`.
/// - Countries that dial 0 first: `030 1234567`, `0171/2345678`, `020 7946 0958`, `06 12 34 56 78`; 9 to 12 digits in groups.
/// - Any 7 to 15 digits behind a word such as `phone` or `tel`.
///
/// Behind words such as `order` or `invoice` only the first form counts. Digits without groups and without such a word are
/// no number: they can be anything.
enum PhoneShape {
    private static let yes = LabelWords([
        "tel", "telef*", "teleph*", "phone*", "call", "calling", "mobile", "mobil*", "cell", "cellphone",
        "handy*", "fax",
        "whatsapp", "hotline", "sms", "dial", "ring", "anruf*", "llame", "llamar", "appelez", "portable",
        "signal",
    ])
    private static let no = LabelWords([
        "order*", "invoice*", "ticket*", "case", "ref", "refer*", "track*", "account", "customer*", "article",
        "item*", "sku",
        "isbn", "serial", "bestell*", "rechnung*", "kunde*", "auftrag*", "sendung*", "vorgang*", "artikel*",
        "konto*",
        "commande", "facture", "pedido", "factura", "version", "parcel", "shipment", "code", "id", "page",
        "pages",
    ])

    /// The number whose `+` stands at a place.
    static func international(at place: TextPlace) -> Range<Int>? {
        guard !place.isInWord else { return nil }
        var first = place.start + 1
        if place.at(first) == UInt8(ascii: "(") { first += 1 }
        guard (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(place.at(first)) else { return nil }
        let groups = place.groups(from: first, separators: " -./()", mostDigits: 16)
        return longest(groups, place, digits: 8...15)
    }

    /// The number of a national form at a place.
    static func national(at place: TextPlace) -> Range<Int>? {
        guard !place.goesOn, !TextPlace.contains("$#=", place.byte(-1)) else { return nil }
        let hasParenthesis = place.byte(0) == UInt8(ascii: "(")
        let first = place.start + (hasParenthesis ? 1 : 0)
        let digits = place.digits(at: first)
        guard digits > 0, place.hasDigits(7, at: first) else { return nil }
        let opening = place.at(first)
        let mayBeFormatted =
            hasParenthesis || opening == UInt8(ascii: "0") && (2...5).contains(digits)
            || opening == UInt8(ascii: "1") && digits == 1 && place.digits(at: first + 2) == 3
            || opening >= UInt8(ascii: "2") && digits == 3
        // Most numbers are of no form, and need a word before them.
        let isLabeled = mayBeFormatted ? nil : place.label(yes: yes, no: no)
        guard mayBeFormatted || isLabeled == true else { return nil }
        let groups = place.groups(from: first, separators: " -./()", mostDigits: 17)
        if hasParenthesis {
            guard groups.count > 1, groups[1].separator == UInt8(ascii: ")") else { return nil }
        }
        guard groups.reduce(0, { $0 + $1.range.count }) >= 7 else { return nil }
        if let range = formatted(groups, place, hasParenthesis) {
            return place.label(yes: yes, no: no) == false ? nil : range
        }
        guard let range = longest(groups, place, digits: 7...15) else { return nil }
        return (isLabeled ?? place.label(yes: yes, no: no)) == true ? range : nil
    }

    private static func formatted(
        _ groups: [TextPlace.Group], _ place: TextPlace, _ hasParenthesis: Bool
    ) -> Range<Int>? {
        // The longest form first, since a space may stand before another number.
        for count in stride(from: groups.count, through: 2, by: -1) {
            let part = Array(groups.prefix(count))
            guard let last = part.last, !place.goesOn(behind: last.range.upperBound) else { continue }
            // Within a row of digits in groups it is a part of something longer, such as an account.
            if place.byte(-1) == UInt8(ascii: " "), TextPlace.isDigit(place.byte(-2)),
                part.dropFirst().contains(where: { $0.separator == UInt8(ascii: " ") })
            {
                continue
            }
            if isNorthAmerican(part, place) || isTrunk(part, place, hasParenthesis) {
                return place.start..<last.range.upperBound
            }
        }
        return nil
    }

    private static func isNorthAmerican(_ groups: [TextPlace.Group], _ place: TextPlace) -> Bool {
        var groups = groups[...]
        if groups.count == 4, groups[0].range.count == 1,
            place.at(groups[0].range.lowerBound) == UInt8(ascii: "1")
        {
            groups = groups.dropFirst()
        }
        guard groups.map(\.range.count) == [3, 3, 4] else { return false }
        guard groups.prefix(2).allSatisfy({ place.at($0.range.lowerBound) >= UInt8(ascii: "2") }) else {
            return false
        }
        return groups.dropFirst().allSatisfy { $0.separator != UInt8(ascii: "/") }
    }

    private static func isTrunk(
        _ groups: [TextPlace.Group], _ place: TextPlace, _ hasParenthesis: Bool
    ) -> Bool {
        let lengths = groups.map(\.range.count)
        let digits = lengths.reduce(0, +)
        let start = groups[0].range.lowerBound
        guard place.at(start) == UInt8(ascii: "0"), lengths[0] >= 2,
            lengths.dropFirst().allSatisfy({ $0 >= 2 })
        else {
            return false
        }
        let separators = groups.dropFirst().map(\.separator)
        let hasPoints = separators.contains(UInt8(ascii: "."))
        if place.at(start + 1) == UInt8(ascii: "0") {
            return groups.count >= 3 && !hasPoints && place.at(start + 2) > UInt8(ascii: "0")
                && (10...17).contains(digits)
        }
        if lengths == [2, 2, 2, 2, 2] { return Set(separators).count == 1 }
        // 3, 2 and 4 digits are how social security numbers are written.
        guard !hasPoints, (9...12).contains(digits), lengths != [3, 2, 4] else { return false }
        return (3...5).contains(lengths[0]) || lengths[0] == 2 && (hasParenthesis || lengths == [2, 4, 4])
    }

    /// As many groups as have so many digits together.
    private static func longest(
        _ groups: [TextPlace.Group], _ place: TextPlace, digits range: ClosedRange<Int>
    ) -> Range<Int>? {
        var digits = 0
        var end: Int?
        for group in groups {
            digits += group.range.count
            if range.contains(digits), !place.goesOn(behind: group.range.upperBound) {
                end = group.range.upperBound
            }
        }
        return end.map { place.start..<$0 }
    }
}
