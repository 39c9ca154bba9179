public import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Why a file could not be read or written.
public struct FileError: Error, Sendable, Hashable {
    /// What went wrong, as far as callers tell cases apart.
    public enum Kind: Sendable, Hashable {
        /// There is no such file or folder.
        case missing
        /// It leads out of the project.
        case outsideProject
        /// It is larger than the limit.
        case tooLarge
        /// It is a folder, a pipe or a device where a file is needed.
        case notAFile
        /// git refused, or is missing.
        case git
        /// Anything else that the system says.
        case system
    }

    /// What went wrong.
    public let kind: Kind
    /// The file as shown to the user.
    public let path: String
    /// What was tried, such as `read` or `write`.
    public let operation: String
    /// Why it failed, in words.
    public let reason: String

    /// Creates an error.
    public init(_ kind: Kind, path: String, operation: String, reason: String) {
        self.kind = kind
        self.path = path
        self.operation = operation
        self.reason = reason
    }

    /// The error for a system call that has just failed.
    init(errno code: Int32, path: String, operation: String) {
        self.init(
            code == ENOENT || code == ENOTDIR ? .missing : .system, path: path, operation: operation,
            reason: String(cString: strerror(code)))
    }

    /// The same as a diagnostic, at the place that names the file.
    public func diagnostic(at mark: SourceMark? = nil) -> Diagnostic {
        let (id, hint): (String, String?) =
            switch kind {
            case .missing:
                ("file-missing", "check the spelling of the path; it is relative to the file that names it")
            case .outsideProject: ("path-outside-project", "move the file into the project")
            case .tooLarge:
                ("file-too-large", "move large data into a .jsonl or .csv file, which have no limit")
            case .notAFile: ("not-a-file", "name a regular file")
            case .git: ("git-failed", nil)
            case .system: ("file-error", nil)
            }
        return Diagnostic(id, description, at: mark, hint: hint)
    }
}

extension FileError: CustomStringConvertible {
    /// For example `can't read data/x.csv: Permission denied`.
    public var description: String {
        "can't \(operation) \(path): \(reason)"
    }
}
