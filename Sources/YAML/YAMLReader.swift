public import Diagnostics

/// What a YAML file says, and what is wrong with it.
public struct YAMLReading: Sendable {
    /// The root, or nil when the mistakes leave nothing to go on with.
    ///
    /// That of an empty file is a null.
    public let root: YAMLNode?
    /// All mistakes, by place.
    public let diagnostics: [Diagnostic]
    /// Changes that mend some of them.
    public let fixes: [YAMLFix]
}

/// Reads YAML with the meaning of version 1.2, core schema.
public enum YAMLReader {
    /// Parses a file of one document; `file` is its name as shown to the user.
    public static func parse(_ bytes: [UInt8], file: String, limits: YAMLLimits = .standard) -> YAMLReading {
        guard bytes.count <= limits.bytes else {
            let limit =
                limits.bytes >= 1 << 20 ? "\(limits.bytes >> 20) MiB" : "\(limits.bytes) bytes"
            let diagnostic = Diagnostic(
                "file-too-large", "the file is larger than \(limit)", at: SourceMark(file: file),
                hint: "move large data into a .jsonl or .csv file, which have no limit")
            return YAMLReading(root: nil, diagnostics: [diagnostic], fixes: [])
        }
        let check = YAMLSourceCheck(bytes, file: file)
        guard check.diagnostics.isEmpty else {
            return YAMLReading(root: nil, diagnostics: check.diagnostics, fixes: [])
        }
        var reading = YAMLRepairingReader(
            bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes, file: file,
            limits: limits,
            hasForeignBreaks: check.hasForeignBreaks)
        return reading.read()
    }
}
