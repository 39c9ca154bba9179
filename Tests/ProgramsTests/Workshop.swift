import Assertions
import Diagnostics
import Evals
import Files
import Foundation  // Temporary folders; tests only.
import JSON
import Programs
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A project in a temporary folder whose assertions may run programs.
final class Workshop: Sendable {
    /// The absolute path of the folder.
    let path: String
    /// Where programs run.
    let host: ProgramHost
    private let programs: ProgramAssertions

    /// The `PATH` that programs are looked for on.
    static let searchPath = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

    /// Writes files; those that begin with `#!` may be executed.
    init(_ files: [String: String] = [:], variables: [String: String] = [:]) throws {
        var template = Array((NSTemporaryDirectory() + "/evalrun-programs-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil, let real = realpath(template, nil) else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        defer { free(real) }
        path = String(cString: real)
        signal(SIGPIPE, SIG_IGN)
        for (file, text) in files {
            let url = URL(fileURLWithPath: path + "/" + file)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: false, encoding: .utf8)
            if text.hasPrefix("#!") { chmod(url.path, 0o755) }
        }
        host = ProgramHost(folder: path) { $0 == "PATH" ? Self.searchPath : variables[$0] }
        programs = ProgramAssertions(
            access: .granted(host), root: try ProjectRoot(folder: path), searchPath: Self.searchPath)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The standard types and those that run programs.
    var catalog: AssertionCatalog { .standard(adding: programs.descriptors) }

    /// The mistakes of variables.
    func variableMistakes(_ keyVariables: [String]) -> [Diagnostic] {
        programs.mistakes(keyVariables: keyVariables)
    }

    /// An assertion as the loader would state it.
    static func specification(
        _ type: String, _ value: JSONValue?, threshold: Double? = nil, options: JSONObject = [:],
        isNegated: Bool = false
    ) -> AssertionSpecification {
        AssertionSpecification(
            type: type, isNegated: isNegated, value: value, threshold: threshold, options: options,
            mark: SourceMark(file: "a.suite.yaml", line: 3, column: 9),
            valueMark: SourceMark(file: "a.suite.yaml", line: 3, column: 15))
    }

    /// What becomes of an assertion on answers, one after the other, in one run.
    func results(
        _ specification: AssertionSpecification, _ subjects: [Subject]
    ) async throws -> [AssertionResult] {
        let assertion = try catalog.compile(specification)
        return try await host.serving(processes: 2) {
            var results: [AssertionResult] = []
            for subject in subjects {
                results.append(await AssertionEvaluation.evaluate(assertion, on: subject))
            }
            return results
        }
    }

    /// What becomes of an assertion on an answer.
    func result(_ specification: AssertionSpecification, on answer: String = "good") async throws
        -> AssertionResult
    {
        try #require(try await results(specification, [Subject(reply: Reply(content: answer))]).first)
    }

    /// The first mistake, when an assertion does not compile.
    func mistake(_ specification: AssertionSpecification) -> Diagnostic? {
        do throws(DiagnosticError) {
            _ = try catalog.compile(specification)
            return nil
        } catch {
            return error.diagnostics.first
        }
    }

    /// The text of a file that a program wrote; nil when there is none.
    func text(_ file: String) -> String? { try? String(contentsOfFile: path + "/" + file, encoding: .utf8) }

    /// The processes whose numbers a program wrote into a file, those that still run.
    ///
    /// A process that was killed takes a moment to end, so that it is looked for several times.
    func running(_ file: String) -> [Int32] {
        var left = (text(file) ?? "").split(separator: "\n").compactMap { Int32($0) }
        for _ in 0..<Self.looks where !left.isEmpty {
            left = left.filter { process in
                // A zombie that nobody reaps runs no more.
                let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
                return kill(process, 0) == 0 && !stat.contains(") Z ")
            }
            sched_yield()
        }
        return left
    }

    private static let looks = 10_000

    /// Whether an interpreter is there.
    static func has(_ program: String) -> Bool {
        searchPath.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    }
}
