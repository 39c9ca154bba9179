import Files

/// Reads a journal line by line, one in memory at a time.
///
/// What follows the last line feed is the line at which the writer was killed: it is passed over, for nobody was told
/// that it was written.
struct JournalReader {
    /// A line that was finished.
    struct Line {
        /// The bytes without the line feed; nil for a line that is too long.
        var bytes: [UInt8]?
        /// The number, from 1.
        var number: Int
        /// Where it begins.
        var offset: Int
    }

    private let file: AppendFile
    private var piece: [UInt8] = []
    private var position = 0
    /// Where the next piece begins.
    private var offset = 0
    private var number = 0
    /// Where the line after the last finished one begins, or the unfinished rest.
    private(set) var end = 0

    private static let pieceSize = 1 << 17

    /// Starts at the beginning of a file.
    init(_ file: AppendFile) { self.file = file }

    /// The next finished line; nil after the last.
    mutating func next() throws(FileError) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if position == piece.count {
                piece = try file.read(at: offset, count: Self.pieceSize)
                position = 0
                offset += piece.count
                guard !piece.isEmpty else { return nil }
            }
            let stop = piece[position...].firstIndex(of: 0x0A)
            let part = piece[position..<(stop ?? piece.count)]
            isTooLong = isTooLong || line.count + part.count > CheckedLine.longest
            if isTooLong { line = [] } else { line += part }
            position = stop.map { $0 + 1 } ?? piece.count
            guard stop != nil else { continue }
            number += 1
            let start = end
            end = offset - piece.count + position
            return Line(bytes: isTooLong ? nil : line, number: number, offset: start)
        }
    }

    /// The line that begins at a place, without its line feed; nil when it does not end.
    static func line(of file: AppendFile, at start: Int) throws(FileError) -> [UInt8]? {
        var line: [UInt8] = []
        var size = 1 << 13
        while line.count <= CheckedLine.longest {
            let piece = try file.read(at: start + line.count, count: size)
            if let stop = piece.firstIndex(of: 0x0A) { return line + piece[..<stop] }
            guard piece.count == size else { return nil }
            line += piece
            size = min(size * 4, 1 << 20)
        }
        return nil
    }
}
