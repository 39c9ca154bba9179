import Models
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualCallClock: CallClock {
    private struct Sleeper {
        var until: Double
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Double
        var sleepers: [Int: Sleeper] = [:]
        var lastNumber = 0
        var sleepsBegun = 0
    }

    private let state: Mutex<State>

    init(now: Double = 1000) { state = Mutex(State(now: now)) }

    func now() -> Double { state.withLock { $0.now } }

    func wallTime() -> Double { now() }

    /// When the sleepers want to be woken, in order.
    var alarms: [Double] { state.withLock { $0.sleepers.values.map(\.until).sorted() } }

    /// How often somebody really went to sleep.
    var sleepsBegun: Int { state.withLock { $0.sleepsBegun } }

    func sleep(until: Double) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                let result = state.withLock { state -> Result<Void, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if until <= state.now { return .success(()) }
                    state.sleepers[number] = Sleeper(until: until, continuation: continuation)
                    state.sleepsBegun += 1
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.continuation
                .resume(throwing: CancellationError())
        }
    }

    /// Moves the time on and wakes whose time has come.
    func advance(to time: Double) {
        let woken = state.withLock { state -> [Sleeper] in
            state.now = max(state.now, time)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }
}

/// Lets other tasks run until a condition holds; the time limit of the suite bounds it.
func until(_ condition: () -> Bool) async {
    while !condition() { await Task.yield() }
}
