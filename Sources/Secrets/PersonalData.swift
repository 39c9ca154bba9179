/// Kinds of personal data that are known by their shape.
public enum PersonalData: String, CaseIterable, Sendable {
    /// `name@host.tld`.
    case email
    /// Phone numbers: international ones, the national forms of North America and of countries that dial 0 first, and
    /// any behind a word such as `phone`.
    case phone
    /// Numbers of payment cards: the issuer's prefix and length, and the check digit of Luhn.
    case card
    /// International bank account numbers: country, length, and the checksum modulo 97.
    case iban
    /// Social security numbers of the United States, `123-45-6789`.
    case ssn
    /// IP addresses that are not private.
    case ip

    /// Calls `body` for each find from left to right, none overlapping, until it returns false.
    ///
    /// Time is linear in the text: whatever begins at one place is read for a bounded number of bytes.
    public static func scan(
        _ bytes: UnsafeBufferPointer<UInt8>, kinds: Set<PersonalData>, while body: (ShapeFind) -> Bool
    ) {
        var position = 0
        var floor = 0
        while position < bytes.count {
            let place = TextPlace(bytes: bytes, start: position, floor: floor)
            guard let (range, kind) = find(at: place) else {
                position += 1
                continue
            }
            // What is of another kind is passed over, so that a card is not taken for a phone.
            if kinds.contains(kind) {
                guard body(ShapeFind(range: range, kind: kind.rawValue)) else { return }
            }
            position = max(position + 1, range.upperBound)
            floor = position
        }
    }

    private static func find(at place: TextPlace) -> (Range<Int>, PersonalData)? {
        switch place.byte(0) {
        case UInt8(ascii: "@"): return EmailShape.range(around: place).map { ($0, .email) }
        case UInt8(ascii: "+"): return PhoneShape.international(at: place).map { ($0, .phone) }
        case UInt8(ascii: "("): return PhoneShape.national(at: place).map { ($0, .phone) }
        case UInt8(ascii: ":"): return AddressShape.range(at: place).map { ($0, .ip) }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            guard !place.isInWord else { return nil }
            // What has a checksum comes first.
            return CardShape.range(at: place).map { ($0, .card) }
                ?? SocialSecurityShape.range(at: place).map { ($0, .ssn) }
                ?? AddressShape.range(at: place).map { ($0, .ip) }
                ?? PhoneShape.national(at: place).map { ($0, .phone) }
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            guard !place.isInWord else { return nil }
            return IBANShape.range(at: place).map { ($0, .iban) }
                ?? AddressShape.range(at: place).map { ($0, .ip) }
        default: return nil
        }
    }
}
