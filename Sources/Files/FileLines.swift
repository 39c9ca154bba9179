/// The lines of a file of any size, one after the other.
public struct FileLines: ~Copyable {
    /// The number of the line returned last, from 1.
    public private(set) var number = 0
    private let stream: ByteStream
    private let limit: Int
    private var piece: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// Reads the lines of a stream; a line above `limit` bytes is an error.
    public init(_ stream: ByteStream, limit: Int = 16 << 20) {
        self.stream = stream
        self.limit = limit
    }

    /// The next line without LF or CR LF; nil at the end.
    ///
    /// A line feed at the very end begins no line.
    public mutating func next() throws(FileError) -> [UInt8]? {
        var line: [UInt8] = []
        var sawAny = false
        while true {
            if position == piece.count {
                guard !isAtEnd, let more = try stream.next() else {
                    isAtEnd = true
                    guard sawAny else { return nil }
                    return finished(line)
                }
                piece = more
                position = 0
            }
            sawAny = true
            let end = piece[position...].firstIndex(of: 0x0A)
            line += piece[position..<(end ?? piece.count)]
            guard line.count <= limit + 1 else { throw tooLong() }
            position = end.map { $0 + 1 } ?? piece.count
            if end != nil { return finished(line) }
        }
    }

    private mutating func finished(_ line: [UInt8]) -> [UInt8] {
        number += 1
        return line.last == 0x0D ? line.dropLast() : line
    }

    private func tooLong() -> FileError {
        FileError(
            .tooLarge, path: stream.shown, operation: "read",
            reason:
                "line \(number + 1) is longer than \(limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit) bytes")"
        )
    }
}
