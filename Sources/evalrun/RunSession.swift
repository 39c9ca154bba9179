import ArgumentParser
import Diagnostics
import Evals
import Files
import Gates
import Programs
import Recordings
import Reports
import Results
import Runner
import Suites

/// One run: puts models, recordings, runner and gates together.
struct RunSession {
    private let root: ProjectRoot
    private let workspace: Workspace
    private let plan: Plan
    private let options: ProjectOptions
    private let dispatcher: Dispatcher
    private let programs: ProgramHost?
    private let jobs: Int
    private let prices: PriceTable
    private let calibrations: [String: JudgeCalibration]
    private let mode: RecordingMode
    private let live: LiveRun?
    private let planSHA256: String
    private let invocation: Invocation

    /// Prepares a run; assertions may run programs on `programs` where it is given.
    ///
    /// - Parameters:
    ///   - planSHA256: The hash of what is planned; nil: the plan's own.
    ///   - stored: The answers to judge; nil: they are asked for or replayed.
    ///   - invocation: How the run was started.
    init(
        root: ProjectRoot, workspace: Workspace, plan: Plan, redactor: Redactor, options: ProjectOptions,
        jobs: Int, failsFast: Bool, programs: ProgramHost? = nil, mode: RecordingMode = .replay,
        desk: JudgeDesk = JudgeDesk(), live: LiveRun? = nil, planSHA256: String? = nil,
        stored: StoredAnswers? = nil, invocation: Invocation = .run
    ) {
        self.root = root
        self.workspace = workspace
        self.plan = plan
        self.options = options
        self.programs = programs
        self.jobs = jobs
        self.mode = mode
        self.live = live
        self.planSHA256 = planSHA256 ?? plan.sha256
        self.invocation = invocation
        var recorded: any Answering =
            live?.answering ?? Replay(store: FixtureStore(tree: WorkingTree(root)), redactor: redactor)
        if invocation.answers != .asked {
            recorded = AdvisedAnswering(asked: recorded, invocation: invocation)
        }
        let routed = ModelRouter(recorded: recorded, redactor: redactor)
        prices = workspace.project.pricing
        calibrations = desk.calibrations
        var desk = desk
        desk.recorded = { redactor.redacted($0) }
        desk.masked = { redactor.masking($0) }
        dispatcher = Dispatcher(
            executor: CaseExecutor(
                answering: stored.map { RejudgedAnswering(stored: $0, asked: routed, redactor: redactor) }
                    ?? routed,
                prices: prices, desk: desk,
                redact: { redactor.masking($0) }),
            jobs: jobs, failsFast: failsFast, isInterrupted: { Interruption.isRequested })
    }

    /// Runs the plan.
    func run(showsProgress: Bool, describesCommit: Bool) async throws -> (
        results: RunResults, decision: ExitDecision
    ) {
        let header = header(describesCommit: describesCommit)
        let spool = ExecutionSpool()
        var tally = Tally()
        var judges = JudgeTally(calibrations: calibrations)
        var judge = GateJudge(
            suites: plan.gates.map { SuiteGates(suite: $0.suite, gates: $0.gates) },
            groups: plan.groups.map {
                GateGroup(suite: $0.suite, prompt: $0.prompt, model: $0.model, isAdvisory: $0.isAdvisory)
            }, isNarrowed: plan.isNarrowed)
        var progress = Progress(total: plan.executions, isShown: showsProgress)
        var notices = NoticeCounter()
        var priceUse = PriceUse(prices, asked: plan.askedModels)
        var trouble: [Diagnostic] = []
        var isStopped = false
        var stream = plan.stream()
        do {
            try await withPrograms {
                try await watching {
                    try await dispatcher.run(&stream, header: header) { event in
                        guard case .finished(let execution) = event else { return }
                        // Even one in quarantine: its answer was not asked for.
                        if execution.error?.kind == .failFast { isStopped = true }
                        try spool.append(execution)
                        tally.add(execution)
                        judge.add(execution)
                        judges.add(execution)
                        notices.add(execution)
                        priceUse.add(execution)
                        progress.add(execution)
                    }
                }
            }
        } catch let error as DiagnosticError {
            trouble = error.diagnostics
        } catch let error as FileError {
            trouble = [error.diagnostic()]
        } catch {
            trouble = [Diagnostic("run-failed", "the run ended early: \(error)", hint: "run again")]
        }
        progress.clear()
        let kept = live?.finish(isComplete: trouble.isEmpty && !isStopped && !Interruption.isRequested)
        for line in kept?.lines ?? [] { Console.note(line + "\n") }
        if trouble.isEmpty, let mismatch = tally.mismatch(declared: plan.executions) {
            trouble = [Diagnostic("results-incomplete", mismatch, hint: "please report this with the suite")]
        }
        options.show(trouble + (kept?.failures ?? []), root: root)
        let gates = judge.finish(isCutShort: !trouble.isEmpty)
        var decision = ExitDecision(
            gates: gates, errorKinds: tally.decidingErrorKinds, untoleratedErrors: judge.untoleratedErrors,
            unfinished: tally.unfinished(declared: plan.executions))
        // The verdict stands on the answers; that they could not all be kept is an error beside it.
        if !trouble.isEmpty || kept?.failures.isEmpty == false { decision = decision.adding(.errored) }
        if Interruption.isRequested { decision = decision.adding(.interrupted) }
        let results = RunResults(
            header: header,
            summary: RunSummary(tally: tally, declared: plan.executions, decision: decision), gates: gates,
            table: tally.rows, judges: judges.rows, spool: spool, notices: notices.lines,
            invocation: invocation, prices: priceUse.text)
        return (results, decision)
    }

    private func watching(_ body: () async throws -> Void) async throws {
        guard let live else { return try await body() }
        try await live.watching(body)
    }

    /// Runs the body while programs may run.
    private func withPrograms(_ body: () async throws -> Void) async throws {
        guard let programs else { return try await body() }
        try await programs.run(processes: min(jobs, SystemProcessors.count), body)
    }

    private func header(describesCommit: Bool) -> RunHeader {
        let now = SystemClock.timestamp()
        let git = describesCommit ? try? GitProject(root).commit("HEAD") : nil
        return RunHeader(
            id: live?.plan.id ?? RunIdentity.make(now), startedAt: live?.plan.startedAt ?? now,
            evalrunVersion: Version.text, commit: git,
            isDirty: git == nil ? nil : try? GitProject(root).isDirty(), mode: mode.rawValue,
            planSHA256: planSHA256, executions: plan.executions)
    }
}
