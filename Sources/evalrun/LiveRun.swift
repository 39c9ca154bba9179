import Diagnostics
import Evals
import Files
import Models
import Programs
import Recordings
import Suites

/// Everything of a run that asks live models: what answers, what is kept of the answers, and the end of both.
struct LiveRun {
    /// What the run set out to do; its id is the run's.
    let plan: RunPlan
    /// Answers requests in the mode of the run.
    let answering: Recorder
    /// What may be spent; nil: anything.
    let budget: Budget?
    /// What to tell before the run starts.
    let news: String
    /// The batches that answer instead of single calls; nil: none.
    let batches: BatchRun?

    private let folder: RunFolder
    private let journal: Journal
    private let recordings: RecordingSession
    private let interruptible: InterruptibleAnswering
    private let mode: RecordingMode

    /// What a live run is made of.
    struct Parts {
        /// The project.
        var root: ProjectRoot
        /// Its settings.
        var project: Project
        /// What is planned.
        var planSHA256: String
        /// What the run asks.
        var asked: [PlannedModel]
        /// The suites as they were named.
        var suites: [String]
        /// The options that the plan depends on.
        var selection: PlanOptions
        /// Keeps secrets out of what is kept.
        var redactor: Redactor
        /// `record`, `refresh` or `live`.
        var mode: RecordingMode
        /// The options.
        var options: LiveOptions
        /// Whether models without a known price may run under a budget.
        var allowsUnpriced: Bool
        /// The most that may be spent; nil: anything.
        var maximum: Money?
        /// What models cost.
        var prices: PriceTable
        /// Failures on purpose.
        var faults: FaultInjection
        /// Runs programs; nil: none may run.
        var programs: ProgramHost?
        /// Whether the command line wants batches; nil: it does not say.
        var batch: Bool?
        /// Whether the profile wants batches.
        var profileBatch: Bool
        /// The time of the start.
        var startedAt: String
        /// Whether progress is shown; nil: nothing is told of batches at all.
        var tell: Bool?
        /// Shows a diagnostic at once.
        var show: @Sendable (Diagnostic) -> Void
    }

    /// Opens or makes the run's folder and puts together what answers.
    init(_ parts: Parts) throws(DiagnosticError) {
        let tree = WorkingTree(parts.root)
        let runs = RunDirectory(tree: tree)
        mode = parts.mode
        if let reference = parts.options.resume {
            folder = try runs.resume(reference, mode: parts.mode.rawValue, planSHA256: parts.planSHA256)
        } else if parts.mode == .record,
            let left = try runs.unfinished(mode: parts.mode.rawValue, planSHA256: parts.planSHA256)
        {
            folder = try runs.resume(left, mode: parts.mode.rawValue, planSHA256: parts.planSHA256)
        } else {
            folder = try runs.create(
                RunPlan(
                    id: RunIdentity.make(parts.startedAt), startedAt: parts.startedAt,
                    evalrunVersion: Version.text,
                    mode: parts.mode.rawValue, planSHA256: parts.planSHA256, suites: parts.suites,
                    options: parts.selection.json, maximum: parts.maximum))
        }
        plan = folder.plan
        journal = try Journal(folder, warn: parts.show)
        news =
            journal.count == 0
            ? "run \(plan.id)" : "run \(plan.id) goes on: answers that are there already: \(journal.count)"
        for damage in journal.damage { parts.show(damage) }
        budget = parts.maximum.map { Budget(cap: $0) }
        if let budget { try Self.charge(budget, journal, parts) }
        let now = { @Sendable in SystemClock.timestamp() }
        let batchModels = try Self.batchModels(parts, folder, budget)
        let single = LiveModels(
            of: parts.project, root: parts.root, programs: parts.programs, faults: parts.faults,
            budget: budget, allowsUnpriced: parts.allowsUnpriced)
        let live: any Answering =
            if let batchModels { BatchedAnswers(batches: batchModels, single: single) } else { single }
        interruptible = InterruptibleAnswering(live)
        var inner: any Answering = interruptible
        if let path = parts.options.cache {
            let cache = try AnswerCache(folder: path)
            let project = parts.project
            inner = CachedAnswering(
                inner, cache: cache, redactor: parts.redactor, now: now,
                route: { project.route(to: $0, environment: Console.environment) }, warn: parts.show)
        }
        recordings = RecordingSession(store: FixtureStore(tree: tree))
        let journaled = JournaledAnswering(inner, journal: journal, redactor: parts.redactor, now: now)
        func recorder(_ session: RecordingSession) -> Recorder {
            Recorder(
                mode: parts.mode, live: journaled, journaled: journaled, session: session,
                redactor: parts.redactor, now: now)
        }
        answering = recorder(recordings)
        let passing = recorder(RecordingSession(store: recordings.store))
        batches = batchModels.map { BatchRun(models: $0, chain: passing) }
    }

