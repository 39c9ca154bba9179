/// `date-time`, `date` and `time` (RFC 3339, section 5.6).
enum DateTimeFormat {
    /// Whether the bytes are `date T time`.
    static func isDateTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count > 11, bytes[bytes.startIndex + 10] | 0x20 == UInt8(ascii: "t") else { return false }
        return isDate(bytes.prefix(10)) && isTime(bytes.dropFirst(11))
    }

    /// Whether the bytes are a day that exists.
    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        guard let year = rest.takeNumber(4), rest.take("-"), let month = rest.takeNumber(2), rest.take("-"),
            let day = rest.takeNumber(2), rest.isEmpty, (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day >= 1 && day <= lengths[month - 1]
    }

    /// Whether the bytes are a time with an offset; a leap second only where it is 23:59:60 UTC.
    static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        guard let hour = rest.takeNumber(2), rest.take(":"), let minute = rest.takeNumber(2), rest.take(":"),
            let second = rest.takeNumber(2), hour < 24, minute < 60, second <= 60
        else { return false }
        if rest.take(".") {
            let digits = rest.prefix(while: \.isDigit).count
            guard digits > 0 else { return false }
            rest.removeFirst(digits)
        }
        var offset = 0
        if !(rest.take("Z") || rest.take("z")) {
            let isMinus = rest.first == UInt8(ascii: "-")
            guard rest.take("+") || rest.take("-"), let hours = rest.takeNumber(2), rest.take(":"),
                let minutes = rest.takeNumber(2), hours < 24, minutes < 60
            else { return false }
            offset = (hours * 60 + minutes) * (isMinus ? -1 : 1)
        }
        let minuteOfDay = (hour * 60 + minute - offset + 2 * 1440) % 1440
        return rest.isEmpty && (second < 60 || minuteOfDay == 1439)
    }
}

/// `duration` (RFC 3339, appendix A).
enum DurationFormat {
    /// Whether the bytes are such as `P3Y6M4DT12H30M5S` or `P2W`; units in order and without gaps.
    static func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        guard rest.take("P") else { return false }
        let parts = rest.split(separator: UInt8(ascii: "T"), maxSplits: 1, omittingEmptySubsequences: false)
        let days = units(parts[0], "YMD")
        if parts.count == 1 { return days == true || units(parts[0], "W") == true }
        return days != nil && units(parts[1], "HMS") == true
    }

    /// True for numbers with consecutive units of the list, false for nothing, nil for anything else.
    private static func units(_ bytes: ArraySlice<UInt8>, _ names: String) -> Bool? {
        guard !bytes.isEmpty else { return false }
        let names = Array(names.utf8)
        var rest = bytes
        var next: Int?
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isDigit).count
            guard digits > 0 else { return nil }
            rest.removeFirst(digits)
            guard let unit = rest.popFirst(), let position = names.firstIndex(of: unit),
                next == nil || next == position
            else { return nil }
            next = position + 1
        }
        return true
    }
}
