import CPCRE2

/// The bytes with which a match of a pattern can begin.
struct PatternStarts: Sendable {
    /// For each byte whether a match can begin with it; empty when it can begin anywhere, also at the end.
    private let isStart: [Bool]

    /// Asks the engine what it knows of a pattern.
    init(_ code: OpaquePointer) {
        isStart = Self.firstUnit(of: code) ?? Self.bitmap(of: code) ?? []
    }

    /// The end of a window with so many places where a match can begin, and how many it has.
    ///
    /// The window ends with the text when there are no more.
    func window(
        of places: Int, in text: UnsafeBufferPointer<UInt8>, from: Int
    ) -> (last: Int, candidates: Int) {
        guard !isStart.isEmpty else {
            let last = min(from + places - 1, text.count)
            return (last, last - from + 1)
        }
        return isStart.withUnsafeBufferPointer { isStart in
            var candidates = 0
            var index = from
            while index < text.count {
                if isStart[Int(text[index])] {
                    candidates += 1
                    if candidates == places { return (index, candidates) }
                }
                index += 1
            }
            return (text.count, candidates)
        }
    }

    /// The single byte that every match begins with.
    private static func firstUnit(of code: OpaquePointer) -> [Bool]? {
        var type: UInt32 = 0
        var unit: UInt32 = 0
        guard pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODETYPE), &type) == 0, type == 1,
            pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTCODEUNIT), &unit) == 0, unit < 0x80
        else { return nil }
        var table = [Bool](repeating: false, count: 256)
        table[Int(unit)] = true
        let letter = UInt8(unit) | 0x20
        // Whether case counts for this letter is not told. Beyond ASCII `ſ` and `K` are `s` and `k` of another case.
        if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) {
            table[Int(letter)] = true
            table[Int(letter & ~0x20)] = true
            for byte in 0xC0..<0x100 { table[byte] = true }
        }
        return table
    }

    /// The bytes that matches begin with, where there are several.
    private static func bitmap(of code: OpaquePointer) -> [Bool]? {
        var map: UnsafePointer<UInt8>?
        guard pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_FIRSTBITMAP), &map) == 0, let map else {
            return nil
        }
        return (0..<256).map { map[$0 / 8] & (1 << UInt8($0 % 8)) != 0 }
    }
}
