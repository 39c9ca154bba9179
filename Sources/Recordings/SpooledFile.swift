import Diagnostics
import Files
import JSON

/// One file of recordings that new exchanges are put into.
struct SpooledFile {
    /// Where it stands.
    let place: RecordingPlace
    /// What is new.
    let exchanges: SpooledExchanges
    /// Where the new exchanges wait.
    let spool: Spool
    /// The recordings.
    let store: FixtureStore
    /// What becomes of the old exchanges.
    let merge: ExchangeMerge

    /// Writes the file, whole or not at all; how many of the new exchanges say something else than recorded ones with
    /// their request.
    func write() throws(DiagnosticError) -> Int {
        if place.isPack { try writePack() } else { try writeFile() }
    }

    private func writeFile() throws(DiagnosticError) -> Int {
        var rerolled = 0
        for (id, samples) in exchanges.cases {
            let fresh = merge.latest(try read(samples.sorted { $0.key < $1.key }.flatMap(\.value)))
            var recording = Recording(caseID: id, exchanges: [])
            if let old = try store.recording(at: place.path)?.get(), old.caseID == id { recording = old }
            let new = merge.marked(fresh, beside: recording.exchanges)
            rerolled += merge.rerolls(new, beside: recording.exchanges)
            recording.exchanges = merge.kept(recording.exchanges, beside: new)
            recording.replace(with: new)
            try Self.write(recording, to: place.path, in: store.tree)
        }
        return rerolled
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

    private func writePack() throws(DiagnosticError) -> Int {
        var rerolled = 0
        var writer = try PackWriter(path: place.path)
        var written: Set<Row> = []
        if let pack = try store.pack(at: place.path)?.get() {
            guard pack.mistakes.isEmpty else { throw DiagnosticError(pack.mistakes) }
            try pack.forEach { (old) throws(DiagnosticError) in
                guard let samples = exchanges.cases[old.caseID] else { return try writer.add(old) }
                // Old lines hold one sample each, unless someone wrote them otherwise.
                for sample in Set(old.exchanges.map(\.sample)).sorted() {
                    let here = old.exchanges.filter { $0.sample == sample }
                    let fresh = merge.latest(try read(samples[sample] ?? []))
                    let new = merge.marked(fresh, beside: here)
                    var recording = Recording(caseID: old.caseID, exchanges: merge.kept(here, beside: new))
                    if written.insert(Row(caseID: old.caseID, sample: sample)).inserted {
                        recording.replace(with: new)
                        rerolled += merge.rerolls(new, beside: here)
                    }
                    if !recording.exchanges.isEmpty { try writer.add(recording) }
                }
            }
        }
        for (id, samples) in exchanges.cases {
            for (sample, ranges) in samples where !written.contains(Row(caseID: id, sample: sample)) {
                var recording = Recording(caseID: id, exchanges: [])
                recording.replace(with: merge.latest(try read(ranges)))
                try writer.add(recording)
            }
        }
        try writer.finish(in: store.tree)
        return rerolled
    }

    /// A line of a pack.
    private struct Row: Hashable {
        var caseID: String
        var sample: Int
    }

    private func read(_ ranges: [Spool.Range]) throws(DiagnosticError) -> [Exchange] {
        var exchanges: [Exchange] = []
        for range in ranges {
            let bytes: [UInt8]
            do throws(FileError) {
                bytes = try spool.read(range)
            } catch {
                throw DiagnosticError(error.diagnostic())
            }
            guard let json = try? JSONParser().parse(bytes: bytes), let exchange = try? Exchange(json: json)
            else {
                throw DiagnosticError(
                    Diagnostic(
                        "recording-not-written", "the temporary file with the answers is damaged",
                        at: SourceMark(file: place.path)))
            }
            exchanges.append(exchange)
        }
        return exchanges
    }
}
