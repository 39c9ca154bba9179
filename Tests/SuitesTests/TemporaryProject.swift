import Assertions
import Diagnostics
import Evals
import Files
import Suites

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A project in a folder that vanishes with the test.
final class TemporaryProject {
    /// The day at which quarantines end.
    static let today = "2026-06-01"

    /// The folder.
    let root: ProjectRoot
    /// The types of assertion.
    var catalog = AssertionCatalog.standard

    /// Makes a project of some files, by path.
    init(_ files: [String: String] = [:]) throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/suites-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw FileError(
                .system, path: parent, operation: "write", reason: String(cString: strerror(errno)))
        }
        root = try ProjectRoot(
            folder: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        for (path, text) in files { try write(path, text) }
    }

    /// Makes a symbolic link; false when the system refuses.
    func link(_ path: String, to target: String) -> Bool { symlink(target, root.path + "/" + path) == 0 }

    /// Makes a named pipe; false when the system refuses.
    func makePipe(_ path: String) -> Bool { mkfifo(root.path + "/" + path, 0o600) == 0 }

    deinit { run(["/bin/rm", "-rf", root.path]) }

    /// Writes a file and the folders above it.
    func write(_ path: String, _ text: String) throws { try write(path, bytes: Array(text.utf8)) }

    /// Writes a file and the folders above it.
    func write(_ path: String, bytes: [UInt8]) throws {
        try WholeFile.write(bytes, to: root.path + "/" + path, makingFolders: true)
    }

    /// The project, read.
    func load(_ targets: [Workspace.Target] = []) -> (workspace: Workspace, diagnostics: [Diagnostic]) {
        Workspace.load(root: root, catalog: catalog, targets: targets, today: Self.today)
    }

    /// A plan, with the diagnostics of reading and planning.
    func plan(_ options: PlanOptions = PlanOptions(), targets: [Workspace.Target] = []) -> (
        plan: Plan?, diagnostics: [Diagnostic]
    ) {
        let (workspace, diagnostics) = load(targets)
        let planned = workspace.plan(options)
        return (planned.plan, diagnostics + planned.diagnostics)
    }

    /// The cases of a plan without mistakes; the mistakes as an error else.
    func cases(_ options: PlanOptions = PlanOptions()) throws -> [PlannedCase] {
        let (plan, diagnostics) = plan(options)
        guard let plan else { throw Mistakes(description: rendered(diagnostics)) }
        var stream = plan.stream()
        var cases: [PlannedCase] = []
        while let next = try stream.next() { cases.append(next) }
        return cases
    }

    /// Diagnostics as a user sees them.
    func rendered(_ diagnostics: [Diagnostic]) -> String {
        let path = root.path
        return DiagnosticRenderer { file, line in
            guard let bytes = try? FileText.bytes(path + "/" + file) else { return nil }
            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            return line <= lines.count ? String(decoding: lines[line - 1], as: UTF8.self) : nil
        }.render(diagnostics)
    }

    /// What `evalrun check` would print.
    func mistakes(_ options: PlanOptions = PlanOptions()) -> String { rendered(plan(options).diagnostics) }

    /// Runs git in the project; false when it fails or is missing.
    @discardableResult
    func git(_ words: String...) -> Bool {
        let identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
        return run(["git", "-C", root.path] + identity + words)
    }

    @discardableResult
    private func run(_ words: [String]) -> Bool {
        let arguments = words.map { strdup($0) } + [nil]
        defer { for word in arguments { free(word) } }
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var child: pid_t = 0
        guard posix_spawnp(&child, words[0], &actions, nil, arguments, environ) == 0 else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }
}

/// Mistakes where a test wants none.
struct Mistakes: Error, CustomStringConvertible {
    /// The mistakes as a user sees them.
    var description: String
}

/// Files of the tests themselves.
enum FileText {
    /// The bytes of a file.
    static func bytes(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            throw FileError(.missing, path: path, operation: "read", reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    /// The names in a folder, sorted.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Whether an environment variable is `1`.
    static func isSet(_ variable: String) -> Bool {
        getenv(variable).map { String(cString: $0) == "1" } ?? false
    }
}
