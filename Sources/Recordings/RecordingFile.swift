import Diagnostics
import Files
import JSON
import YAML

/// A recording as a YAML file.
enum RecordingFile {
    /// Reads a file's bytes; the diagnostic says what is wrong and where.
    static func read(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> Recording {
        let reading = YAMLReader.parse(bytes, file: file)
        if let first = reading.diagnostics.first(where: { $0.severity == .error }) {
            throw DiagnosticError(first)
        }
        guard let root = reading.root else {
            throw DiagnosticError(Self.diagnostic("the recording is empty", at: SourceMark(file: file)))
        }
        do throws(RecordingMistake) {
            let recording = try Recording(json: value(of: root), isRow: false)
            try recording.checkKeys()
            return recording
        } catch {
            let node = error.exchange.flatMap { root["exchanges"]?.items?[$0] } ?? root
            throw DiagnosticError(Self.diagnostic(error.message, at: node.mark))
        }
    }

    /// The bytes of the file, read back and compared.
    static func bytes(of recording: Recording, file: String) throws(DiagnosticError) -> [UInt8] {
        let bytes = RecordingText.bytes(of: recording)
        let again = try read(bytes, file: file)
        guard again == recording else {
            throw DiagnosticError(
                Diagnostic(
                    "recording-not-written", "the recording reads differently than it was written",
                    at: SourceMark(file: file),
                    hint: "nothing was changed; please report this with the answer that could not be stored"))
        }
        return bytes
    }

    /// The diagnostic for a recording that can't be read.
    static func diagnostic(_ message: String, at mark: SourceMark) -> Diagnostic {
        Diagnostic(
            "invalid-recording", message, at: mark,
            hint: mark.file.hasSuffix(".jsonl")
                ? "restore the file from version control, or delete the line and import its answer again"
                : "restore the file from version control, or delete it and import its answers again")
    }

    private static func value(of node: YAMLNode) -> JSONValue {
        switch node.kind {
        case .sequence(let items): return .array(items.map(value))
        case .mapping(let entries):
            return .object(JSONObject(entries.map { ($0.keyText, value(of: $0.value)) }))
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return .null
            case .bool(let bool): return .bool(bool)
            case .integer(let number): return .integer(number)
            case .bigInteger(let digits):
                return JSONNumber(text: digits).map { .number($0) } ?? .string(digits)
            case .double(let number, let literal):
                return JSONNumber(text: literal).map { .number($0) } ?? .double(number)
            case .string: return .string(scalar.text)
            }
        }
    }
}
