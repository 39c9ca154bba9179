public import Diagnostics
import Files

/// Moves recordings after something was renamed: `fixtures mv SUITE/CASE NEWSUITE/NEWCASE`.
public struct FixtureRename: Sendable {
    /// What has a new name; nil parts stay as they are.
    public struct Names: Sendable, Hashable {
        /// The suite.
        public var suite: String
        /// The case; nil: all cases.
        public var caseID: String?
        /// The prompt's reference; nil: all.
        public var prompt: String?
        /// The model's alias; nil: all.
        public var model: String?

        /// Creates names.
        public init(suite: String, caseID: String? = nil, prompt: String? = nil, model: String? = nil) {
            self.suite = suite
            self.caseID = caseID
            self.prompt = prompt
            self.model = model
        }
    }

    private let store: FixtureStore

    /// Creates a renaming.
    public init(store: FixtureStore) { self.store = store }

    /// Moves everything that `old` names to `new`, and returns old and new paths.
    ///
    /// A part named in `old` alone stays as it is. Errors: `recording-exists` when something stands at a new place
    /// already, `recording-not-found` when there is nothing to move; nothing is changed then.
    public func move(_ old: Names, to new: Names) throws(DiagnosticError) -> [(from: String, to: String)] {
        var moves: [(from: String, to: String)] = []
        for path in try store.files() {
            if let target = try target(of: path, old, new) { moves.append((from: path, to: target)) }
        }
        guard !moves.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "recording-not-found", "there are no recordings of '\(old.suite)/\(old.caseID ?? "")'",
                    hint: "`evalrun fixtures list` shows all recordings"))
        }
        for move in moves where move.to != move.from {
            guard let place = ProjectPath(move.to), store.tree.kind(of: place) == .missing else {
                throw DiagnosticError(
                    Diagnostic(
                        "recording-exists", "\(move.to) is there already",
                        hint: "delete it, or `evalrun fixtures mv --auto` after a change of the suite"))
            }
        }
        for move in moves { try rewrite(move.from, to: move.to, old, new) }
        store.forget()
        return moves
    }

    /// The new path of a file, when it is to be changed.
    private func target(of path: String, _ old: Names, _ new: Names) throws(DiagnosticError) -> String? {
        var parts = path.split(separator: "/").map(String.init)
        guard parts.count >= 3, parts[1] == RecordingPlace.name(old.suite) else { return nil }
        parts[1] = RecordingPlace.name(new.suite)
        let isPack = path.hasSuffix(".jsonl")
        let ending = isPack ? ".jsonl" : ".yaml"
        var file = String(parts[parts.count - 1].dropLast(ending.count))
        if let prompt = old.prompt {
            let prefix = RecordingPlace.name(prompt) + "."
            guard file.hasPrefix(prefix) else { return nil }
            if let renamed = new.prompt {
                file = RecordingPlace.name(renamed) + "." + file.dropFirst(prefix.count)
            }
        }
        if let model = old.model {
            let suffix = "." + RecordingPlace.name(model)
            guard file.hasSuffix(suffix) else { return nil }
            if let renamed = new.model {
                file = file.dropLast(suffix.count) + "." + RecordingPlace.name(renamed)
            }
        }
        parts[parts.count - 1] = file + ending
        if let caseID = old.caseID {
            if isPack {
                guard let pack = try store.pack(at: path)?.get(), try !pack.recordings(ofCase: caseID).isEmpty
                else {
                    return nil
                }
                // The other rows of the pack belong to the old names.
                guard parts.joined(separator: "/") == path else {
                    throw DiagnosticError(
                        Diagnostic(
                            "recording-in-pack", "a row of \(path) can't move to another pack by itself",
                            hint: "rename the suite, prompt or model for all of its rows, or use --auto"))
                }
            } else {
                guard parts.count == 4, parts[2] == RecordingPlace.caseName(caseID) else { return nil }
                parts[2] = RecordingPlace.caseName(new.caseID ?? caseID)
            }
        }
        return parts.joined(separator: "/")
    }

    private func rewrite(_ path: String, to target: String, _ old: Names, _ new: Names)
        throws(DiagnosticError)
    {
        func renamed(_ recording: Recording) -> Recording {
            var copy = recording
            if let id = new.caseID, recording.caseID == old.caseID { copy.caseID = id }
            return copy
        }
        if path.hasSuffix(".jsonl") {
            guard let pack = try store.pack(at: path)?.get() else { return }
            if let mistake = pack.mistakes.first { throw DiagnosticError(mistake) }
            var writer = try PackWriter(path: target)
            try pack.forEach { (recording) throws(DiagnosticError) in try writer.add(renamed(recording)) }
            try writer.finish(in: store.tree)
        } else {
            guard let recording = try store.recording(at: path)?.get() else { return }
            try SpooledFile.write(renamed(recording), to: target, in: store.tree)
        }
        if path != target { try FixtureRemoval(store: store).delete(path) }
    }
}
