public import Diagnostics
import Files

/// Takes the marks out of recordings that were re-rolled, once someone has looked at them: `fixtures accept`.
public struct FixtureAcceptance: Sendable {
    private let store: FixtureStore

    /// Creates an acceptance of recordings of a store.
    public init(store: FixtureStore) { self.store = store }

    /// Accepts everything marked in files, and in the files of folders; returns it, as it was.
    ///
    /// Each file is written whole. The errors are `recording-not-found` for a path that holds no recordings, and what
    /// is wrong with a file that can't be read; nothing is changed then.
    public func accept(_ paths: [String]) throws(DiagnosticError) -> [RecordedExchange] {
        let files = try store.files()
        var bag = DiagnosticBag()
        var chosen: Set<String> = []
        for path in paths {
            let trimmed = path.hasSuffix("/") ? String(path.dropLast()) : path
            let matching = files.filter { $0 == trimmed || $0.hasPrefix(trimmed + "/") }
            if matching.isEmpty {
                bag.add(
                    Diagnostic(
                        "recording-not-found", "there are no recordings at '\(path)'",
                        hint: "give paths as `evalrun fixtures list` shows them"))
            }
            chosen.formUnion(matching)
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.diagnostics) }
        var accepted: [RecordedExchange] = []
        for path in chosen.sorted() { accepted += try marked(in: path) }
        for path in Set(accepted.map(\.path)).sorted() { try unmark(path) }
        store.forget()
        return accepted
    }

    private func marked(in path: String) throws(DiagnosticError) -> [RecordedExchange] {
        var found: [RecordedExchange] = []
        func look(at recording: Recording) {
            for exchange in recording.exchanges where exchange.isRerolled {
                found.append(RecordedExchange(path: path, caseID: recording.caseID, exchange: exchange))
            }
        }
        if path.hasSuffix(".jsonl") {
            guard let pack = try store.pack(at: path)?.get() else { return [] }
            guard pack.mistakes.isEmpty else { throw DiagnosticError(pack.mistakes) }
            try pack.forEach { (recording) throws(DiagnosticError) in look(at: recording) }
        } else if let recording = try store.recording(at: path)?.get() {
            look(at: recording)
        }
        return found
    }

    private func unmark(_ path: String) throws(DiagnosticError) {
        if path.hasSuffix(".jsonl") {
            guard let pack = try store.pack(at: path)?.get() else { return }
            var writer = try PackWriter(path: path)
            try pack.forEach { (recording) throws(DiagnosticError) in
                try writer.add(Self.unmarked(recording))
            }
            try writer.finish(in: store.tree)
        } else if let recording = try store.recording(at: path)?.get() {
            try SpooledFile.write(Self.unmarked(recording), to: path, in: store.tree)
        }
    }

    private static func unmarked(_ recording: Recording) -> Recording {
        var copy = recording
        for index in copy.exchanges.indices { copy.exchanges[index].rerolled = 0 }
        return copy
    }
}
