public import Diagnostics
public import Evals
public import Files
import Synchronization

/// The recordings of a project, read when they are asked for; safe to use from any thread.
public final class FixtureStore: Sendable {
    /// What became of a look-up.
    public enum Finding: Sendable {
        /// The recording stands where it belongs.
        case found(Exchange)
        /// The recording stands at another place: the path, and the case it is filed under.
        case moved(Exchange, path: String, caseID: String)
        /// The recording at the place belongs to another request.
        case stale(Exchange, path: String)
        /// There is none; `nearest` names one that comes close.
        case missing(nearest: String?)
        /// The file at the place can't be read.
        case unreadable(Diagnostic)
    }

    /// The project's files.
    public let tree: WorkingTree

    private struct State {
        var packs: [String: Result<Pack, DiagnosticError>] = [:]
        var files: [String: Result<Recording, DiagnosticError>] = [:]
        var fileOrder: [String] = []
    }

    private let state = Mutex(State())
    /// The index has a lock of its own, since building it opens packs and files; it is taken first.
    private let index = Mutex<Result<ProjectIndex, DiagnosticError>?>(nil)

    /// Opens the recordings under `fixtures/` of a project; nothing is read yet.
    public init(tree: WorkingTree) { self.tree = tree }

    /// Looks a recording up by its place, then by its key over the whole project.
    ///
    /// - Parameters:
    ///   - request: the redacted request.
    ///   - key: its key.
    ///
    /// - Parameter looksElsewhere: Whether a recording at another place will do. Not where something was redacted: there
    ///   it may have been another text.
    public func find(_ request: ModelRequest, key: String, looksElsewhere: Bool = true) -> Finding {
        let place = RecordingPlace(of: request.site)
        let here: [Exchange]
        do throws(DiagnosticError) {
            if let exchange = try exchange(at: place, case: request.site.caseID, key: key, request: request) {
                return .found(exchange)
            }
            here = try exchanges(at: place, case: request.site.caseID)
        } catch {
            return .unreadable(Self.first(of: error))
        }
        do throws(DiagnosticError) {
            if looksElsewhere, let moved = try elsewhere(key, request) { return moved }
        } catch {
            return .unreadable(Self.first(of: error))
        }
        if let stale = here.first(where: { $0.hasLabel(of: request) }) {
            guard stale.hasOwnKey else {
                let mark = SourceMark(file: place.path)
                return .unreadable(RecordingFile.diagnostic(Exchange.foreignKey.message, at: mark))
            }
            return .stale(stale, path: place.path)
        }
        // One of the lines that can't be read may well be the one looked for.
        if place.isPack, case .success(let pack)? = pack(at: place.path), let mistake = pack.mistakes.first {
            return .unreadable(mistake)
        }
        return .missing(nearest: nearest(to: request, place: place, here: here))
    }

    /// The recording that a new answer to a redacted request will take the place of; nil when there is none.
    func recorded(_ request: ModelRequest, key: String) -> Exchange? {
        try? exchange(
            at: RecordingPlace(of: request.site), case: request.site.caseID, key: key, request: request)
    }

    /// The exchanges of a case at a place; empty when there is no file.
    func exchanges(at place: RecordingPlace, case id: String) throws(DiagnosticError) -> [Exchange] {
        if place.isPack {
            guard let pack = try pack(at: place.path)?.get() else { return [] }
            return try pack.recordings(ofCase: id).flatMap(\.exchanges)
        }
        guard let recording = try recording(at: place.path)?.get(), recording.caseID == id else { return [] }
        return recording.exchanges
    }

    /// Whether something is recorded that was asked about an answer, be it recorded itself or not.
    ///
    /// - Parameter request: The redacted request of the answer.
    public func hasQuestions(about request: ModelRequest) -> Bool {
        let recorded = try? exchanges(at: RecordingPlace(of: request.site), case: request.site.caseID)
        return recorded?.contains {
            $0.purpose != "answer" && $0.step == request.site.step && $0.sample == request.sample
        } ?? false
    }

    private func exchange(
        at place: RecordingPlace, case id: String, key: String, request: ModelRequest
    ) throws(DiagnosticError) -> Exchange? {
        let candidates: [Recording]
        if place.isPack {
            guard let pack = try pack(at: place.path)?.get() else { return nil }
            candidates = try pack.recordings(withKey: key, of: request)
        } else {
            guard let recording = try recording(at: place.path)?.get() else { return nil }
            candidates = [recording]
        }
        let matching = candidates.filter { $0.caseID == id }.flatMap(\.exchanges)
            .filter { $0.requestSHA256 == key }
        return matching.first { $0.hasLabel(of: request) } ?? matching.first
    }

