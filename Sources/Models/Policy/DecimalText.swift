/// Plain decimal numbers in header fields and options: digits, and perhaps a point and more digits.
///
/// `Double("…")` reads more: signs, exponents, `inf`, `nan` and hexadecimal digits, which no provider means.
enum DecimalText {
    /// The number; nil for anything else and for more than 30 characters.
    static func value(_ text: some StringProtocol) -> Double? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 30, parts.count <= 2,
            parts.allSatisfy({ part in
                !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
            })
        else { return nil }
        return Double(text)
    }
}
