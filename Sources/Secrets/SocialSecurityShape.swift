/// Social security numbers of the United States.
///
/// `123-45-6789` as it stands; with spaces or without separators only behind `SSN` or `social security`. Numbers that are
/// never given out (area 000, 666 and 900 up, group 00, serial 0000) are none.
enum SocialSecurityShape {
    private static let labels = LabelWords(["ssn", "social", "security"])

    /// The number at a place.
    static func range(at place: TextPlace) -> Range<Int>? {
        let count = place.digits(at: place.start)
        guard count == 3 || count == 9, !place.goesOn else { return nil }
        let groups = place.groups(from: place.start, separators: "- ", mostDigits: 9, mostGroups: 3)
        guard let last = groups.last, !place.goesOn(behind: last.range.upperBound) else { return nil }
        let digits = groups.flatMap { place.bytes[$0.range] }.map { Int($0) - 0x30 }
        guard digits.count == 9, groups.count == 1 || groups.map(\.range.count) == [3, 2, 4] else {
            return nil
        }
        let separators = groups.dropFirst().map(\.separator)
        if separators != [UInt8(ascii: "-"), UInt8(ascii: "-")] {
            guard place.label(yes: labels, no: LabelWords([])) == true else { return nil }
        }
        let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + $1 } }
        guard number(0..<3) != 0, number(0..<3) != 666, number(0..<3) < 900, number(3..<5) != 0,
            number(5..<9) != 0
        else { return nil }
        return place.start..<last.range.upperBound
    }
}
