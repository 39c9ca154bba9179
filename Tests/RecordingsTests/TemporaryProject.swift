import Evals
import Files
import JSON
import Recordings
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An empty project in a temporary folder, which goes away with it.
final class TemporaryProject {
    let tree: WorkingTree
    let path: String

    init() throws {
        var template = Array("/tmp/evalrun-recordings-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileError(.system, path: "/tmp", operation: "write", reason: "")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        tree = WorkingTree(try ProjectRoot(folder: path))
    }

    deinit {
        func remove(_ path: String) {
            if let directory = opendir(path) {
                var names: [String] = []
                while let entry = readdir(directory) {
                    let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                    }
                    if name != ".", name != ".." { names.append(name) }
                }
                closedir(directory)
                for name in names { remove(path + "/" + name) }
                rmdir(path)
            } else {
                unlink(path)
            }
        }
        remove(path)
    }

    var store: FixtureStore { FixtureStore(tree: tree) }

    func write(_ text: String, to file: String) throws {
        try WholeFile.write(Array(text.utf8), to: path + "/" + file, shown: file, makingFolders: true)
    }

    func read(_ file: String) throws -> String {
        let place = try #require(ProjectPath(file))
        return String(decoding: try tree.read(place), as: UTF8.self)
    }

    /// Makes a symbolic link; false when the system refuses.
    func link(_ name: String, to target: String) -> Bool { symlink(target, path + "/" + name) == 0 }

    /// Sets when a file was changed last, in seconds since 1970; false when the system refuses.
    func touch(_ file: String, at seconds: Int) -> Bool {
        let time = timespec(tv_sec: seconds, tv_nsec: 0)
        return utimensat(AT_FDCWD, path + "/" + file, [time, time], 0) == 0
    }

    /// Removes a file.
    func remove(_ file: String) throws {
        guard unlink(path + "/" + file) == 0 else {
            throw FileError(.missing, path: file, operation: "write", reason: "")
        }
    }

    func exists(_ file: String) -> Bool {
        ProjectPath(file).map { tree.kind(of: $0) != .missing } ?? false
    }

    /// A request of the suite `support`.
    static func request(
        case id: String = "late-parcel", text: String = "Where is it?", prompt: String = "reply",
        model: String = "small", sample: Int = 1, suite: String = "support", isDatasetRow: Bool = false
    ) -> ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: model, provider: "openai", model: "gpt-5-mini"),
            parameters: ["max_tokens": 400],
            messages: [
                Message(
                    role: .system, text: "You answer support tickets for Acme.\nBe polite, and be brief.\n"),
                Message(role: .user, text: text),
            ], sample: sample,
            site: CallSite(
                suite: suite, caseID: id, prompt: prompt, model: model, isDatasetRow: isDatasetRow))
    }
}
