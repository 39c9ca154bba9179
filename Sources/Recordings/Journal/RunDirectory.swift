public import Diagnostics
public import Files
import JSON

/// The runs of a project that asked models: `.evalrun/runs`, a folder for each.
public struct RunDirectory: Sendable {
    /// The folder of everything that evalrun keeps for itself, out of git's sight.
    static let topFolder = ".evalrun"
    /// The folder of the runs, relative to the project.
    public static let folder = topFolder + "/runs"
    /// The word for the newest run.
    public static let last = "last"

    /// The largest plan: 256 MiB, since `--failed` may name very many executions.
    private static let largestPlan = 256 << 20

    private let tree: WorkingTree

    /// Names the runs of a project; nothing is read or made yet.
    public init(tree: WorkingTree) { self.tree = tree }

    /// Makes the folder of a new run, and writes its plan.
    ///
    /// Errors: what the disk says; a run with the same id.
    public func create(_ plan: RunPlan) throws(DiagnosticError) -> RunFolder {
        try RunFolder.create(plan, in: tree)
    }

    /// The plan of a run; `last` is the newest.
    ///
    /// Errors: `no-runs`, `unknown-run`, `run-format`, `run-damaged`.
    public func plan(of reference: String) throws(DiagnosticError) -> RunPlan {
        let ids = try ids(with: RunFolder.planName)
        guard let newest = ids.first else {
            throw Self.failure(
                "no-runs", "there is no run to go on with in \(Self.folder)",
                "runs with --mode live, record and refresh leave one")
        }
        if reference == Self.last { return try read(newest) }
        guard ids.contains(reference) else {
            let shown = TerminalText.excerpt(reference, limit: 120)
            let near = Spelling.nearest(to: reference, among: ids)
            throw Self.failure(
                "unknown-run", "there is no run '\(shown)' in \(Self.folder)",
                near.map { "did you mean '\($0)'?" } ?? "the newest is \(newest); `last` stands for it")
        }
        return try read(reference)
    }

    /// The ids of all runs, the newest first.
    public func ids() throws(DiagnosticError) -> [String] { try ids(with: RunFolder.planName) }

    /// Opens a run to go on with it: the same plan in the same mode, and nobody else at work on it.
    ///
    /// Errors: those of `plan(of:)`; `run-mode`, `run-plan`, `run-in-use`; what the disk says.
    public func resume(
        _ reference: String, mode: String, planSHA256: String
    ) throws(DiagnosticError) -> RunFolder {
        let plan = try plan(of: reference)
        var mistakes: [Diagnostic] = []
        if plan.mode != mode {
            mistakes.append(
                Diagnostic(
                    "run-mode",
                    "the run \(plan.id) was started with --mode \(plan.mode), and can't go on with --mode \(mode)",
                    hint: "leave --mode out, or start a new run without --resume"))
        }
        if plan.planSHA256 != planSHA256 {
            mistakes.append(
                Diagnostic(
                    "run-plan", "the plan has changed since the run \(plan.id) was started",
                    hint: """
                        cases, prompt versions, models and samples must be those of then: undo the change, or \
                        start a new run without --resume
                        """))
        }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        return try RunFolder.open(plan, in: tree)
    }

    /// The newest run, when it was left before its end, with this plan and mode: `record` goes on from it.
    ///
    /// Nil when the newest run is another one or has its results. Errors: those of `plan(of:)`; what the disk says.
    public func unfinished(mode: String, planSHA256: String) throws(DiagnosticError) -> String? {
        guard let newest = try ids().first, try ids(with: RunFolder.resultsName).first != newest,
            try ids(with: RunFolder.doneName).first != newest
        else { return nil }
        let plan: RunPlan
        do throws(DiagnosticError) {
            plan = try read(newest)
        } catch {
            // A new run needs nothing of one that can't be read.
            return nil
        }
        return plan.mode == mode && plan.planSHA256 == planSHA256 ? newest : nil
    }

    /// The results of the newest run that has any, for `--failed last`.
    ///
    /// Errors: `no-results`; what the disk says.
    public func lastResults() throws(DiagnosticError) -> ProjectPath {
        guard let id = try ids(with: RunFolder.resultsName).first,
            let path = ProjectPath("\(Self.folder)/\(id)/\(RunFolder.resultsName)")
        else {
            throw Self.failure(
                "no-results", "there are no results of an earlier run in \(Self.folder)",
                "name a file that `--report json=FILE` wrote: --failed FILE")
        }
        return path
    }

    /// The ids of the runs that have a file, the newest first.
    ///
    /// Ids begin with the second of their start; of two with the same second the file that was written later is newer.
    private func ids(with name: String) throws(DiagnosticError) -> [String] {
        guard let folder = ProjectPath(Self.folder), tree.kind(of: folder) == .folder else { return [] }
        var runs: [(second: Substring, time: Int64, id: String)] = []
        do throws(FileError) {
            for path in try tree.list(under: folder) {
                let parts = path.components.dropFirst(folder.components.count)
                guard parts.count == 2, path.name == name, let id = parts.first.map(String.init),
                    RunPlan.isID(id)
                else { continue }
                let time = PathProbe.modificationTime(tree.root.absolute(path)) ?? 0
                runs.append((id.prefix { $0 != "-" }, time, id))
            }
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        return runs.sorted { $0 > $1 }.map(\.id)
    }

    private func read(_ id: String) throws(DiagnosticError) -> RunPlan {
        let bytes: [UInt8]
        let path: ProjectPath
        do throws(FileError) {
            path = try RunFolder.place(id, RunFolder.planName)
            bytes = try tree.read(path, limit: Self.largestPlan)
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
        let mark = SourceMark(file: path.text)
        do throws(RunPlan.Mistake) {
            let plan = try RunPlan(bytes: bytes)
            if plan.id == id { return plan }
        } catch {
            if case .version(let found) = error {
                throw Self.failure(
                    "run-format",
                    "the run has the format version \(TerminalText.excerpt(found, limit: 20)), and this evalrun "
                        + "reads version \(RunPlan.version)",
                    "go on with the evalrun that started it, or start a new run", at: mark)
            }
        }
        throw Self.failure(
            "run-damaged", "the plan of the run can't be read", "start a new run without --resume", at: mark)
    }

    private static func failure(
        _ id: String, _ message: String, _ hint: String, at mark: SourceMark? = nil
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic(id, message, at: mark, hint: hint))
    }
}
