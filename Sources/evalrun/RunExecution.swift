import ArgumentParser
import Diagnostics
import Evals
import Files
import JSON
import Models
import Programs
import Recordings
import Reports
import Results
import Suites

/// What `run` and `record` do: read, check, run, report.
struct RunExecution {
    private var options: RunOptions
    private let suites: [String]
    private let stored: RejudgedResults?
    private let traces: CapturedTraces?
    private let project: ProjectOptions
    private let root: ProjectRoot

    /// Prepares to run suites with the options of the command line.
    ///
    /// - Parameters:
    ///   - stored: The answers of an earlier run to judge; nil: they are asked for or replayed.
    ///   - traces: Captured answers to judge in place of the suites' cases.
    init(
        _ options: RunOptions, suites: [String], stored: RejudgedResults? = nil, traces: CapturedTraces? = nil
    ) throws {
        self.options = options
        self.suites = suites
        self.stored = stored
        self.traces = traces
        project = options.project
        root = try options.project.root()
    }

    /// Runs the suites and gives the exit status.
    ///
    /// - Parameter written: Where answers come from; nil: as the run that is gone on with or the profile says, else
    ///   from recordings.
    mutating func run(mode written: RecordingMode?) async throws -> ExitStatus {
        let reports: [ReportRequest]
        do throws(DiagnosticError) {
            reports = try ReportRequest.parse(options.report)
        } catch {
            project.show(error.diagnostics, root: nil)
            return .usage
        }
        let resumed = try resumedPlan()
        let host = options.allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        var (suites, selection) = (suites, options.selection.planOptions)
        if let resumed, suites.isEmpty, selection.json.isEmpty {
            suites = resumed.suites
            selection = try storedSelection(resumed)
        }
        if let failed = options.selection.failed {
            let earlier = try failedExecutions(failed)
            guard !earlier.addresses.isEmpty else { return nothingFailed(earlier) }
            selection.only = earlier.addresses
        }
        let (workspace, plan, redactor) = try project.plan(
            root, suites: suites, selection, programs: host.map { .granted($0) } ?? .refused,
            traces: traces?.file)
        try refuseInputs(reports, workspace)
        noteSample(plan)
        let profile = selection.profile.flatMap { workspace.project.profiles[$0] }
        let mode =
            written ?? resumed.flatMap { RecordingMode(rawValue: $0.mode) }
            ?? profile?.mode.flatMap { RecordingMode(rawValue: $0) } ?? .replay
        if !mode.sends, let option = options.liveOnly.first {
            throw ValidationError(
                "\(option) needs live models: --mode record, refresh or live. A replay asks nobody.")
        }
        if mode.writes, !options.live.inject.isEmpty {
            throw ValidationError(
                "--inject makes models fail on purpose, and what comes of it is not to be recorded: use --mode live."
            )
        }
        if options.live.cache != nil, !options.live.inject.isEmpty {
            throw ValidationError(
                "--inject makes models fail on purpose, and what comes of it is not to be cached.")
        }
        let desk = try project.orExit(root) { [options] () throws(DiagnosticError) in
            try JudgeDesk(of: workspace, plan, allowsUncalibrated: options.allowUncalibrated)
        }
        var live: LiveRun?
        if mode.sends {
            let maximum = options.spending.budget ?? resumed?.maximum ?? profile?.maximum
            let check = LiveCheck(
                workspace: workspace, plan: plan, desk: desk, options: options.spending,
                faults: options.live.inject,
                usesBatches: options.live.batch ?? profile?.batch ?? false,
                allowsPrograms: options.allowExec, answersAreStored: stored != nil)
            let (faults, warnings) = try project.orExit(root) { () throws(DiagnosticError) in
                try check.run(isCapped: maximum != nil)
            }
            project.show(warnings, root: root)
            let parts = LiveRun.Parts(
                root: root, project: workspace.project, planSHA256: planSHA256(plan),
                asked: stored == nil ? plan.askedModels : [], suites: suites,
                selection: selection, redactor: redactor, mode: mode, options: options.live,
                allowsUnpriced: options.spending.allowUnpriced, maximum: maximum,
                prices: workspace.project.pricing, faults: faults, programs: host,
                batch: options.live.batch, profileBatch: stored == nil && (profile?.batch ?? false),
                startedAt: SystemClock.timestamp(),
                tell: options.quiet ? nil : showsProgress,
                show: { [project, root] in project.show([$0], root: root) })
            live = try project.orExit(root) { () throws(DiagnosticError) in try LiveRun(parts) }
        }
        let session = RunSession(
            root: root, workspace: workspace, plan: plan, redactor: redactor, options: project,
            jobs: options.jobs ?? profile?.jobs ?? 64, failsFast: options.failFast, programs: host,
            mode: mode, desk: desk, live: live, planSHA256: planSHA256(plan), stored: stored?.answers,
            invocation: invocation)
        let (status, lacking) = try await run(session, live, plan, reports)
        guard mode == .replay, lacking > 0, mayOffer(reports, after: status),
            try offersRecording(plan, redactor, desk, lacking: lacking)
        else { return status }
        return try await run(mode: .record)
    }

