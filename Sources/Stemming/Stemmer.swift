internal import CStemmer

/// Takes words down to their stems, so that `connected` and `connecting` are the same word.
///
/// One owner per handle: a stemmer keeps its last result in the handle and so belongs to one task.
public struct Stemmer: ~Copyable {
    /// An algorithm of Snowball.
    public enum Algorithm: String, Sendable {
        /// Porter's original algorithm for English (1980).
        case porter
    }

    private let handle: OpaquePointer

    /// Makes a stemmer ready; fails when the library lacks the algorithm or there is no memory.
    public init(_ algorithm: Algorithm) throws(StemmerError) {
        guard let handle = sb_stemmer_new(algorithm.rawValue, "UTF_8") else {
            throw StemmerError(message: "the stemmer '\(algorithm.rawValue)' is not there")
        }
        self.handle = handle
    }

    deinit { sb_stemmer_delete(handle) }

    /// The stem of a word in lower case.
    public mutating func stem(of word: String) throws(StemmerError) -> String {
        var word = word
        let stem = word.withUTF8 { bytes -> String? in
            // An empty word may have no address, and no word is as long as this.
            guard let start = bytes.baseAddress, bytes.count <= Self.longestWord else { return nil }
            guard let symbols = sb_stemmer_stem(handle, start, Int32(bytes.count)) else { return nil }
            let count = Int(sb_stemmer_length(handle))
            guard count >= 0 else { return nil }
            return String(decoding: UnsafeBufferPointer(start: symbols, count: count), as: UTF8.self)
        }
        if let stem { return stem }
        guard word.isEmpty || word.utf8.count > Self.longestWord else {
            throw StemmerError(message: "there is not enough memory for a stem")
        }
        return word
    }

    /// Longer words are their own stems; in bytes.
    private static let longestWord = 1 << 16
}

/// Why there is no stem.
public struct StemmerError: Error, Sendable, Hashable {
    /// What happened, without a full stop.
    public var message: String
}