    /// Looks over the whole project; the first by path wins.
    ///
    /// A recording that can't be read is told when there is no other.
    private func elsewhere(_ key: String, _ request: ModelRequest) throws(DiagnosticError) -> Finding? {
        guard let prefix = RequestKey.prefix(of: key) else { return nil }
        var unreadable: Finding?
        for path in try projectIndex().paths(ofKey: prefix) {
            do throws(DiagnosticError) {
                let recordings: [Recording]
                if path.hasSuffix(".jsonl") {
                    recordings = try pack(at: path)?.get().recordings(withKey: key, of: request) ?? []
                } else {
                    recordings = try [recording(at: path)?.get()].compactMap { $0 }
                }
                for recording in recordings {
                    if let exchange = recording.exchanges.first(where: { $0.requestSHA256 == key }) {
                        return .moved(exchange, path: path, caseID: recording.caseID)
                    }
                }
            } catch {
                if unreadable == nil { unreadable = .unreadable(Self.first(of: error)) }
            }
        }
        return unreadable
    }

    private func projectIndex() throws(DiagnosticError) -> ProjectIndex {
        // Built under the lock: many executions ask for it at once, and it is built once.
        let built = index.withLock { known in
            if let known { return known }
            let result = Result { () throws(DiagnosticError) in try builtIndex() }
            known = result
            return result
        }
        return try built.get()
    }

    private func builtIndex() throws(DiagnosticError) -> ProjectIndex {
        var index = ProjectIndex(files: try files())
        for path in index.files {
            if path.hasSuffix(".jsonl") {
                guard case .success(let pack)? = pack(at: path) else { continue }
                index.add(pack: pack)
            } else if case .success(let recording)? = recording(at: path) {
                index.add(recording, path: path)
            }
        }
        index.sort()
        return index
    }

    /// The paths of all files that may be recordings, in order; empty without the folder, an error when it can't be
    /// read.
    public func files() throws(DiagnosticError) -> [String] {
        guard let folder = ProjectPath(RecordingPlace.folder),
            PathProbe.exists(tree.root.absolute(folder))
        else { return [] }
        do throws(FileError) {
            return try tree.list(under: folder).map(\.text).filter {
                $0.hasSuffix(".yaml") || $0.hasSuffix(".jsonl")
            }
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// The pack at a path; nil when there is no file.
    func pack(at path: String) -> Result<Pack, DiagnosticError>? {
        if let known = state.withLock({ $0.packs[path] }) { return known }
        guard let file = ProjectPath(path), tree.kind(of: file) == .file else { return nil }
        // Opened under the lock: many executions ask for the same pack at once, and one index is enough.
        return state.withLock { state in
            if let known = state.packs[path] { return known }
            let result: Result<Pack, DiagnosticError>
            do throws(FileError) {
                result = .success(try Pack(file, in: tree))
            } catch {
                result = .failure(DiagnosticError(error.diagnostic()))
            }
            state.packs[path] = result
            return result
        }
    }

    /// The recording of a YAML file; nil when there is no file.
    func recording(at path: String) -> Result<Recording, DiagnosticError>? {
        if let known = state.withLock({ $0.files[path] }) { return known }
        guard let file = ProjectPath(path), tree.kind(of: file) == .file else { return nil }
        let result: Result<Recording, DiagnosticError>
        do throws(FileError) {
            let bytes = try tree.read(file)
            do throws(DiagnosticError) {
                result = .success(try RecordingFile.read(bytes, file: path))
            } catch {
                result = .failure(error)
            }
        } catch {
            result = .failure(DiagnosticError(error.diagnostic()))
        }
        state.withLock { state in
            if state.files.updateValue(result, forKey: path) == nil { state.fileOrder.append(path) }
            // The samples of a case follow each other in the plan, so that few files are needed at a time.
            if state.fileOrder.count > 64 { state.files[state.fileOrder.removeFirst()] = nil }
        }
        return result
    }

    /// Forgets what was read, after files were written.
    func forget() {
        index.withLock { $0 = nil }
        state.withLock { $0 = State() }
    }

    private func nearest(to request: ModelRequest, place: RecordingPlace, here: [Exchange]) -> String? {
        let site = request.site
        if let close = here.first(where: { $0.purpose == site.purpose && $0.step == site.step }) ?? here.first
        {
            return "\(place.path) has \(close.purpose) of step \(close.step), sample \(close.sample)"
        }
        if !place.isPack, case .success(let other)? = recording(at: place.path), other.caseID != site.caseID {
            return "\(place.path) is there, but says that its case is '\(other.caseID)'"
        }
        // The last slash of the place ends the folder that the nearest file shares.
        guard let slash = place.path.lastIndex(of: "/") else { return nil }
        let folder = place.path[...slash]
        let close = (try? projectIndex())?.files.first { file in
            file != place.path && file.hasPrefix(folder) && !file.dropFirst(folder.count).contains("/")
        }
        return close.map { "\($0) is there" }
    }

    private static func first(of error: DiagnosticError) -> Diagnostic {
        error.diagnostics.first ?? Diagnostic("invalid-recording", "the recording can't be read")
    }
}
