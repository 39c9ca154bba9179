import Foundation
import JSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A project in a temporary folder, which goes away with the value.
final class TemporaryProject {
    /// The absolute path of the folder, without links.
    let path: String

    /// Writes files, given as path and text.
    init(_ files: [String: String] = [:]) throws {
        path = try Self.makeFolder()
        for (file, text) in files { try write(text, to: file) }
    }

    deinit { Self.remove(path) }

    /// Makes an empty folder.
    static func makeFolder() throws -> String {
        var template = Array((NSTemporaryDirectory() + "/evalrun-e2e-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        defer { free(real) }
        return String(cString: real)
    }

    /// Removes a folder with everything in it.
    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and the folders above it.
    func write(_ text: String, to file: String) throws { try write(Data(text.utf8), to: file) }

    /// Writes bytes and the folders above the file.
    func write(_ data: Data, to file: String) throws {
        let url = URL(fileURLWithPath: path + "/" + file)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    /// The text of a file.
    func read(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)), as: UTF8.self)
    }

    /// Whether there is something at a path.
    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: path + "/" + file) }

    /// Removes a file.
    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path + "/" + file) }

    /// Makes a symbolic link.
    func link(_ file: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: path + "/" + file, withDestinationPath: target)
    }

    /// The names in a folder, sorted.
    func names(in folder: String = ".") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }

    /// Runs the program here.
    func run(
        _ arguments: String..., environment: [String: String] = [:], input: String = "",
        errors: FileHandle? = nil, whileRunning: (Process) throws -> Void = { _ in }
    ) throws -> ToolRun {
        try ToolRun.run(
            arguments, in: path, environment: environment, input: input, errors: errors,
            whileRunning: whileRunning)
    }

    /// Runs the program here with words of a table.
    func run(words: [String]) throws -> ToolRun { try ToolRun.run(words, in: path) }

    /// Runs a shell command here; the program is `$EVALRUN`.
    func shell(_ command: String) throws -> ToolRun { try ToolRun.shell(command, in: path) }

    /// Runs `evalrun run --report json` and reads what it prints.
    func results(_ arguments: String...) throws -> (run: ToolRun, results: RunFile) {
        let run = try ToolRun.run(["run", "--report", "json"] + arguments, in: path)
        return (run, RunFile(value: try run.json()))
    }
}
