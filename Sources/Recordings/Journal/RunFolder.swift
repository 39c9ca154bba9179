public import Diagnostics
import Files
import JSON

/// The folder of one run, held by this process alone until the value goes away: `.evalrun/runs/ID`.
///
/// `plan.json` says what the run set out to do, `journal.jsonl` has its answers, `batches.json` knows its batches, and
/// `results.json` has its results once it is finished.
public final class RunFolder: Sendable {
    /// What the run set out to do.
    public let plan: RunPlan
    /// The absolute path at which the results as JSON belong.
    public let resultsPath: String
    /// The path of the results as shown to the user.
    public let shownResults: String
    /// The absolute path of the journal.
    let journalPath: String
    /// The path of the journal as shown to the user.
    let shownJournal: String
    private let lock: FileLock
    private let tree: WorkingTree

    /// Takes over a locked folder.
    private init(_ plan: RunPlan, in tree: WorkingTree, lock: FileLock) throws(FileError) {
        self.plan = plan
        self.lock = lock
        self.tree = tree
        let results = try Self.place(plan.id, Self.resultsName)
        let journal = try Self.place(plan.id, Self.journalName)
        resultsPath = try tree.writable(results)
        journalPath = try tree.writable(journal)
        shownResults = results.text
        shownJournal = journal.text
    }

    /// What is known of the run's batches; nil when it has none.
    public func batches() throws(DiagnosticError) -> [UInt8]? {
        do throws(FileError) {
            let path = try Self.place(plan.id, Self.batchesName)
            guard tree.isOccupied(path) else { return nil }
            return try tree.read(path, limit: Self.largestBatches)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// Keeps what is known of the run's batches; the disk has it when this returns.
    public func write(batches bytes: [UInt8]) throws(DiagnosticError) {
        do throws(FileError) {
            let path = try Self.place(plan.id, Self.batchesName)
            try WholeFile.write(bytes, to: tree.writable(path), shown: path.text)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// Notes that a run without results, such as a calibration, has done all that it set out to do: no later one goes
    /// on with its answers.
    public func markDone() throws(DiagnosticError) {
        do throws(FileError) {
            let path = try Self.place(plan.id, Self.doneName)
            try WholeFile.write([], to: tree.writable(path), shown: path.text)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// The file that says that a run without results is done.
    static let doneName = "done"
    /// The file of the batches.
    static let batchesName = "batches.json"
    /// 1 GiB: millions of requests.
    private static let largestBatches = 1 << 30
    /// The file of the results.
    static let resultsName = "results.json"
    /// The file of the plan.
    static let planName = "plan.json"
    private static let journalName = "journal.jsonl"
    private static let lockName = "lock"

    /// A file of a run's folder.
    static func place(_ id: String, _ name: String) throws(FileError) -> ProjectPath {
        guard RunPlan.isID(id), let path = ProjectPath("\(RunDirectory.folder)/\(id)/\(name)") else {
            throw FileError(.missing, path: id, operation: "open", reason: "this is no id of a run")
        }
        return path
    }

    /// Makes the folder of a new run; the plan is on the disk when this returns.
    static func create(_ plan: RunPlan, in tree: WorkingTree) throws(DiagnosticError) -> RunFolder {
        do throws(FileError) {
            let ignore = ProjectPath("\(RunDirectory.topFolder)/.gitignore") ?? .root
            if !tree.isOccupied(ignore) {
                try WholeFile.write(
                    Array("*\n".utf8), to: tree.writable(ignore), shown: ignore.text, makingFolders: true)
            }
            guard let lock = try take(plan.id, in: tree), !tree.isOccupied(try place(plan.id, planName))
            else {
                throw FileError(
                    .system, path: "\(RunDirectory.folder)/\(plan.id)", operation: "write",
                    reason: "there is a run with this id already")
            }
            let path = try place(plan.id, planName)
            let bytes = JSONWriter.pretty.bytes(of: .object(plan.json)) + [0x0A]
            try WholeFile.write(bytes, to: tree.writable(path), shown: path.text)
            return try RunFolder(plan, in: tree, lock: lock)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    /// Opens the folder of an earlier run; an error while another process works in it.
    static func open(_ plan: RunPlan, in tree: WorkingTree) throws(DiagnosticError) -> RunFolder {
        var holder = ""
        do throws(FileError) {
            if let lock = try take(plan.id, in: tree) { return try RunFolder(plan, in: tree, lock: lock) }
            let path = try tree.writable(place(plan.id, lockName))
            if let process = FileLock.holder(of: path) { holder = " (process \(process))" }
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        throw DiagnosticError(
            Diagnostic(
                "run-in-use", "another evalrun\(holder) is at work on the run \(plan.id)",
                hint: "wait until it has ended, or stop it"))
    }

    private static func take(_ id: String, in tree: WorkingTree) throws(FileError) -> FileLock? {
        let path = try place(id, lockName)
        return try FileLock(taking: tree.writable(path), shown: path.text, makingFolders: true)
    }
}
