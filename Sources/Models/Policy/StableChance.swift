/// Numbers that look like chance and are the same in every run.
enum StableChance {
    /// A number in `0..<1` that follows from texts, evenly spread over different ones.
    ///
    /// FNV-1a over the texts, a zero byte behind each, then the finalizer of MurmurHash3: FNV alone hardly moves the
    /// high bits when only the last byte changes, as an attempt's number does.
    static func value(of texts: [String]) -> Double {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for text in texts {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = hash &* 0x100_0000_01b3
        }
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        hash ^= hash >> 33
        return Double(hash >> 11) * 0x1p-53
    }
}
