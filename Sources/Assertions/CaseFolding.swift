/// How texts are compared where case does not count.
enum CaseFolding {
    /// The UTF-8 of the text with every scalar in lower case.
    ///
    /// Each scalar is taken by itself, by its lowercase mapping in Unicode (UnicodeData), without regard to
    /// language or neighbors; the final sigma `ς` counts as `σ`, since capitals don't tell them apart. So
    /// `STRASSE` is not `straße`.
    static func folded(_ text: String) -> [UInt8] {
        if let ascii = foldedASCII(text) { return ascii }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x41...0x5A: bytes.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
            case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case 0x3C2: bytes.append(contentsOf: "σ".utf8)
            default: bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
            }
        }
        return bytes
    }

    /// The folded bytes of a text of ASCII alone; nil for others.
    private static func foldedASCII(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { source -> [UInt8]? in
            var high: UInt8 = 0
            let folded = [UInt8](unsafeUninitializedCapacity: source.count) { buffer, count in
                for index in source.indices {
                    let byte = source[index]
                    high |= byte
                    let isCapital = byte &- 0x41 < 26
                    buffer[index] = isCapital ? byte | 0x20 : byte
                }
                count = source.count
            }
            return high < 0x80 ? folded : nil
        }
    }
}
