import Diagnostics
import Files
import JSON

/// Writes a pack: rows come in any order and wait on disk, then stand sorted by case id and sample.
///
/// Memory: about 50 bytes a row and its case id, and 16 bytes for each different long text.
struct PackWriter: ~Copyable {
    /// Texts shorter than this stand where they are used.
    private static let shortestShared = 40

    private struct Row {
        var caseID: String
        var sample: Int
        var range: Spool.Range
    }

    private let path: String
    private let spool: Spool
    private var rows: [Row] = []
    private var textCounts: [String: Bool] = [:]

    /// Begins a pack.
    init(path: String) throws(DiagnosticError) {
        self.path = path
        spool = Spool()
    }

    /// Adds the exchanges of one case; each sample becomes a line of its own.
    mutating func add(_ recording: Recording) throws(DiagnosticError) {
        var samples: [Int: [Exchange]] = [:]
        for exchange in recording.exchanges { samples[exchange.sample, default: []].append(exchange) }
        for (sample, exchanges) in samples {
            var json = Recording(caseID: recording.caseID, exchanges: exchanges).json
            json["evalrun_fixture"] = nil
            try countTexts(.object(json))
            let range = spool.append(JSONWriter.compact.bytes(of: .object(json)))
            rows.append(Row(caseID: recording.caseID, sample: sample, range: range))
        }
    }

    /// True when nothing was added.
    var isEmpty: Bool { rows.isEmpty }

    /// Writes the file whole, and compares what it reads back.
    consuming func finish(in tree: WorkingTree) throws(DiagnosticError) {
        rows.sort { left, right in
            let (one, other) = (left.caseID.utf8, right.caseID.utf8)
            if one.elementsEqual(other) { return left.sample < right.sample }
            return one.lexicographicallyPrecedes(other)
        }
        guard let place = ProjectPath(path) else { throw RecordingPlace.unwritable(path) }
        do throws(FileError) {
            let writer = try WholeFileWriter(tree.writable(place), shown: path, makingFolders: true)
            try writer.write("{\"evalrun_fixture\":\(Recording.version),\"pack\":true}\n")
            try writeTexts(to: writer)
            for row in rows {
                let json = try parsed(row)
                let shared = try shortened(json)
                guard try expanded(shared, like: json) == json else {
                    throw FileError(
                        .system, path: path, operation: "write", reason: "a row would read differently")
                }
                try writer.write(JSONWriter.compact.bytes(of: shared) + [0x0A])
            }
            try writer.commit()
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// The name of a text, from its hash: the same in every pack, so that a changed row changes its own lines only.
    private static func name(of value: JSONValue) -> String {
        "t" + RequestKey.sha256(of: CanonicalJSON.bytes(of: value)).prefix(16)
    }

    private static func isLong(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): text.utf8.count >= shortestShared
        case .object, .array: JSONWriter.compact.bytes(of: value).count >= shortestShared
        default: false
        }
    }

    private mutating func countTexts(_ row: JSONValue) throws(DiagnosticError) {
        var found: [(String, Bool)] = []
        _ = try? PackTexts.map(row) { value, looksLikeReference in
            if looksLikeReference || Self.isLong(value) {
                found.append((Self.name(of: value), looksLikeReference))
            }
            return value
        }
        for (name, mustShare) in found {
            textCounts[name] = mustShare || textCounts[name] != nil
        }
    }

    private borrowing func writeTexts(to writer: WholeFileWriter) throws(FileError) {
        var written: Set<String> = []
        for row in rows {
            var lines: [UInt8] = []
            let json = try parsed(row)
            _ = try? PackTexts.map(json) { value, looksLikeReference in
                guard looksLikeReference || Self.isLong(value) else { return value }
                let name = Self.name(of: value)
                if textCounts[name] == true, written.insert(name).inserted {
                    let line: JSONValue = ["text": .string(name), "value": value]
                    lines += JSONWriter.compact.bytes(of: line) + [0x0A]
                }
                return value
            }
            if !lines.isEmpty { try writer.write(lines) }
        }
    }

    private borrowing func shortened(_ row: JSONValue) throws(FileError) -> JSONValue {
        let counts = textCounts
        let short = try? PackTexts.map(row) { value, looksLikeReference in
            guard looksLikeReference || Self.isLong(value) else { return value }
            let name = Self.name(of: value)
            return counts[name] == true ? [PackTexts.reference: .string(name)] : value
        }
        return short ?? row
    }

    private borrowing func expanded(_ shared: JSONValue, like row: JSONValue) throws(FileError) -> JSONValue?
    {
        var values: [String: JSONValue] = [:]
        _ = try? PackTexts.map(row) { value, _ in
            values[Self.name(of: value)] = value
            return value
        }
        return try? PackTexts.expand(shared) { (name) throws(RecordingMistake) in
            guard let value = values[name] else { throw RecordingMistake("unknown text") }
            return value
        }
    }

    private borrowing func parsed(_ row: Row) throws(FileError) -> JSONValue {
        let bytes = try spool.read(row.range)
        guard let json = try? JSONParser().parse(bytes: bytes) else {
            throw FileError(.system, path: path, operation: "read", reason: "the temporary file is damaged")
        }
        return json
    }
}
