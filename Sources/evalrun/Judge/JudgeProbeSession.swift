import Diagnostics
import Evals
import Files
import Judges
import Models
import Recordings
import Runner
import Suites

/// Asks the judges about all answers of a probe.
struct JudgeProbeSession {
    private let setup: JudgeProbeSetup

    /// Prepares to ask.
    init(_ setup: JudgeProbeSetup) { self.setup = setup }

    private struct ProbeCases: CaseStreaming {
        var rest: ArraySlice<PlannedCase>

        mutating func next() throws(DiagnosticError) -> PlannedCase? { rest.popFirst() }
    }

    /// What the judges made of the answers.
    func run() async throws -> JudgeProbeOutcome {
        let store = FixtureStore(tree: WorkingTree(setup.root))
        let redactor = setup.redactor
        guard setup.mode.sends else {
            return try await run(Replay(store: store, redactor: redactor))
        }
        let live = InterruptibleAnswering(
            LiveModels(
                of: setup.workspace.project, root: setup.root, programs: setup.programs,
                budget: setup.maximum.map { Budget(cap: $0) }, allowsUnpriced: setup.allowsUnpriced))
        let session = RecordingSession(store: store)
        let recorder = Recorder(
            mode: setup.mode, live: live, session: session, redactor: redactor,
            now: { SystemClock.timestamp() })
        var outcome = try await withPrograms { try await live.watching { try await run(recorder) } }
        if setup.mode.writes {
            outcome.failures = session.commit(isComplete: !Interruption.isRequested).failures
        }
        return outcome
    }

    private func run(_ answering: some Answering) async throws -> JudgeProbeOutcome {
        let redactor = setup.redactor
        var desk = setup.desk
        desk.recorded = { redactor.redacted($0) }
        desk.masked = { redactor.masking($0) }
        let dispatcher = Dispatcher(
            executor: CaseExecutor(
                answering: ModelRouter(recorded: answering, redactor: redactor), prices: desk.prices,
                desk: desk, redact: { redactor.masking($0) }),
            isInterrupted: { Interruption.isRequested })
        let now = SystemClock.timestamp()
        let header = RunHeader(
            id: RunIdentity.make(now), startedAt: now, evalrunVersion: Version.text,
            mode: setup.mode.rawValue, planSHA256: "", executions: setup.cases.count)
        var executions: [Execution] = []
        var stream = ProbeCases(rest: setup.cases[...])
        try await dispatcher.run(&stream, header: header) { event in
            if case .finished(let execution) = event { executions.append(execution) }
        }
        return JudgeProbeOutcome(Array(zip(setup.answers, executions)))
    }

    private func withPrograms<R>(_ body: () async throws -> R) async throws -> R {
        guard let programs = setup.programs else { return try await body() }
        return try await programs.run(processes: SystemProcessors.count, body)
    }
}