    /// The models by batches, where the command line, the run that is gone on with or the profile wants them.
    private static func batchModels(
        _ parts: Parts, _ folder: RunFolder, _ budget: Budget?
    ) throws(DiagnosticError) -> BatchModels? {
        let stored = try folder.batches()
        var ledger = BatchLedger()
        if let stored {
            guard let known = BatchLedger(bytes: stored) else {
                throw DiagnosticError(
                    Diagnostic(
                        "run-damaged",
                        "what is known of the batches of the run \(folder.plan.id) can't be read",
                        hint: "start a new run without --resume"))
            }
            ledger = known
        }
        guard parts.batch ?? (stored != nil || parts.profileBatch) else {
            if ledger.open > 0 {
                parts.show(
                    Diagnostic(
                        "batches-left",
                        "the answers of \(ledger.open) \(ledger.open == 1 ? "batch" : "batches") of this run are "
                            + "not collected, and their requests are asked, and paid, again",
                        hint: "leave --no-batch out", severity: .warning))
            }
            return nil
        }
        // For a run that goes on by batches though this command line does not say so.
        let mistakes = BatchCheck.diagnostics(parts.asked, parts.project).filter { $0.severity == .error }
        guard mistakes.isEmpty else { throw DiagnosticError(mistakes) }
        let (redactor, tell, run) = (parts.redactor, parts.tell, folder.plan.id)
        return BatchModels(
            BatchModels.Setting(
                models: parts.asked.map(\.model), providers: parts.project.providers,
                world: LiveModels.World(of: parts.project, root: parts.root, programs: parts.programs),
                budget: budget, prices: parts.prices,
                allowsUnpriced: parts.allowsUnpriced, run: folder.plan.id,
                key: { (request) throws(EvaluationError) in
                    var numbering = Redactor.Numbering()
                    let clean = try redactor.redact(request, numbering: &numbering)
                    let key = RequestKey.sha256(of: clean)
                    guard clean != request else { return key }
                    // What was redacted tells requests apart, and must not be told by a hash of it alone.
                    let original = RequestKey.sha256(of: request)
                    return ContentHash.sha256Hex(Array("\(run) \(key) \(original)".utf8))
                },
                save: { (bytes) throws(DiagnosticError) in try folder.write(batches: bytes) },
                tell: { news in
                    if let tell { BatchProgress.tell(news, showsProgress: tell) }
                }), ledger: ledger)
    }

    /// Counts what the run has spent before it was interrupted.
    private static func charge(_ budget: Budget, _ journal: Journal, _ parts: Parts) throws(DiagnosticError) {
        do {
            try journal.forEachEntry { entry in
                guard entry.source == .live else { return }
                budget.charge(cost(of: entry, parts))
            }
        } catch let error as FileError {
            throw DiagnosticError(error.diagnostic())
        } catch {
            throw DiagnosticError(Diagnostic("journal-unreadable", "the journal can't be read: \(error)"))
        }
    }

    /// What an answer cost; as when the call was made, its worst case where that is not known.
    private static func cost(of entry: JournalEntry, _ parts: Parts) -> Money {
        let (prices, reply) = (parts.prices, entry.exchange.response)
        let asked =
            parts.project.model(named: entry.asked)
            ?? ModelSpecification(name: entry.asked, provider: "", model: entry.asked)
        if let cost = prices.cost(of: reply, asked: asked) { return cost }
        let model = prices.answering(reply.fallback, asked: asked) ?? asked
        let request = entry.exchange.modelRequest(to: model, from: entry.site)
        // A price that is not known at all is one that was allowed to count as nothing.
        return CallEstimate(request, prices: prices).worst ?? .zero
    }

    /// Runs the body; an interrupt ends the calls under way.
    func watching<R>(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R)
        async rethrows
        -> R
    {
        try await interruptible.watching(isolation: isolation, body)
    }

    /// Writes the recordings; what could not be kept.
    ///
    /// - Parameter isComplete: Whether the run asked for all that it wanted.
    func finish(isComplete: Bool) -> (lines: [String], failures: [Diagnostic]) {
        var failures: [Diagnostic] = []
        var lines: [String] = []
        if mode.writes {
            let outcome = recordings.commit(isComplete: isComplete)
            failures += outcome.failures
            if outcome.answers > 0 {
                lines.append(
                    "recorded \(outcome.answers) \(outcome.answers == 1 ? "answer" : "answers") in "
                        + "\(outcome.paths.count) \(outcome.paths.count == 1 ? "file" : "files")")
            }
            if outcome.rerolled > 0 {
                lines.append(
                    "\(outcome.rerolled) "
                        + (outcome.rerolled == 1 ? "recording was" : "recordings were")
                        + " re-rolled: the request is unchanged, and the answer or verdict is another; after a look "
                        + "at them, `evalrun fixtures accept PATH` takes the mark out")
            }
        }
        if let incompleteness = journal.incompleteness { failures.append(incompleteness) }
        // What the journal lacks stays to be had from the batches.
        if isComplete, let batches, journal.incompleteness == nil {
            do throws(DiagnosticError) {
                try batches.models.close()
            } catch {
                failures += error.diagnostics
            }
        }
        return (lines, failures)
    }

    /// Notes that a run that writes no results is done; trouble with that costs nothing but a journal read once more.
    func markDone() { try? folder.markDone() }

    /// How to go on after errors or an interrupt; after the end of its budget a run needs more of it.
    ///
    /// - Parameter command: The command that ran, with its arguments.
    func wayOn(_ command: String, afterBudget: Bool) -> String {
        "to go on: evalrun \(command) --resume \(plan.id)" + (afterBudget ? " --max-usd MORE" : "")
    }

    /// The path for the results as JSON, which `--failed` reads.
    var resultsPath: String { folder.resultsPath }
}
