import Diagnostics
import Evals
import Files
import Models
import Recordings
import Runner
import Suites

/// Asks all models of a try at the same time; nothing is recorded, and no journal is kept.
struct TrySession {
    private let setup: TrySetup

    /// Prepares to ask.
    init(_ setup: TrySetup) { self.setup = setup }

    /// Asks, and gives the answers in the order in which the models were named; errors are among them.
    func run() async throws -> [Execution] {
        let project = setup.workspace.project
        let live = InterruptibleAnswering(
            LiveModels(
                of: project, root: setup.root, programs: setup.programs,
                budget: setup.maximum.map { Budget(cap: $0) }, allowsUnpriced: setup.allowsUnpriced))
        let redactor = setup.redactor
        let answering = Recorder(
            mode: .live, live: live,
            session: RecordingSession(store: FixtureStore(tree: WorkingTree(setup.root))),
            redactor: redactor, now: { SystemClock.timestamp() })
        let dispatcher = Dispatcher(
            executor: CaseExecutor(
                answering: ModelRouter(recorded: answering, redactor: redactor), prices: project.pricing,
                redact: { redactor.masking($0) }),
            isInterrupted: { Interruption.isRequested })
        let now = SystemClock.timestamp()
        let header = RunHeader(
            id: RunIdentity.make(now), startedAt: now, evalrunVersion: Version.text,
            mode: RecordingMode.live.rawValue, planSHA256: setup.plan.sha256,
            executions: setup.plan.executions)
        let wait = TryWait(models: setup.plan.askedModels.map(\.model.name))
        defer { wait.end() }
        var executions: [Execution] = []
        var stream = setup.plan.stream()
        try await withPrograms {
            try await live.watching {
                try await dispatcher.run(&stream, header: header) { event in
                    guard case .finished(let execution) = event else { return }
                    executions.append(Self.shown(execution))
                }
            }
        }
        return executions
    }

    /// An answer to which nothing is expected is no error here.
    private static func shown(_ execution: Execution) -> Execution {
        guard execution.answer != nil, execution.assertions.isEmpty else { return execution }
        var copy = execution
        copy.status = .passed
        copy.error = nil
        return copy
    }

    private func withPrograms(_ body: () async throws -> Void) async throws {
        guard let programs = setup.programs else { return try await body() }
        try await programs.run(processes: SystemProcessors.count, body)
    }
}

/// The line on a terminal that says who is asked, until the answers are there.
private struct TryWait {
    private let isShown: Bool

    /// Shows the line where errors are a terminal and somebody is asked.
    init(models: [String]) {
        isShown = Console.isTerminal(2) && !models.isEmpty
        guard isShown else { return }
        let line = "asking \(models.joined(separator: ", ")) …"
        Console.note("\r\u{1b}[K" + TerminalText.excerpt(line, limit: max(1, Console.width(2) - 2)))
    }

    /// Removes the line.
    func end() {
        if isShown { Console.note("\r\u{1b}[K") }
    }
}
