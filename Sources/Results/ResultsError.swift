public import Files

/// Why results could not be kept or read back.
public enum ResultsError: Error, Sendable, Hashable {
    /// The disk refused.
    case file(FileError)
    /// What was read is not an execution: `path` is the JSON Pointer of the wrong part.
    case malformed(path: String, message: String)
}

extension ResultsError: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .malformed(let path, let message):
            path.isEmpty ? "not an execution: \(message)" : "not an execution: \(path): \(message)"
        }
    }
}
