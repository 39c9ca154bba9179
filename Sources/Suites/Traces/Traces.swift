import Files

/// A file of answers captured in production, whose rows become the cases of a suite's `traces:`.
public struct Traces: Sendable {
    /// The file's absolute path.
    public var path: String
    /// The file as the user named it.
    public var shown: String
    /// The share of the rows, from above 0 to 1, chosen by a stable hash; nil: all.
    public var share: Double?
    /// How the rows are written.
    let format: DatasetSpecification.Format

    /// Names a file; nil when its name does not end like a dataset's.
    public init?(path: String, shown: String, share: Double? = nil) {
        guard let format = DatasetSpecification.format(ofName: shown) else { return nil }
        self.path = path
        self.shown = shown
        self.share = share
        self.format = format
    }

    /// `5%` or `0.05` as a share above 0 and up to 1; nil when it is none.
    public static func share(_ text: String) -> Double? { DatasetSpecification.share(text) }

    /// Where the file stands among those of a project, wherever it really is.
    static let place = ProjectPath(known: ".evalrun/traces")
}

/// The files of a project, and one file of traces that may stand elsewhere.
struct TracesTree: FileTree {
    /// The files of the project.
    let base: any FileTree
    /// The absolute path of the file of traces.
    let traces: String

    func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8] {
        guard path == Traces.place else { return try base.read(path, limit: limit) }
        let stream = try ByteStream(openingAbsolute: traces)
        var bytes: [UInt8] = []
        while let piece = try stream.next() {
            bytes += piece
            if let limit, bytes.count > limit { throw FileError.tooLarge(stream.shown, limit: limit) }
        }
        return bytes
    }

    func stream(_ path: ProjectPath) throws(FileError) -> ByteStream {
        path == Traces.place ? try ByteStream(openingAbsolute: traces) : try base.stream(path)
    }

    func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath] { try base.list(under: folder) }

    func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey {
        try base.survey(under: folder)
    }

    func isOccupied(_ path: ProjectPath) -> Bool { path == Traces.place || base.isOccupied(path) }

    func kind(of path: ProjectPath) -> FileKind { path == Traces.place ? .file : base.kind(of: path) }
}
