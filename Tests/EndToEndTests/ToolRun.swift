import Foundation
import JSON
import Testing

/// What the real program did with one command line.
struct ToolRun {
    /// The exit code; 128 + N when signal N ended the program.
    let exitCode: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let errors: String

    /// The program, which is built beside the tests.
    static var program: String {
        get throws {
            #if os(Linux)
                let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
                let folders = [URL(fileURLWithPath: own).deletingLastPathComponent()]
            #else
                let folders = Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
            #endif
            let candidates = folders.map { $0.appendingPathComponent("evalrun").path }
            return try #require(
                candidates.first { FileManager.default.isExecutableFile(atPath: $0) },
                "evalrun is not built beside the tests")
        }
    }

    /// The environment that runs get unless told otherwise: nothing that changes colors or finds a git identity.
    static var environment: [String: String] {
        ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"]
    }

    /// Runs the program in a folder.
    ///
    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - errors: Where standard error goes instead of into the result, such as a terminal.
    ///   - terminal: What input, output and errors all are instead.
    ///   - whileRunning: Called with the process once it runs.
    static func run(
        _ arguments: [String], in folder: String, environment extra: [String: String] = [:],
        input: String = "", errors: FileHandle? = nil, terminal: FileHandle? = nil,
        whileRunning: (Process) throws -> Void = { _ in }
    ) throws -> ToolRun {
        try run(
            executable: program, arguments, in: folder, environment: extra, input: input,
            errors: errors, terminal: terminal, whileRunning: whileRunning)
    }

    /// Runs a shell command; the program is `$EVALRUN`.
    static func shell(_ command: String, in folder: String) throws -> ToolRun {
        try run(
            executable: "/bin/sh", ["-c", command], in: folder, environment: ["EVALRUN": program], input: "",
            errors: nil, terminal: nil, whileRunning: { _ in })
    }

    private static func run(
        executable: String, _ arguments: [String], in folder: String, environment extra: [String: String],
        input: String, errors: FileHandle?, terminal: FileHandle?, whileRunning: (Process) throws -> Void
    ) throws -> ToolRun {
        // Files instead of pipes: no reader that a full pipe could wait for.
        let scratch = try TemporaryProject.makeFolder()
        defer { TemporaryProject.remove(scratch) }
        let paths = ["in", "out", "err"].map { scratch + "/" + $0 }
        try Data(input.utf8).write(to: URL(fileURLWithPath: paths[0]))
        for path in paths.dropFirst() { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = environment.merging(extra) { $1 }
        process.standardInput = try terminal ?? FileHandle(forReadingFrom: URL(fileURLWithPath: paths[0]))
        process.standardOutput = try terminal ?? FileHandle(forWritingTo: URL(fileURLWithPath: paths[1]))
        process.standardError =
            try errors ?? terminal ?? FileHandle(forWritingTo: URL(fileURLWithPath: paths[2]))
        try process.run()
        do {
            try whileRunning(process)
        } catch {
            process.terminate()
            process.waitUntilExit()
            throw error
        }
        process.waitUntilExit()
        let status = process.terminationStatus
        return ToolRun(
            exitCode: process.terminationReason == .uncaughtSignal ? 128 + status : status,
            output: String(decoding: try Data(contentsOf: URL(fileURLWithPath: paths[1])), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: URL(fileURLWithPath: paths[2])), as: UTF8.self))
    }

    /// Everything printed, for messages of failing tests and searches in either stream.
    var all: String { "exit \(exitCode)\n--- stdout\n\(output)\n--- stderr\n\(errors)" }

    /// Standard output as JSON.
    func json() throws -> JSONValue { try JSONParser().parse(output) }
}
