import Diagnostics
import Files

/// Where a review writes: a file that appears whole or not at all, or standard output.
struct ReviewOutput {
    /// The file; nil: standard output.
    let path: String?
    /// Whether a file that is there may be replaced.
    let replaces: Bool

    /// Complains about a file that is there already, since people's work may be in it, and about one of those that
    /// are read, whatever may be replaced.
    func check(reading inputs: [String]) throws(DiagnosticError) {
        if let path, let place = try? ResolvedPath(ofArgument: path),
            let input = inputs.first(where: { $0 != "-" && (try? ResolvedPath(ofArgument: $0)) == place })
        {
            throw DiagnosticError(
                Diagnostic(
                    "output-path",
                    "'\(TerminalText.visible(path))' can't be written, since '\(TerminalText.visible(input))' is read",
                    hint: "give another path"))
        }
        guard let path, !replaces, PathProbe.exists(path) else { return }
        // Devices and pipes such as /dev/stdout have nothing to lose.
        guard !path.hasPrefix("/dev/"), !path.hasPrefix("/proc/self/fd/") else { return }
        throw DiagnosticError(
            Diagnostic(
                "file-exists", "'\(TerminalText.visible(path))' is there already",
                hint: "give another path, or add --force to write over it"))
    }

    /// Writes what a body gives, piece by piece.
    func write(
        _ body: ((_ bytes: [UInt8]) throws(DiagnosticError) -> Void) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) {
        guard let path else {
            return try body { (bytes) throws(DiagnosticError) in
                do throws(OutputError) {
                    try Console.write(bytes)
                } catch {
                    throw DiagnosticError(
                        Diagnostic("output", "standard output could not be written: \(error.reason)"))
                }
            }
        }
        let file = try Self.onDisk { () throws(FileError) in try WholeFileWriter(path) }
        try body { (bytes) throws(DiagnosticError) in
            try Self.onDisk { () throws(FileError) in try file.write(bytes) }
        }
        try Self.onDisk { () throws(FileError) in try file.commit() }
    }

    private static func onDisk<Value: Sendable>(
        _ body: () throws(FileError) -> Value
    ) throws(DiagnosticError) -> Value {
        do throws(FileError) {
            return try body()
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }
}
