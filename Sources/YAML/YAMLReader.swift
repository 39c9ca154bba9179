public import Diagnostics

/// What a YAML file says, and what is wrong with it.
public struct YAMLReading: Sendable {
    /// The root, or nil when the mistakes leave nothing to go on with.
    ///
    /// That of an empty file is a null.
    public let root: YAMLNode?
    /// All mistakes, by place.
    public let diagnostics: [Diagnostic]
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
            return YAMLReading(root: nil, diagnostics: [diagnostic])
        }
        let check = YAMLSourceCheck(bytes, file: file)
        guard check.diagnostics.isEmpty else {
            return YAMLReading(root: nil, diagnostics: check.diagnostics)
        }
        var reading = YAMLRepairingReader(
            bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes, file: file,
            limits: limits,
            hasForeignBreaks: check.hasForeignBreaks)
        return reading.read()
    }

    /// The text with fixes made, and those of them that were: a fix whose place has changed is left out.
    public static func applying(
        _ fixes: [SourceFix], to bytes: [UInt8]
    ) -> (bytes: [UInt8], made: [SourceFix]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let hasMark = bytes.starts(with: mark)
        var text = YAMLText(hasMark ? Array(bytes.dropFirst(3)) : bytes)
        var made: [SourceFix] = []
        // From the end of each line, so that the columns of the fixes before stay true.
        let ordered = Set(fixes).sorted {
            ($0.line, -$0.columns.lowerBound) < ($1.line, -$1.columns.lowerBound)
        }
        var lastStart: (line: Int, column: Int)?
        for fix in ordered {
            if let lastStart, lastStart.line == fix.line, fix.columns.upperBound > lastStart.column {
                continue
            }
            guard text.stands(fix.original, at: fix) else { continue }
            text = text.applying(fix)
            made.append(fix)
            lastStart = (fix.line, fix.columns.lowerBound)
        }
        return ((hasMark ? mark : []) + text.bytes, made)
    }
}
