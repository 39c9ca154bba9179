import Files

/// A tree in which one file says something else, or is there at all: what would be if it were written.
struct OverlayTree: FileTree {
    /// The tree below.
    let base: any FileTree
    /// The file.
    let path: ProjectPath
    /// What it says.
    let bytes: [UInt8]

    func read(_ path: ProjectPath, limit: Int?) throws(FileError) -> [UInt8] {
        path == self.path ? bytes : try base.read(path, limit: limit)
    }

    /// That of the tree below: what is read as a stream are datasets, and the file is none.
    func stream(_ path: ProjectPath) throws(FileError) -> ByteStream { try base.stream(path) }

    func list(under folder: ProjectPath) throws(FileError) -> [ProjectPath] {
        let paths = try base.list(under: folder)
        return folder.contains(path) && !paths.contains(path) ? (paths + [path]).sorted() : paths
    }

    func survey(under folder: ProjectPath) throws(FileError) -> FolderSurvey {
        var survey = try base.survey(under: folder)
        if folder.contains(path), !survey.files.contains(path) {
            survey.files = (survey.files + [path]).sorted()
        }
        return survey
    }

    func isOccupied(_ path: ProjectPath) -> Bool { path == self.path || base.isOccupied(path) }

    func kind(of path: ProjectPath) -> FileKind {
        if path == self.path { return .file }
        return path.contains(self.path) ? .folder : base.kind(of: path)
    }
}
