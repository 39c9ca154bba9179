/// A file read piece by piece, for one reader.
public final class ByteStream {
    /// The size of a piece in bytes.
    public static let pieceSize = 1 << 17

    /// The file as shown to the user.
    public let shown: String
    private let file: FileDescriptor

    /// Reads an open file from its current position.
    init(_ file: consuming FileDescriptor, shown: String) {
        self.file = file
        self.shown = shown
    }

    /// Opens a regular file anywhere, such as one given on the command line.
    public convenience init(openingAbsolute path: String) throws(FileError) {
        self.init(try FileDescriptor.regular(path, shown: path), shown: path)
    }

    /// Reads standard input, which its caller keeps open.
    public static func standardInput() -> ByteStream {
        ByteStream(FileDescriptor(borrowing: 0), shown: "standard input")
    }

    /// The next piece, of up to 128 KiB; nil at the end.
    public func next() throws(FileError) -> [UInt8]? {
        let piece = try file.read(upTo: Self.pieceSize, shown: shown)
        return piece.isEmpty ? nil : piece
    }
}
