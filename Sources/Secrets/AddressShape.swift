/// IP addresses that may belong to a person: not those of private networks, of the computer itself, or of no one.
enum AddressShape {
    private static let longest = 45

    /// The address at a place.
    static func range(at place: TextPlace) -> Range<Int>? {
        if place.byte(0) != UInt8(ascii: ":"), let range = version4(at: place) { return range }
        return version6(at: place)
    }

    private static func version4(at place: TextPlace) -> Range<Int>? {
        let count = place.digits(at: place.start)
        guard (1...3).contains(count), place.byte(count) == UInt8(ascii: "."), !place.goesOn else {
            return nil
        }
        let groups = place.groups(from: place.start, separators: ".", mostDigits: 12, mostGroups: 4)
        guard groups.count == 4, let end = groups.last?.range.upperBound else { return nil }
        guard !KeyScan.isAlphanumeric(place.at(end)),
            place.at(end) != UInt8(ascii: ".") || !TextPlace.isDigit(place.at(end + 1))
        else { return nil }
        var numbers: [Int] = []
        for group in groups {
            let number = place.bytes[group.range].reduce(0) { $0 * 10 + Int($1) - 0x30 }
            guard group.range.count <= 3, number <= 255,
                group.range.count == 1 || place.at(group.range.lowerBound) != 0x30
            else { return nil }
            numbers.append(number)
        }
        let isPublic =
            switch (numbers[0], numbers[1]) {
            case (0, _), (10, _), (127, _), (169, 254), (172, 16...31), (192, 168), (224..., _): false
            default: true
            }
        return isPublic ? place.start..<end : nil
    }

    private static func version6(at place: TextPlace) -> Range<Int>? {
        guard !place.isInWord, place.byte(-1) != UInt8(ascii: ":") else { return nil }
        var end = place.start
        while end - place.start <= longest, isPart(place.at(end)) { end += 1 }
        while end > place.start, place.at(end - 1) == UInt8(ascii: ":") { end -= 1 }
        guard end - place.start >= 6, end - place.start <= longest, !KeyScan.isAlphanumeric(place.at(end))
        else {
            return nil
        }
        let text = place.bytes[place.start..<end]
        guard text.contains(where: TextPlace.isDigit) else { return nil }
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.allSatisfy({ $0.count <= 4 }) else { return nil }
        let empty = parts.dropFirst().filter(\.isEmpty).count
        let filled = parts.filter { !$0.isEmpty }.count
        guard parts[0].isEmpty ? empty == 1 : empty <= 1,
            empty == 1 ? filled >= 3 && filled <= 7 : filled == 8
        else {
            return nil
        }
        // Local addresses: fe80::/10 and fc00::/7.
        let first = String(decoding: parts[0], as: UTF8.self).lowercased()
        if ["fe8", "fe9", "fea", "feb", "fc", "fd"].contains(where: first.hasPrefix), first.utf8.count == 4 {
            return nil
        }
        return place.start..<end
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || TextPlace.isDigit(byte)
            || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f")
    }
}