    /// Whether somebody who sees that recordings are missing can be asked whether to make them.
    ///
    /// Not where little is to be printed, and not where a report has standard output, since a program may read it.
    private func mayOffer(_ reports: [ReportRequest], after status: ExitStatus) -> Bool {
        stored == nil && traces == nil && !options.quiet && !options.noProgress && status != .interrupted
            && status != .invalid
            && Console.hasUser && !reports.contains { $0.path == nil && $0.kind != .terminal }
    }

    /// Asks whether to record what the replay lacked, if it lacked something.
    private func offersRecording(
        _ plan: Plan, _ redactor: Redactor, _ desk: JudgeDesk, lacking: Int
    ) throws -> Bool {
        let planned = try project.orExit(root) { () throws(DiagnosticError) in
            try PlanForecast(
                plan, mode: .record, store: FixtureStore(tree: WorkingTree(root)), redactor: redactor,
                prices: desk.prices, judgePrompts: desk.emptyPrompts)
        }
        guard let offer = planned.offer(lacking: lacking) else { return false }
        Interruption.stopListening()
        return RecordOffer.isAccepted(Console.ask(offer.text))
    }

    private func run(
        _ session: RunSession, _ live: LiveRun?, _ plan: Plan, _ reports: [ReportRequest]
    ) async throws -> (status: ExitStatus, lacking: Int) {
        Interruption.listen()
        if let live, !options.quiet { Console.note(live.news + "\n") }
        await live?.batches?.prepare(plan)
        let needsGit = reports.contains { $0.kind == .json } || live != nil
        let (results, decision) = try await session.run(
            showsProgress: showsProgress, describesCommit: needsGit)
        var requests = reports
        if let live {
            // `--failed last` reads it.
            requests.append(ReportRequest(kind: .json, path: live.resultsPath))
        }
        let writer = ReportWriter(
            requests: requests, verbosity: options.quiet ? .quiet : options.verbose ? .verbose : .normal,
            options: project, decision: decision)
        let status = writer.write(results)
        if let news = live?.batches?.leftBehind { Console.note(news + "\n") }
        if let live, status != .passed, results.summary.errored > 0 {
            Console.note(
                live.wayOn(invocation.command, afterBudget: results.summary.statuses.contains(.budget)) + "\n"
            )
        }
        noteUnused(plan)
        return (status, try lacking(results))
    }

    /// The executions that ended without a recording, of the answer or of what judges say.
    private func lacking(_ results: RunResults) throws -> Int {
        guard results.summary.errored > 0 else { return 0 }
        var count = 0
        try results.spool.forEach(statuses: [.errored]) { execution in
            let kind = execution.error?.kind
            if kind == .fixtureMissing || kind == .fixtureStale { count += 1 }
        }
        return count
    }

    /// How the run was started.
    private var invocation: Invocation { stored?.invocation ?? traces?.invocation ?? .run }

    /// Tells how many of the captured answers `--sample` takes.
    private func noteSample(_ plan: Plan) {
        guard !options.quiet, let traces, let sample = traces.sample, let count = plan.rowCounts.first else {
            return
        }
        let file = TerminalText.visible(traces.file.shown)
        let rows = count.read == 1 ? "row" : "rows"
        Console.note("--sample \(sample) takes \(count.taken) of \(count.read) \(rows) of \(file)\n")
    }

