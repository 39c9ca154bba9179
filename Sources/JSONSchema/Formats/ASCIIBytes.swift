/// Classes of ASCII bytes.
extension UInt8 {
    /// `0` to `9`.
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    /// `a` to `z` and `A` to `Z`.
    var isLetter: Bool { self | 0x20 >= 0x61 && self | 0x20 <= 0x7A }
    /// A hexadecimal digit.
    var isHexDigit: Bool { isDigit || self | 0x20 >= 0x61 && self | 0x20 <= 0x66 }
}

extension ArraySlice<UInt8> {
    /// Removes and returns as many digits as wanted as a number; nil when there are fewer.
    mutating func takeNumber(_ count: Int) -> Int? {
        guard self.count >= count, prefix(count).allSatisfy(\.isDigit) else { return nil }
        defer { removeFirst(count) }
        return prefix(count).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Removes one byte when it is the one wanted.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: scalar) else { return false }
        removeFirst()
        return true
    }
}
