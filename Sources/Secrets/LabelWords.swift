/// Words that say what stands behind them, such as `phone`.
struct LabelWords: Sendable {
    private let words: [(bytes: [UInt8], isBeginning: Bool)]

    /// Prepares words in lower-case ASCII; `tele*` stands for all that begin so.
    init(_ words: [String]) {
        self.words = words.map { word in
            let isBeginning = word.hasSuffix("*")
            return (Array((isBeginning ? String(word.dropLast()) : word).utf8), isBeginning)
        }
    }

    /// Whether a word of a text, whatever its letter case, is one of these.
    func contains(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = word.first else { return false }
        for (bytes, isBeginning) in words where bytes[0] == first | 0x20 {
            guard isBeginning ? word.count >= bytes.count : word.count == bytes.count else { continue }
            if zip(bytes, word).allSatisfy({ $0 == $1 | 0x20 }) { return true }
        }
        return false
    }
}