    /// The hash of what is planned, and of the answers that are judged: only the same of both can be gone on with.
    private func planSHA256(_ plan: Plan) -> String {
        guard let stored else { return plan.sha256 }
        return ContentHash.sha256Hex(Array("\(plan.sha256) \(stored.answers.sha256)".utf8))
    }

    /// Tells of stored answers that nothing in the suites is about any more.
    private func noteUnused(_ plan: Plan) {
        guard let stored, !plan.isNarrowed, options.selection.failed == nil else { return }
        let unused = stored.answers.unused
        guard let first = unused.first else { return }
        project.show(
            [
                Diagnostic(
                    "unknown-execution",
                    unused.count == 1
                        ? "the suites have no place for an execution of the results: \(first)"
                        : "the suites have no place for \(unused.count) executions of the results, the first being "
                            + "\(first)",
                    hint: "cases, prompts or models may have other names now", severity: .warning)
            ], root: root)
    }

    private var showsProgress: Bool {
        !options.noProgress && !options.quiet && Console.isTerminal(2)
    }

    private func resumedPlan() throws -> RunPlan? {
        guard let reference = options.live.resume else { return nil }
        return try project.orExit(root) { () throws(DiagnosticError) in
            try RunDirectory(tree: WorkingTree(root)).plan(of: reference)
        }
    }

    /// The selection of the run that is gone on with, for a command line that selects nothing.
    private func storedSelection(_ plan: RunPlan) throws -> PlanOptions {
        if let selection = PlanOptions(json: plan.options) { return selection }
        project.show(
            [
                Diagnostic(
                    "run-damaged", "the selection of the run \(plan.id) can't be read",
                    hint: "write its suites and options again beside --resume")
            ], root: root)
        throw ExitCode(ExitStatus.invalid.rawValue)
    }

    private func failedExecutions(_ reference: String) throws -> FailedExecutions {
        let runs = RunDirectory(tree: WorkingTree(root))
        return try project.orExit(root) { () throws(DiagnosticError) in
            let last = reference == RunDirectory.last ? try runs.lastResults() : nil
            let stream: ByteStream
            do throws(FileError) {
                if let last {
                    stream = try WorkingTree(root).stream(last)
                } else {
                    stream = try ByteStream(openingAbsolute: reference)
                }
            } catch {
                throw DiagnosticError(error.diagnostic())
            }
            return try FailedExecutions(stream)
        }
    }

    /// Ends as the earlier run did: without failures it may still have missed a gate.
    private func nothingFailed(_ earlier: FailedExecutions) -> ExitStatus {
        var line =
            "nothing failed or errored in the run \(earlier.header.id), so there is nothing to run again"
        if earlier.withoutResult > 0 { line += "; \(earlier.withoutResult) of its executions have no result" }
        if earlier.exitStatus != .passed {
            line += "; it ended with \(earlier.exitStatus.rawValue): \(earlier.exitStatus.meaning)"
        }
        Console.note(line + "\n")
        return earlier.exitStatus
    }

    /// Refuses reports that would replace a file of the project, or the answers that are judged.
    private func refuseInputs(_ reports: [ReportRequest], _ workspace: Workspace) throws {
        let inputs = workspace.inputFiles
        var found: [Diagnostic] = []
        let judged = stored?.path ?? traces?.file.path
        let judgedPlace = try? judged.map { try ResolvedPath(ofArgument: $0) }
        for path in reports.compactMap(\.path) {
            if let judged, let judgedPlace, (try? ResolvedPath(ofArgument: path)) == judgedPlace {
                found.append(
                    Diagnostic(
                        "report-path",
                        "a report can't be written over '\(judged)', whose answers are judged",
                        hint: "give the report a path of its own, such as evalrun-junit.xml"))
                continue
            }
            guard let place = (try? root.projectPath(ofArgument: path)) ?? nil else { continue }
            guard inputs.contains(place.text) || place.text.hasPrefix(RecordingPlace.folder + "/") else {
                continue
            }
            found.append(
                Diagnostic(
                    "report-path",
                    "a report can't be written over '\(place.text)', which is a file of the project",
                    hint: "give the report a path of its own, such as evalrun-junit.xml"))
        }
        guard found.isEmpty else {
            project.show(found, root: root)
            throw ExitCode(ExitStatus.usage.rawValue)
        }
    }
}
