import Synchronization

/// The bytes that a receiver got.
final class ReceivedBytes: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    /// Adds a piece.
    func append(_ piece: ArraySlice<UInt8>) { bytes.withLock { $0 += piece } }

    /// All of it as text.
    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}
