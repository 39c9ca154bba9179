/// The time of a recording: RFC 3339, such as `2026-11-21T10:00:00Z`.
enum RecordedTime {
    /// Refuses a text that is no such time.
    static func check(_ text: String) throws(RecordingMistake) {
        guard isValid(text) else {
            throw RecordingMistake("'recorded_at' is a time such as 2026-11-21T10:00:00Z (RFC 3339)")
        }
    }

    /// Whether the text is a date and a time with an offset; a leap second counts as a time.
    static func isValid(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func number(_ start: Int, _ count: Int, _ range: ClosedRange<Int>) -> Int? {
            guard start + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[start..<start + count] {
                guard isDigit(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return range.contains(value) ? value : nil
        }
        func has(_ letter: Unicode.Scalar, at index: Int) -> Bool {
            index < bytes.count && bytes[index] == UInt8(ascii: letter)
        }
        guard let year = number(0, 4, 0...9999), has("-", at: 4), let month = number(5, 2, 1...12),
            has("-", at: 7), let day = number(8, 2, 1...31), has("T", at: 10) || has("t", at: 10),
            number(11, 2, 0...23) != nil, has(":", at: 13), number(14, 2, 0...59) != nil, has(":", at: 16),
            number(17, 2, 0...60) != nil
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return false }
        var position = 19
        if has(".", at: position) {
            let digits = bytes[(position + 1)...].prefix(while: isDigit).count
            guard digits > 0 else { return false }
            position += 1 + digits
        }
        if has("Z", at: position) || has("z", at: position) { return position + 1 == bytes.count }
        return (has("+", at: position) || has("-", at: position)) && number(position + 1, 2, 0...23) != nil
            && has(":", at: position + 3) && number(position + 4, 2, 0...59) != nil
            && position + 6 == bytes.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
