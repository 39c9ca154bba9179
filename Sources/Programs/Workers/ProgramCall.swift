import Synchronization

/// A request that waits for its answer, which comes exactly once.
final class ProgramCall: Sendable {
    /// What the program reads: one line of JSON.
    let request: [UInt8]
    /// How long the program has from the request on.
    let timeout: Duration

    /// Called when a process begins to work on it, also when another begins anew.
    private let whenBegun: (@Sendable () -> Void)?

    private enum State {
        case new
        case waiting(
            CheckedContinuation<Result<[UInt8], ProgramFailure>, Never>, kill: (@Sendable () -> Void)?)
        case done
    }

    private let state = Mutex(State.new)

    /// Creates a call.
    init(request: [UInt8], timeout: Duration, whenBegun: (@Sendable () -> Void)? = nil) {
        self.request = request
        self.timeout = timeout
        self.whenBegun = whenBegun
    }

    /// Begins to wait; false when the call was canceled before.
    func open(_ continuation: CheckedContinuation<Result<[UInt8], ProgramFailure>, Never>) -> Bool {
        let isNew = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation, kill: nil)
            return true
        }
        if !isNew { continuation.resume(returning: .failure(ProgramFailure(.interrupted))) }
        return isNew
    }

    /// Takes note that a process works on it, which `kill` ends; false when nobody waits any more.
    func begin(kill: @escaping @Sendable () -> Void) -> Bool {
        let isWaiting = state.withLock { state in
            guard case .waiting(let continuation, _) = state else { return false }
            state = .waiting(continuation, kill: kill)
            return true
        }
        if isWaiting { whenBegun?() }
        return isWaiting
    }

    /// Gives the result, once; later ones are dropped.
    func finish(_ result: Result<[UInt8], ProgramFailure>) {
        let continuation = state.withLock { state in
            defer { state = .done }
            if case .waiting(let continuation, _) = state { return continuation as Optional }
            return nil
        }
        continuation?.resume(returning: result)
    }

    /// Ends the wait and the process that works on it.
    func cancel() {
        let kill = state.withLock { state in
            if case .waiting(_, let kill) = state { return kill }
            if case .new = state { state = .done }
            return nil
        }
        finish(.failure(ProgramFailure(.interrupted)))
        kill?()
    }
}
