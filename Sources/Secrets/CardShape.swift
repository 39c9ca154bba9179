/// Numbers of payment cards: 13 to 19 digits with an issuer's prefix, the issuer's length and Luhn's check digit, written
/// without separators or in the groups of the card.
enum CardShape {
    /// The number at a place.
    static func range(at place: TextPlace) -> Range<Int>? {
        guard !place.goesOn, TextPlace.contains("23456", place.byte(0)) else { return nil }
        let count = place.digits(at: place.start)
        guard count == 4 || (13...19).contains(count) else { return nil }
        for separators: StaticString in [" ", "-"] {
            let groups = place.groups(
                from: place.start, separators: separators, mostDigits: 24, mostGroups: 6)
            var digits: [UInt8] = []
            var lengths: [Int] = []
            var end: Int?
            for group in groups {
                digits += place.bytes[group.range].map { $0 - 0x30 }
                lengths.append(group.range.count)
                if isLayout(lengths), isCard(digits), !place.goesOn(behind: group.range.upperBound) {
                    end = group.range.upperBound
                }
            }
            if let end { return place.start..<end }
        }
        return nil
    }

    private static func isLayout(_ lengths: [Int]) -> Bool {
        if lengths.count == 1 || lengths == [4, 6, 5] || lengths == [4, 6, 4] { return true }
        return lengths.dropLast().allSatisfy { $0 == 4 } && (lengths.last ?? 0) <= 4
    }

    private static func isCard(_ digits: [UInt8]) -> Bool {
        guard digits.count >= 13, digits.count <= 19 else { return false }
        let prefix = digits.prefix(6).reduce(0) { $0 * 10 + Int($1) }
        let count = digits.count
        let isIssued =
            switch prefix {
            case 400_000...499_999: count == 13 || count == 16 || count == 19  // Visa
            case 510_000...559_999, 222_100...272_099: count == 16  // Mastercard
            case 340_000...349_999, 370_000...379_999: count == 15  // American Express
            case 300_000...305_999, 380_000...399_999: count == 14 || count == 16  // Diners Club
            case 360_000...369_999: count >= 14
            case 352_800...358_999: count >= 16  // JCB
            case 601_100...601_199, 644_000...659_999: count >= 16  // Discover
            case 620_000...629_999: count >= 16  // UnionPay
            case 501_800...501_899, 502_000...502_099, 503_800...503_899, 589_300...589_399,
                630_400...630_499,
                675_900...675_999, 676_100...676_399:  // Maestro
                true
            default: false
            }
        return isIssued && luhn(digits)
    }

    private static func luhn(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = index % 2 == 0 ? Int(digit) : Int(digit) * 2
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0
    }
}
