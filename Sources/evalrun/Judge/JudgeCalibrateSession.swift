import ArgumentParser
import Diagnostics
import Evals
import Files
import Judges
import Programs
import Recordings
import Runner
import Suites

/// Judges all labeled answers, from recordings or by asking the judge.
struct JudgeCalibrateSession {
    private let setup: JudgeCalibrateSetup
    private let live: LiveRun?
    private let mode: RecordingMode
    private let jobs: Int

    /// Prepares to judge; ends with exit code 2 when the judge can't be asked.
    init(_ setup: JudgeCalibrateSetup, _ command: JudgeCalibrateCommand) throws {
        self.setup = setup
        mode = RecordingMode(rawValue: command.mode.rawValue) ?? .replay
        jobs = command.jobs ?? 64
        guard mode.sends else {
            live = nil
            return
        }
        let (project, root) = (command.project, setup.root)
        let workspace = setup.reading.workspace
        let check = LiveCheck(
            workspace: workspace, plan: setup.plan, desk: setup.desk, options: command.spending,
            allowsPrograms: command.allowExec)
        let (faults, warnings) = try project.orExit(root) { () throws(DiagnosticError) in
            try check.run(isCapped: command.spending.budget != nil)
        }
        project.show(warnings, root: root)
        let options = try LiveOptions.parse([])
        let parts = LiveRun.Parts(
            root: root, project: workspace.project, planSHA256: setup.plan.sha256,
            asked: setup.plan.askedModels, suites: [CalibrationSetup.suite], selection: PlanOptions(),
            redactor: setup.redactor, mode: mode, options: options,
            allowsUnpriced: command.spending.allowUnpriced, maximum: command.spending.budget,
            prices: workspace.project.pricing, faults: faults, programs: setup.programs, batch: false,
            profileBatch: false, startedAt: SystemClock.timestamp(), tell: nil,
            show: { [project, root] in project.show([$0], root: root) })
        live = try project.orExit(root) { () throws(DiagnosticError) in try LiveRun(parts) }
    }

    /// Judges, and gives what came of each label; and what could not be kept.
    func run() async throws -> (outcome: CalibrationOutcome, trouble: [Diagnostic]) {
        let redactor = setup.redactor
        let recorded: any Answering =
            live?.answering ?? Replay(store: FixtureStore(tree: WorkingTree(setup.root)), redactor: redactor)
        var desk = setup.desk
        desk.recorded = { redactor.redacted($0) }
        desk.masked = { redactor.masking($0) }
        let dispatcher = Dispatcher(
            executor: CaseExecutor(
                answering: ModelRouter(recorded: recorded, redactor: redactor), prices: desk.prices,
                desk: desk, redact: { redactor.masking($0) }),
            jobs: jobs, isInterrupted: { Interruption.isRequested })
        let now = SystemClock.timestamp()
        let header = RunHeader(
            id: live?.plan.id ?? RunIdentity.make(now), startedAt: now, evalrunVersion: Version.text,
            mode: mode.rawValue, planSHA256: setup.plan.sha256, executions: setup.plan.executions)
        var labels = setup.reading.sheet.answers.makeIterator()
        var outcome = CalibrationOutcome()
        var trouble: [Diagnostic] = []
        var stream = PackedCases(setup.plan.stream())
        try await withPrograms {
            try await watching {
                try await dispatcher.run(&stream, header: header) { event in
                    guard case .finished(let execution) = event, let label = labels.next() else { return }
                    add(execution, label, to: &outcome)
                }
            }
        }
        if outcome.labels != setup.reading.sheet.answers.count, !Interruption.isRequested {
            trouble.append(
                Diagnostic(
                    "results-incomplete", "not every label was judged",
                    hint: "please report this with the labels"))
        }
        let kept = live?.finish(isComplete: !Interruption.isRequested)
        for line in kept?.lines ?? [] { Console.note(line + "\n") }
        // Else the next measurement would take its verdicts from this one's journal, though recordings were deleted.
        if kept?.failures.isEmpty == true, !Interruption.isRequested { live?.markDone() }
        return (outcome, trouble + (kept?.failures ?? []))
    }

    private func add(
        _ execution: Execution, _ label: LabeledAnswer, to outcome: inout CalibrationOutcome
    ) {
        let result = execution.assertions.first
        guard execution.caseID == label.id, let result, result.error == nil else {
            let error =
                result?.error ?? execution.error
                ?? EvaluationError(.assertion, "the answer was not judged")
            return outcome.add(gap: error, on: label.id)
        }
        guard isJudged(result, in: execution) else { return outcome.add(unasked: label.id) }
        outcome.add(
            verdict: result.passed, reason: result.reason, on: label.id, labeled: label.passes,
            output: execution.answer?.reply.content ?? label.output)
    }

    /// Whether a judge decided: a type may decide by itself, as when there is no answer to show.
    private func isJudged(_ result: AssertionResult, in execution: Execution) -> Bool {
        guard let stamp = result.stamp, !result.isUnasked, (execution.judging?.calls ?? 0) > 0 else {
            return false
        }
        return !stamp.prompts.isEmpty || setup.instrument.prompts.isEmpty
    }

    private func watching(_ body: () async throws -> Void) async throws {
        guard let live else { return try await body() }
        try await live.watching(body)
    }

    private func withPrograms(_ body: () async throws -> Void) async throws {
        guard let programs = setup.programs else { return try await body() }
        try await programs.run(processes: SystemProcessors.count, body)
    }
}

/// The cases of a plan as rows of a dataset: hundreds of labels are recorded in one file.
private struct PackedCases: CaseStreaming {
    private var cases: PlanStream

    /// Wraps the cases of a plan.
    init(_ cases: PlanStream) { self.cases = cases }

    mutating func next() throws(DiagnosticError) -> PlannedCase? {
        guard var planned = try cases.next() else { return nil }
        planned.isDatasetRow = true
        for index in planned.trials.indices {
            planned.trials[index].request = planned.trials[index].request.map { request in
                var request = request
                request.site.isDatasetRow = true
                return request
            }
        }
        return planned
    }
}
