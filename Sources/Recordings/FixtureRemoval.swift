import Diagnostics
import Files

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Takes exchanges out of files: what stays is written whole, empty files and folders go.
struct FixtureRemoval {
    /// The recordings.
    let store: FixtureStore

    /// Removes the exchanges.
    func remove(_ unwanted: [RecordedExchange]) throws(DiagnosticError) {
        var byPath: [String: Set<UInt64>] = [:]
        for recorded in unwanted { byPath[recorded.path, default: []].insert(recorded.identity) }
        for (path, identities) in byPath.sorted(by: { $0.key < $1.key }) {
            if path.hasSuffix(".jsonl") {
                try removeFromPack(path, identities)
            } else {
                try removeFromFile(path, identities)
            }
        }
        store.forget()
    }

    private func removeFromFile(_ path: String, _ identities: Set<UInt64>) throws(DiagnosticError) {
        guard var recording = try store.recording(at: path)?.get() else { return }
        Self.strip(&recording, path, identities)
        if recording.exchanges.isEmpty {
            try delete(path)
        } else {
            try SpooledFile.write(recording, to: path, in: store.tree)
        }
    }

    private func removeFromPack(_ path: String, _ identities: Set<UInt64>) throws(DiagnosticError) {
        guard let pack = try store.pack(at: path)?.get() else { return }
        if let mistake = pack.mistakes.first { throw DiagnosticError(mistake) }
        var writer = try PackWriter(path: path)
        try pack.forEach { (recording) throws(DiagnosticError) in
            var rest = recording
            Self.strip(&rest, path, identities)
            if !rest.exchanges.isEmpty { try writer.add(rest) }
        }
        if writer.isEmpty {
            try delete(path)
        } else {
            try writer.finish(in: store.tree)
        }
    }

    private static func strip(_ recording: inout Recording, _ path: String, _ identities: Set<UInt64>) {
        let caseID = recording.caseID
        recording.exchanges.removeAll {
            identities.contains(
                RecordedExchange.identity(path: path, caseID: caseID, key: $0.requestSHA256))
        }
    }

    /// Deletes a file and the folders that this leaves empty, up to the folder of all recordings.
    func delete(_ path: String) throws(DiagnosticError) {
        guard let file = ProjectPath(path) else { throw RecordingPlace.unwritable(path) }
        guard unlink(store.tree.root.absolute(file)) == 0 else {
            let error = FileError(
                .system, path: path, operation: "delete", reason: String(cString: strerror(errno)))
            throw DiagnosticError(error.diagnostic())
        }
        var folder = file.folder
        // rmdir refuses a folder that is not empty, which is what ends the walk.
        while folder.components.count > 1, rmdir(store.tree.root.absolute(folder)) == 0 {
            folder = folder.folder
        }
    }
}
