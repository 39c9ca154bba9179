/// The files of a project, as they are or as they were in a commit.
public protocol FileTree: Sendable {
    /// The bytes of a file; an error above `limit` bytes.
    func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8]

    /// The bytes of a file of any size, piece by piece.
    func stream(_ path: ProjectPath) throws(FileError) -> ByteStream

    /// All files in and below a folder, ordered by bytes; hidden ones and `node_modules` are left out.
    func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath]

    /// The files and other entries below a folder that `list` gives, and those that it leaves out.
    func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey

    /// Whether anything bears the name, even a link that leads out of the project or nowhere.
    func isOccupied(_ path: ProjectPath) -> Bool

    /// What a path is; links are followed, and one that leads out of the project is missing.
    func kind(of path: ProjectPath) -> FileKind
}

/// What is found below a folder.
public struct FolderSurvey: Sendable, Hashable {
    /// The files, ordered by bytes.
    public var files: [ProjectPath] = []
    /// What is no file that can be read: links that lead out of the project or nowhere, pipes, devices.
    public var unreadable: [ProjectPath] = []
    /// Links to folders, which are not followed.
    public var folderLinks: [ProjectPath] = []

    /// Creates a survey.
    public init(files: [ProjectPath] = []) { self.files = files }
}

/// What stands at a path.
public enum FileKind: Sendable, Hashable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// Nothing, or something that can't be read as a file.
    case missing
}

extension FileTree {
    /// The files that `list` gives.
    public func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey {
        FolderSurvey(files: try list(under: folder))
    }

    /// Whether there is a file or a folder.
    public func isOccupied(_ path: ProjectPath) -> Bool { kind(of: path) != .missing }

    /// The largest YAML or JSON file: 16 MiB.
    public static var standardLimit: Int { 16 << 20 }

    /// The bytes of a file of at most 16 MiB.
    public func read(_ path: ProjectPath) throws(FileError) -> [UInt8] {
        try read(path, limit: Self.standardLimit)
    }
}
