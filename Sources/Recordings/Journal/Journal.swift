public import Diagnostics
public import Evals
import Files
import Synchronization

/// The answers of a run that are safe on the disk: `journal.jsonl`, a line for each finished call.
///
/// When `append` has returned true, the answer outlives the process, however that ends. Memory holds where the
/// answers stand, not the answers. Safe to use from any thread.
public final class Journal: Sendable {
    private struct State {
        var index = JournalIndex()
        var lost = 0
        var failure: FileError?
    }

    /// What is damaged in the journal that was found, a warning for each line (at most 20) and one for the rest.
    public let damage: [Diagnostic]
    private let file: AppendFile
    /// Kept alive, since it holds the lock.
    private let folder: RunFolder?
    private let commits: GroupCommit
    private let state: Mutex<State>
    private let warn: @Sendable (Diagnostic) -> Void
    private static let mostReported = 20

    /// Opens the journal of a run, or begins it.
    ///
    /// An unfinished line at its end, at which a writer was killed, is cut off. A damaged line elsewhere stays, is
    /// told in `damage`, and its answer is not used.
    ///
    /// - Parameter warn: told once, at the first answer that can't be kept.
    public convenience init(
        _ folder: RunFolder, warn: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) throws(DiagnosticError) {
        do throws(FileError) {
            try self.init(
                AppendFile(opening: folder.journalPath, shown: folder.shownJournal), folder: folder,
                warn: warn)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// Opens the journal in a file that nobody else writes; `sink` adds to the file, and is another one in tests.
    init(
        _ file: AppendFile, folder: RunFolder? = nil, sink: GroupCommit.Sink? = nil,
        warn: @escaping @Sendable (Diagnostic) -> Void = { _ in }
    ) throws(FileError) {
        self.file = file
        self.folder = folder
        self.warn = warn
        commits = GroupCommit(
            sink ?? { bytes in Result { () throws(FileError) in try file.append(bytes) } })
        var reader = JournalReader(file)
        var index = JournalIndex()
        var damage: [Diagnostic] = []
        var damaged = 0
        while let line = try reader.next() {
            if let key = line.bytes.flatMap({ CheckedLine.key(of: $0) }),
                let prefix = RequestKey.prefix(of: key)
            {
                index.add(prefix, at: line.offset)
                continue
            }
            damaged += 1
            if damaged <= Self.mostReported {
                damage.append(Self.damaged(SourceMark(file: file.shown, line: line.number)))
            }
        }
        if damaged > Self.mostReported {
            damage.append(
                Diagnostic(
                    "journal-damaged", "\(damaged - Self.mostReported) more lines of the journal are damaged",
                    at: SourceMark(file: file.shown), severity: .warning))
        }
        if reader.end < file.count { try file.truncate(to: reader.end) }
        self.damage = damage
        state = Mutex(State(index: index))
    }

    /// The number of answers that are kept.
    public var count: Int { state.withLock { $0.index.count } }

    /// Keeps an answer; true once the disk has it.
    ///
    /// False when it can't be kept: the answer is good all the same, and `incompleteness` tells of it at the end.
    public func append(_ entry: JournalEntry) async -> Bool {
        let line = entry.line
        let outcome: GroupCommit.Outcome
        if line.count > CheckedLine.longest {
            outcome = .failure(
                FileError(
                    .tooLarge, path: file.shown, operation: "write",
                    reason: "an answer with its request is larger than \(CheckedLine.longest >> 20) MiB"))
        } else {
            outcome = await commits.append(line)
        }
        switch outcome {
        case .success(let offset):
            guard let prefix = RequestKey.prefix(of: entry.exchange.requestSHA256) else { return true }
            state.withLock { $0.index.add(prefix, at: offset) }
            return true
        case .failure(let error):
            let isFirst = state.withLock { state in
                state.lost += 1
                defer { state.failure = state.failure ?? error }
                return state.failure == nil
            }
            if isFirst {
                warn(
                    Diagnostic(
                        "journal-incomplete", "an answer can't be kept for --resume: \(error)",
                        hint: "the run goes on, and its results count; make room on the disk",
                        severity: .warning))
            }
            return false
        }
    }

    /// The answer that was given to a request; nil when there is none.
    ///
    /// Of several with the same key the one of the same place comes first. It is an answer of the model that is asked:
    /// another one with the same id may be another route.
    ///
    /// - Parameter model: The alias or inline name of the model that is asked.
    public func entry(ofKey key: String, at site: CallSite, asked model: String) -> JournalEntry? {
        guard let prefix = RequestKey.prefix(of: key) else { return nil }
        var found: JournalEntry?
        for offset in state.withLock({ $0.index.offsets(of: prefix) }) {
            // What can't be read any more is asked again, which costs a call and loses nothing.
            guard let line = (try? JournalReader.line(of: file, at: offset)) ?? nil,
                let entry = JournalEntry(line: line), entry.exchange.requestSHA256 == key,
                entry.asked == model
            else { continue }
            if entry.site == site { return entry }
            if found == nil { found = entry }
        }
        return found
    }

    /// Calls the body with every answer, in the order in which they came; damaged lines are passed over.
    public func forEachEntry(_ body: (JournalEntry) throws -> Void) throws {
        var reader = JournalReader(file)
        while let line = try reader.next() {
            if let entry = line.bytes.flatMap({ JournalEntry(line: $0) }) { try body(entry) }
        }
    }

    /// Why `--resume` could not find every answer of this run again; nil when it could.
    public var incompleteness: Diagnostic? {
        let (lost, failure) = state.withLock { ($0.lost, $0.failure) }
        guard let failure else { return nil }
        return Diagnostic(
            "journal-incomplete",
            "the journal is incomplete: \(lost) \(lost == 1 ? "answer is" : "answers are") not in it (\(failure))",
            hint: "the results of this run count; --resume would ask for these answers again")
    }

    private static func damaged(_ mark: SourceMark) -> Diagnostic {
        Diagnostic(
            "journal-damaged", "the line is damaged, and its answer is not used", at: mark,
            hint: "the run asks for it again; someone or something other than evalrun changed the file",
            severity: .warning)
    }
}
