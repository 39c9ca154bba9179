/// Which calls wait, and which workers do: decides who works on what.
///
/// Has no process, no clock and no task.
struct WorkerRoster {
    /// A worker.
    typealias WorkerID = Int
    /// A call.
    typealias CallID = Int

    /// What is to be done next.
    enum Action: Hashable {
        /// Start a worker for a program; its first call is assigned next.
        case start(WorkerID, Program)
        /// Hand a call to a worker.
        case assign(CallID, WorkerID)
        /// Let an idle worker go.
        case retire(WorkerID)
    }

    private struct Worker {
        var program: Program
        var isIdle: Bool
        var isLeaving: Bool
    }

    /// The most processes of all programs together; idle ones of other programs make room.
    static let largestTotal = 64

    private let perProgram: Int
    private let total: Int
    private var workers: [WorkerID: Worker] = [:]
    private var waiting: [(call: CallID, program: Program)] = []
    private var isClosed = false
    private var nextCall = 0
    private var nextWorker = 0

    /// Creates a roster with at most `perProgram` processes of each program.
    init(perProgram: Int = 1, total: Int = Self.largestTotal) {
        self.perProgram = max(1, perProgram)
        self.total = max(1, total)
    }

    /// Takes a call for a program.
    mutating func enqueue(_ program: Program) -> (call: CallID, actions: [Action]) {
        nextCall += 1
        waiting.append((nextCall, program))
        return (nextCall, schedule())
    }

    /// A worker has nothing to do.
    mutating func idle(_ id: WorkerID) -> [Action] {
        guard let worker = workers[id], !worker.isLeaving else { return [] }
        workers[id]?.isIdle = true
        workers[id]?.isLeaving = isClosed
        return isClosed ? [.retire(id)] : schedule()
    }

    /// A worker is gone.
    mutating func ended(_ id: WorkerID) -> [Action] {
        workers[id] = nil
        return schedule()
    }

    /// Forgets the calls that wait.
    mutating func dropWaiting() { waiting.removeAll() }

    /// Forgets the calls that wait, and lets all idle workers go.
    mutating func close() -> [Action] {
        waiting.removeAll()
        isClosed = true
        let idle = workers.filter { $0.value.isIdle && !$0.value.isLeaving }.keys.sorted()
        for id in idle { workers[id]?.isLeaving = true }
        return idle.map { .retire($0) }
    }

    /// Gives waiting calls, the oldest first, to workers.
    private mutating func schedule() -> [Action] {
        var actions: [Action] = []
        var left: [(call: CallID, program: Program)] = []
        // Programs that an older call waits for already: nobody overtakes it.
        var stuck: Set<Program> = []
        for entry in waiting {
            if stuck.contains(entry.program) {
                left.append(entry)
            } else if let id = idleWorker(of: entry.program) ?? started(entry.program, &actions) {
                workers[id]?.isIdle = false
                actions.append(.assign(entry.call, id))
            } else {
                stuck.insert(entry.program)
                left.append(entry)
            }
        }
        waiting = left
        return actions
    }

    private func idleWorker(of program: Program) -> WorkerID? {
        workers.filter { $0.value.isIdle && !$0.value.isLeaving && $0.value.program == program }.keys.min()
    }

    private mutating func started(_ program: Program, _ actions: inout [Action]) -> WorkerID? {
        guard workers.values.count(where: { $0.program == program && !$0.isLeaving }) < perProgram else {
            return nil
        }
        if workers.values.count(where: { !$0.isLeaving }) >= total {
            let spare = workers.filter { $0.value.isIdle && !$0.value.isLeaving }.keys.min()
            guard let spare else { return nil }
            workers[spare]?.isLeaving = true
            actions.append(.retire(spare))
        }
        nextWorker += 1
        workers[nextWorker] = Worker(program: program, isIdle: false, isLeaving: false)
        actions.append(.start(nextWorker, program))
        return nextWorker
    }
}
