public import Files
import Synchronization

/// Runs the processes of assertions while `serving` lasts: no process outlives it.
public final class ProgramHost: Sendable {
    /// The folder that programs run in: the project's root, unless `run(among:)` names another.
    var folder: String { extractedRoot?.path ?? home }
    /// The project in the files of a commit; nil when programs run in the project itself.
    var extractedRoot: ProjectRoot? { state.withLock { $0.extracted?.root } }
    private let home: String
    /// The value of an environment variable of this process; nil when it is not set.
    let environment: @Sendable (String) -> String?

    private struct State {
        var roster = WorkerRoster()
        var calls: [WorkerRoster.CallID: ProgramCall] = [:]
        var workers: [WorkerRoster.WorkerID: ProgramWorker] = [:]
        var habits: [Program: ProgramHabit] = [:]
        var starts: AsyncStream<ProgramWorker>.Continuation?
        var isInterrupted = false
        var extracted: ExtractedTree?
    }

    private let state = Mutex(State())

    /// How often an interruption is looked for.
    private static let watchInterval = Duration.milliseconds(50)

    /// Creates a host whose programs run in a folder and get the variables that `environment` gives.
    public init(folder: String, environment: @escaping @Sendable (String) -> String?) {
        home = folder
        self.environment = environment
    }

    /// Lets programs run among the files of a commit, which stay on disk as long as the host.
    public func run(among files: ExtractedTree) { state.withLock { $0.extracted = files } }

    /// Runs the body, in which assertions may run programs; all processes have ended when it returns.
    ///
    /// After a body that returns, idle processes are asked to end by the end of their input, and killed a second later;
    /// after one that throws, and when the task is canceled, they are killed at once.
    /// - Parameters:
    ///   - processes: The most processes of one program at the same time, at least 1.
    ///   - isInterrupted: Asked while processes run; once true, they are killed and all calls fail.
    public func serving<R>(
        processes: Int, isInterrupted: @escaping @Sendable () -> Bool = { false },
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R
    ) async throws -> R {
        let (starts, starter) = AsyncStream<ProgramWorker>.makeStream()
        state.withLock { state in
            state.roster = WorkerRoster(perProgram: processes)
            state.starts = starter
            state.isInterrupted = false
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.supervise(starts, isInterrupted) }
            do {
                let result = try await body()
                close()
                try await group.waitForAll()
                return result
            } catch {
                close()
                group.cancelAll()
                try? await group.waitForAll()
                throw error
            }
        }
    }

    /// The answer of a program to a request.
    ///
    /// When the task is canceled, the process that works on it is killed.
    /// - Parameter whenBegun: Called when a process begins to work on it, which may be later than the call.
    func answer(
        _ program: Program, _ request: [UInt8], timeout: Duration, whenBegun: (@Sendable () -> Void)? = nil
    ) async throws(ProgramFailure) -> [UInt8] {
        let call = ProgramCall(request: request, timeout: timeout, whenBegun: whenBegun)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if call.open(continuation) { accept(call, program) }
            }
        } onCancel: {
            call.cancel()
        }
        return try result.get()
    }

    private func accept(_ call: ProgramCall, _ program: Program) {
        let actions = state.withLock { state -> [WorkerRoster.Action]? in
            guard state.starts != nil, !state.isInterrupted else { return nil }
            let (id, actions) = state.roster.enqueue(program)
            state.calls[id] = call
            return actions
        }
        guard let actions else {
            let isInterrupted = state.withLock { $0.isInterrupted }
            return call.finish(.failure(ProgramFailure(isInterrupted ? .interrupted : .notServing)))
        }
        perform(actions)
    }

    /// Takes note that a worker waits for work.
    func isIdle(_ worker: WorkerRoster.WorkerID) {
        perform(state.withLock { $0.roster.idle(worker) })
    }

    /// Takes note that a worker and its process have ended.
    func hasEnded(_ worker: WorkerRoster.WorkerID) {
        perform(
            state.withLock { state in
                state.workers[worker] = nil
                return state.roster.ended(worker)
            })
    }

    /// What is known of how long a program's processes live.
    func habit(of program: Program) -> ProgramHabit {
        state.withLock { $0.habits[program] } ?? .unknown
    }

    /// Keeps what was learned of a program.
    func learn(_ habit: ProgramHabit, of program: Program) {
        state.withLock { $0.habits[program] = habit }
    }

    /// How the next process is used of a program that is being found out: one process at a time is on trial.
    func foundOutManner(of program: Program) -> ProgramManner {
        state.withLock { state in
            switch state.habits[program] ?? .unknown {
            case .unknown, .onTrial, .endsAfterOne: return .once
            case .staysOpen: return .kept(patience: nil)
            case .tried(let first):
                state.habits[program] = .onTrial
                return .kept(patience: ProgramHabit.patience(after: first))
            }
        }
    }

    /// Asks a call again in a process of its own.
    func redo(_ call: ProgramCall, _ program: Program) { accept(call, program) }

    private func perform(_ actions: [WorkerRoster.Action]) {
        for action in actions {
            switch action {
            case .start(let id, let program):
                let worker = ProgramWorker(id: id, program: program, host: self)
                let starts = state.withLock { state in
                    state.workers[id] = worker
                    return state.starts
                }
                starts?.yield(worker)
            case .assign(let callID, let id):
                let (call, worker) = state.withLock { state in
                    (state.calls.removeValue(forKey: callID), state.workers[id])
                }
                if let call { worker?.assign(call) }
            case .retire(let id):
                state.withLock { $0.workers[id] }?.retire()
            }
        }
    }

    /// Lets no more calls in, and idle workers go.
    private func close() {
        let (actions, starts) = state.withLock { state in
            let starts = state.starts
            state.starts = nil
            return (state.roster.close(), starts)
        }
        perform(actions)
        starts?.finish()
    }

    private func supervise(
        _ starts: AsyncStream<ProgramWorker>, _ isInterrupted: @escaping @Sendable () -> Bool
    ) async {
        await withTaskGroup(of: Void.self) { watchers in
            await withDiscardingTaskGroup { workers in
                var isWatching = false
                for await worker in starts {
                    if !isWatching {
                        isWatching = true
                        watchers.addTask { await self.watch(isInterrupted) }
                    }
                    workers.addTask { await worker.run() }
                }
            }
            watchers.cancelAll()
        }
    }

    private func watch(_ isInterrupted: () -> Bool) async {
        while !isInterrupted() {
            do { try await Task.sleep(for: Self.watchInterval) } catch { return }
        }
        let (waiting, workers) = state.withLock { state in
            state.isInterrupted = true
            let waiting = Array(state.calls.values)
            state.calls.removeAll()
            state.roster.dropWaiting()
            return (waiting, Array(state.workers.values))
        }
        for call in waiting { call.finish(.failure(ProgramFailure(.interrupted))) }
        for worker in workers { worker.interrupt() }
    }
}
