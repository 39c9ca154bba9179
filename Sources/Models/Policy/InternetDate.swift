/// The dates of RFC 3339, such as `2026-11-21T10:00:00Z`.
enum InternetDate {
    /// The Unix seconds of a date with time and offset; nil for anything else.
    static func unixSeconds(_ text: String) -> Double? {
        let bytes = Array(text.utf8.prefix(64))
        // The shortest has 20 bytes: the fixed part and `Z`.
        guard bytes.count >= 20, text.utf8.count == bytes.count else { return nil }
        func number(_ from: Int, _ count: Int) -> Int? {
            guard from + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[from..<from + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            return value
        }
        func isAt(_ index: Int, _ character: Unicode.Scalar) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: character)
        }
        guard let year = number(0, 4), isAt(4, "-"), let month = number(5, 2), isAt(7, "-"),
            let day = number(8, 2), isAt(10, "T") || isAt(10, "t"), let hour = number(11, 2), isAt(13, ":"),
            let minute = number(14, 2), isAt(16, ":"), let second = number(17, 2)
        else { return nil }
        var index = 19
        var fraction = 0.0
        if isAt(index, ".") {
            var scale = 0.1
            index += 1
            let first = index
            while let digit = number(index, 1) {
                fraction += Double(digit) * scale
                scale /= 10
                index += 1
            }
            guard index > first else { return nil }
        }
        var offset = 0
        if isAt(index, "Z") || isAt(index, "z") {
            index += 1
        } else if isAt(index, "+") || isAt(index, "-") {
            guard let hours = number(index + 1, 2), hours < 24, isAt(index + 3, ":"),
                let minutes = number(index + 4, 2), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (isAt(index, "-") ? -1 : 1)
            index += 6
        } else {
            return nil
        }
        guard index == bytes.count else { return nil }
        return UTCTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second,
            fraction: fraction
        ).map { $0.unixSeconds - Double(offset) }
    }
}
