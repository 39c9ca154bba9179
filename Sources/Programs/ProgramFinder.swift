import Assertions
import Diagnostics
import Evals
import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds programs and scripts: in the project, or on the `PATH`.
struct ProgramFinder: Sendable {
    /// The project's root; nil when files are not looked at.
    let root: ProjectRoot?
    /// The value of `PATH`; nil when the `PATH` is not looked at.
    let searchPath: String?

    /// The absolute path of a program that an assertion names.
    func program(_ written: String, _ specification: AssertionSpecification) throws(DiagnosticError) -> String
    {
        try program(written, from: naming(specification), at: specification.valueMark)
    }

    /// The absolute path of a program: a name alone is looked for on the `PATH`, another path is relative to the file that
    /// names it and stays inside the project.
    func program(
        _ written: String, from naming: ProjectPath, at mark: SourceMark?
    ) throws(DiagnosticError) -> String {
        if written.utf8.contains(UInt8(ascii: "/")) {
            let path = try file(written, from: naming, at: mark)
            guard let root else { return path.text }
            let absolute = root.absolute(path)
            guard access(absolute, X_OK) == 0 else {
                throw mistake(
                    "not-executable", "'\(path)' may not be executed", at: mark,
                    hint: "run `chmod +x \(path)`, or name what runs it: [python3, \(path)]")
            }
            return absolute
        }
        guard let searchPath else { return written }
        for folder in searchPath.split(separator: ":") where folder.hasPrefix("/") {
            let candidate = "\(folder)/\(written)"
            if Self.isExecutable(candidate) { return candidate }
        }
        var hint = "install it, or add its folder to PATH"
        if let root, let path = try? ProjectRoot.resolve("./" + written, from: naming),
            WorkingTree(root).kind(of: path) == .file
        {
            hint = "to mean the file beside this one, write ./\(written)"
        } else if written.contains(" ") {
            hint =
                "no shell splits it: write a list, [\(written.split(separator: " ").joined(separator: ", "))]"
        }
        throw mistake(
            "program-not-found", "there is no program '\(Excerpt.display(written))' on the PATH",
            at: mark, hint: hint)
    }

    /// The path of a file of the project that an assertion names.
    func file(_ written: String, _ specification: AssertionSpecification) throws(DiagnosticError)
        -> ProjectPath
    {
        try file(written, from: naming(specification), at: specification.valueMark)
    }

    private func file(
        _ written: String, from naming: ProjectPath, at mark: SourceMark?
    ) throws(DiagnosticError) -> ProjectPath {
        let path = try ProjectRoot.resolve(written, from: naming, at: mark)
        guard let root, WorkingTree(root).kind(of: path) != .file else { return path }
        var hint = "paths are relative to the file that names them"
        if let other = ProjectPath(written), WorkingTree(root).kind(of: other) == .file {
            let up = String(repeating: "../", count: naming.folder.components.count)
            hint += "; write \(up)\(other)"
        } else if written.contains(" ") {
            hint =
                "no shell splits it: write a list, [\(written.split(separator: " ").joined(separator: ", "))]"
        }
        throw mistake("program-not-found", "there is no file '\(path)'", at: mark, hint: hint)
    }

    private func naming(_ specification: AssertionSpecification) -> ProjectPath {
        ProjectPath(specification.mark.file) ?? .root
    }

    private func mistake(
        _ id: String, _ message: String, at mark: SourceMark?, hint: String
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: mark, hint: hint))
    }

    private static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }
}
