import Diagnostics
import Evals
import Files
import JSON
import Synchronization

/// The recordings of a dataset's rows with one prompt and one model, read on demand.
///
/// A pack is a file of JSON lines:
///
///     {"evalrun_fixture":1,"pack":true}
///     {"text":"t4f2c8a90b1d3","value":"You answer support tickets …"}
///     {"case":"row-1","exchanges":[{"for":"answer",…,"request":{…"content":{"$text":"t4f2c8a90b1d3"}…},…}]}
///
/// The first line names the format. Texts that repeat follow, in lines of their own; `{"$text": NAME}` stands for
/// one where a message has its content or the text of a part, or as the whole of `tools` and `output_schema`.
/// Then comes one line for each execution, by case id and sample.
final class Pack: Sendable {
    /// The path relative to the project.
    let path: String
    /// What is wrong with its lines; at most 100 are told.
    let mistakes: [Diagnostic]
    /// The exchanges.
    let index: PackIndex

    private struct Cache {
        var texts: [String: JSONValue] = [:]
        var size = 0
        var orderByCase: [UInt32]?
    }

    private let conflicts: PackConflicts
    private let file: PackFile
    private let texts: PackIndex
    private let cache = Mutex(Cache())

    /// Opens a pack and indexes its lines.
    init(_ path: ProjectPath, in tree: WorkingTree) throws(FileError) {
        file = try PackFile(path, in: tree)
        self.path = path.text
        var indexer = PackIndexer(path: path.text)
        try file.forEachLine { (line, number, offset) throws(FileError) in
            indexer.add(line, number: number, offset: offset)
        }
        index = PackIndex(indexer.takeEntries())
        texts = PackIndex(indexer.texts)
        conflicts = indexer.takeConflicts()
        mistakes = indexer.mistakes
    }

    /// The recordings with an exchange of this key, the key of `request`.
    ///
    /// An exchange with this key that shows another request is an error.
    func recordings(withKey key: String, of request: ModelRequest) throws(DiagnosticError) -> [Recording] {
        guard let prefix = RequestKey.prefix(of: key) else { return [] }
        var found: [Recording] = []
        for entry in index.places(ofKey: prefix) {
            let recording = try recording(at: entry.place)
            guard let exchange = recording.exchanges.first(where: { $0.requestSHA256 == key }) else {
                continue
            }
            try checkConflicts(recording.caseID, exchange)
            if !exchange.shows(request.json, sample: request.sample) {
                try checkKeys(of: recording, at: entry.place)
            }
            found.append(recording)
        }
        return found
    }

    /// The recordings of a case, one for each execution.
    func recordings(ofCase id: String) throws(DiagnosticError) -> [Recording] {
        let order = cache.withLock { cache in
            if let order = cache.orderByCase { return order }
            let order = index.orderByCase()
            cache.orderByCase = order
            return order
        }
        var found: [Recording] = []
        for place in index.places(ofCase: PackIndex.hash(id), order: order) {
            let recording = try recording(at: place)
            guard recording.caseID == id else { continue }
            for exchange in recording.exchanges { try checkConflicts(id, exchange) }
            found.append(recording)
        }
        return found
    }

    /// Refuses an exchange that several lines of the pack claim to be.
    private func checkConflicts(_ caseID: String, _ exchange: Exchange) throws(DiagnosticError) {
        guard let line = conflicts.firstLine(caseID: caseID, exchange: exchange) else { return }
        throw DiagnosticError(
            RecordingFile.diagnostic(
                "several lines of the pack have \(exchange.purpose) of the case '\(caseID)', "
                    + "step \(exchange.step), sample \(exchange.sample)",
                at: SourceMark(file: path, line: line)))
    }

    /// Calls the body with every recording in the order of the file; damaged lines are told in `mistakes`.
    func forEach(_ body: (Recording) throws(DiagnosticError) -> Void) throws(DiagnosticError) {
        var last: PackPlace?
        for entry in index.entries.sorted(by: { $0.place.offset < $1.place.offset })
        where entry.place != last {
            last = entry.place
            let recording = try recording(at: entry.place)
            try checkKeys(of: recording, at: entry.place)
            try body(recording)
        }
    }

    /// The same, going on after a row that can't be read; returns what is wrong with those.
    func forEachReadable(
        _ body: (Recording) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) -> [Diagnostic] {
        var mistakes: [Diagnostic] = []
        var last: PackPlace?
        for entry in index.entries.sorted(by: { $0.place.offset < $1.place.offset })
        where entry.place != last {
            last = entry.place
            let result: Result<Recording, DiagnosticError>
            do throws(DiagnosticError) {
                let recording = try recording(at: entry.place)
                try checkKeys(of: recording, at: entry.place)
                result = .success(recording)
            } catch {
                result = .failure(error)
            }
            switch result {
            case .success(let recording): try body(recording)
            case .failure(let error): if mistakes.count < 100 { mistakes += error.diagnostics }
            }
        }
        return mistakes
    }

    /// Refuses a row with the key of another request; a look-up by key compares the request instead.
    private func checkKeys(of recording: Recording, at place: PackPlace) throws(DiagnosticError) {
        do throws(RecordingMistake) { try recording.checkKeys() } catch {
            throw DiagnosticError(RecordingFile.diagnostic(error.message, at: mark(of: place)))
        }
    }

    private func recording(at place: PackPlace) throws(DiagnosticError) -> Recording {
        let json = try line(at: place)
        do throws(RecordingMistake) {
            return try Recording(json: try expanded(json), isRow: true)
        } catch {
            throw DiagnosticError(RecordingFile.diagnostic(error.message, at: mark(of: place)))
        }
    }

    /// The place in the file as a line; counted only when something is wrong.
    private func mark(of place: PackPlace) -> SourceMark {
        var line = 1
        var offset = 0
        while offset < place.offset {
            guard let piece = try? file.read(at: offset, count: min(1 << 17, place.offset - offset)),
                !piece.isEmpty
            else { break }
            line += piece.count { $0 == 0x0A }
            offset += piece.count
        }
        return SourceMark(file: path, line: line)
    }

    private func line(at place: PackPlace) throws(DiagnosticError) -> JSONValue {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try file.read(at: place.offset, count: place.count)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        do throws(JSONParseError) {
            return try JSONParser(rejectsDuplicateKeys: true).parse(bytes: bytes)
        } catch {
            throw DiagnosticError(RecordingFile.diagnostic(error.message, at: mark(of: place)))
        }
    }

    private func expanded(_ row: JSONValue) throws(RecordingMistake) -> JSONValue {
        try PackTexts.expand(row) { (name) throws(RecordingMistake) in try text(named: name) }
    }

    private func text(named name: String) throws(RecordingMistake) -> JSONValue {
        if let known = cache.withLock({ $0.texts[name] }) { return known }
        if let line = conflicts.firstLine(text: name) {
            throw RecordingMistake("the text '\(name)' stands in line \(line) and once more")
        }
        for entry in texts.places(ofKey: PackIndex.hash(name)) {
            guard let line = try? line(at: entry.place), line["text"]?.string == name,
                let value = line["value"]
            else { continue }
            cache.withLock { cache in
                if cache.size + entry.place.count > 4 << 20 || cache.texts.count >= 256 {
                    cache.texts.removeAll()
                    cache.size = 0
                }
                cache.texts[name] = value
                cache.size += entry.place.count
            }
            return value
        }
        throw RecordingMistake("the pack has no text named '\(name)'")
    }
}
