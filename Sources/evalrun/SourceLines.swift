import Files
import Synchronization

/// Fetches single lines of project files for diagnostics, each file read once.
final class SourceLines: Sendable {
    private let root: ProjectRoot?
    private let cache = Mutex<[String: [String]]>([:])

    /// The largest file whose lines are shown, in bytes.
    private static let limit = 16 << 20

    /// Creates a source for a project.
    init(root: ProjectRoot?) { self.root = root }

    /// A line, counted from 1; nil when it can't be had.
    func line(_ number: Int, of file: String) -> String? {
        let lines = cache.withLock { cache in
            if let known = cache[file] { return known }
            let read = read(file)
            cache[file] = read
            return read
        }
        return lines.indices.contains(number - 1) ? lines[number - 1] : nil
    }

    private func read(_ file: String) -> [String] {
        guard let root else { return [] }
        // `prompts/a.prompt.yaml@REF` is a file of a commit.
        if let at = file.firstIndex(of: "@"), let path = ProjectPath(String(file[..<at])),
            WorkingTree(root).kind(of: ProjectPath(file) ?? .root) != .file,
            let tree = try? GitProject(root).tree(at: String(file[file.index(after: at)...])),
            let bytes = try? tree.read(path, limit: Self.limit)
        {
            return Self.lines(bytes)
        }
        guard let path = ProjectPath(file), let bytes = try? WorkingTree(root).read(path, limit: Self.limit)
        else {
            return []
        }
        return Self.lines(bytes)
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
    }
}
