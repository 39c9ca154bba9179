public import Diagnostics
public import Evals
import Files

/// Puts new exchanges into the recordings of a project: each file once, whole.
public struct RecordingWriter: ~Copyable {
    private let store: FixtureStore
    private var targets: [RecordingPlace: [String: [Exchange]]] = [:]

    /// Creates a writer that changes nothing until `commit`.
    public init(store: FixtureStore) { self.store = store }

    /// Adds an exchange; the request and its reply are redacted already.
    public mutating func add(_ exchange: Exchange, at site: CallSite) {
        targets[RecordingPlace(of: site), default: [:]][site.caseID, default: []].append(exchange)
    }

    /// Writes the files, what they hold beside the new exchanges kept; returns their paths in order.
    ///
    /// A damaged file that would be replaced is an error, and no file is written then.
    public consuming func commit() throws(DiagnosticError) -> [String] {
        var mistakes: [Diagnostic] = []
        for place in targets.keys {
            if place.isPack {
                switch store.pack(at: place.path) {
                case .success(let pack)?: mistakes += pack.mistakes
                case .failure(let error)?: mistakes += error.diagnostics
                case nil: continue
                }
            } else if case .failure(let error)? = store.recording(at: place.path) {
                mistakes += error.diagnostics
            }
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        var written: [String] = []
        for (place, cases) in targets.sorted(by: { $0.key.path < $1.key.path }) {
            if place.isPack {
                try Self.writePack(place.path, cases: cases, store: store)
            } else {
                try Self.writeFile(place.path, cases: cases, store: store)
            }
            written.append(place.path)
        }
        store.forget()
        return written
    }

    private static func writeFile(
        _ path: String, cases: [String: [Exchange]], store: FixtureStore
    ) throws(DiagnosticError) {
        for (id, exchanges) in cases {
            var recording = Recording(caseID: id, exchanges: [])
            if let old = try store.recording(at: path)?.get(), old.caseID == id { recording = old }
            recording.replace(with: exchanges)
            try write(recording, to: path, in: store.tree)
        }
    }

    /// Writes a recording as a YAML file, whole.
    static func write(_ recording: Recording, to path: String, in tree: WorkingTree) throws(DiagnosticError) {
        let bytes = try RecordingFile.bytes(of: recording, file: path)
        guard let place = ProjectPath(path) else { throw RecordingPlace.unwritable(path) }
        do throws(FileError) {
            try WholeFile.write(bytes, to: try tree.writable(place), shown: path, makingFolders: true)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    private static func writePack(
        _ path: String, cases: [String: [Exchange]], store: FixtureStore
    ) throws(DiagnosticError) {
        var writer = try PackWriter(path: path)
        var waiting = cases
        if let pack = try store.pack(at: path)?.get() {
            try pack.forEach { (old) throws(DiagnosticError) in
                guard let new = cases[old.caseID] else { return try writer.add(old) }
                // The new exchanges replace what has their label or key; the rest of the row stays.
                var row = old
                row.exchanges.removeAll { exchange in
                    new.contains { $0.requestSHA256 == exchange.requestSHA256 || $0.hasLabel(of: exchange) }
                }
                if !row.exchanges.isEmpty { waiting[old.caseID, default: []] += row.exchanges }
            }
        }
        for (id, exchanges) in waiting {
            var recording = Recording(caseID: id, exchanges: [])
            recording.replace(with: exchanges)
            try writer.add(recording)
        }
        try writer.finish(in: store.tree)
    }
}
