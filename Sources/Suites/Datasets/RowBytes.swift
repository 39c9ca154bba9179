import Diagnostics
import Files

/// The bytes of a dataset, one at a time, with a fingerprint of all that was read.
///
/// Two passes over an unchanged file give the same fingerprint within one process.
final class RowBytes {
    /// The file's name as it is shown.
    let shown: String
    private let stream: ByteStream
    private var piece: [UInt8] = []
    private var position = 0
    private var hasher = Hasher()
    private var isAtEnd = false
    private var isFirstPiece = true

    /// Creates a source.
    init(_ stream: ByteStream, shown: String) {
        self.stream = stream
        self.shown = shown
    }

    /// What was read so far, as a number that equal files share.
    var fingerprint: Int { hasher.finalize() }

    /// The next byte without taking it; nil at the end.
    func peek() throws(DiagnosticError) -> UInt8? {
        if position == piece.count { try refill() }
        return position < piece.count ? piece[position] : nil
    }

    /// Takes the next byte; nil at the end.
    func take() throws(DiagnosticError) -> UInt8? {
        if position == piece.count { try refill() }
        guard position < piece.count else { return nil }
        position += 1
        return piece[position - 1]
    }

    /// Takes bytes up to the next one that `isStop`, or to the end of what is in memory, into `bytes`.
    func takeRun(into bytes: inout [UInt8], until isStop: (UInt8) -> Bool) throws(DiagnosticError) {
        if position == piece.count { try refill() }
        let start = position
        while position < piece.count, !isStop(piece[position]) { position += 1 }
        bytes.append(contentsOf: piece[start..<position])
    }

    private func refill() throws(DiagnosticError) {
        guard !isAtEnd else { return }
        do throws(FileError) {
            guard let next = try stream.next() else {
                isAtEnd = true
                piece = []
                position = 0
                return
            }
            next.withUnsafeBytes { hasher.combine(bytes: $0) }
            piece = next
            position = isFirstPiece && next.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            isFirstPiece = false
        } catch {
            throw DiagnosticError(error.diagnostic(at: SourceMark(file: shown)))
        }
    }
}
