public import Evals
import Synchronization

/// The gate that all calls to one provider pass: who comes first goes first, and who comes again before all others, as
/// the governor allows, until the breaker opens.
///
/// Waiting costs nothing but memory: a call that has to wait is suspended, and there is one timer for all of them.
/// A call is `enter`, the request, `leave`, `record`; and before another attempt `sleep`, without a place, and the
/// same again.
public final class CallGate: Sendable {
    /// The provider's name, for messages.
    public let provider: String

    private typealias Continuation = CheckedContinuation<Result<CallTicket, EvaluationError>, Never>

    private struct Waiter {
        let estimatedTokens: Int
        let isReturning: Bool
        let continuation: Continuation
    }

    private struct Timer {
        let number: Int
        let until: Double
        let task: Task<Void, Never>
    }

    private struct State {
        var governor: RateGovernor
        var breaker: Breaker
        var line = WaitingLine<Waiter>()
        /// Calls that come again after a failed attempt: they go before those that have not begun.
        var returning = WaitingLine<Waiter>()
        var sleepers: [Int: Task<Void, any Error>] = [:]
        var timer: Timer?
        var lastNumber = 0
    }

    /// What is to be done once the state is unlocked: nothing of it may run code of others under the lock.
    private struct Wakings {
        var calls: [(Continuation, Result<CallTicket, EvaluationError>)] = []
        var tasks: [Task<Void, any Error>] = []

        func perform() {
            for (continuation, result) in calls { continuation.resume(returning: result) }
            for task in tasks { task.cancel() }
        }
    }

    private let clock: any CallClock
    private let state: Mutex<State>

    /// Creates an open gate.
    public init(
        provider: String, limits: RateLimits = RateLimits(), breaker: Breaker = Breaker(),
        clock: any CallClock
    ) {
        self.provider = provider
        self.clock = clock
        state = Mutex(State(governor: RateGovernor(limits: limits, now: clock.now()), breaker: breaker))
    }

    /// Waits until a call may begin, and takes its place.
    ///
    /// Each ticket must go back with `leave` or `abandon`, else its place is lost.
    /// - Parameters:
    ///   - estimatedTokens: The tokens of request and answer together, as far as they can be known before.
    ///   - isReturning: Whether an attempt of the call has failed before. Such calls go first: what was begun is brought
    ///     to an end, and a dead provider is known as one after the attempts of a few calls instead of all that wait.
    /// - Throws: The breaker's refusal (`breaker`), also while waiting; `interrupted` when the task is cancelled.
    public func enter(
        estimatedTokens: Int, isReturning: Bool = false
    ) async throws(EvaluationError) -> CallTicket {
        if let result = tryEnter(estimatedTokens, isReturning) { return try result.get() }
        let number = state.withLock { Self.nextNumber(&$0) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Continuation) in
                standInLine(
                    Waiter(
                        estimatedTokens: estimatedTokens, isReturning: isReturning, continuation: continuation
                    ),
                    as: number)
            }
        } onCancel: {
            leaveLine(number)
        }
        return try result.get()
    }

    /// Notes the end of a request and frees its place.
    ///
    /// - Parameters:
    ///   - actualTokens: The tokens used; nil when unknown.
    ///   - failure: Why there was no reply; nil for a reply.
    ///   - headers: What the response said of the limits.
    public func leave(
        _ ticket: CallTicket, actualTokens: Int? = nil, failure: CallFailure? = nil,
        headers: RateLimitHeaders? = nil
    ) {
        change { state, now in
            state.governor.finish(
                ticket, actualTokens: actualTokens, failure: failure, headers: headers, now: now)
        }
    }

    /// Frees the place of a request that was given up before it brought anything, for example by cancellation.
    public func abandon(_ ticket: CallTicket) {
        change { state, _ in state.governor.abandon(ticket) }
    }

    /// Tells the breaker how an attempt ended; when it opens, everyone who waits or sleeps here is given up.
    public func record(_ outcome: Breaker.Outcome) {
        change { state, _ in state.breaker.record(outcome) }
    }

    /// The pause before another attempt; the call must have no place meanwhile.
    ///
    /// - Throws: At once, when the breaker opens (`breaker`) or the task is cancelled (`interrupted`).
    public func sleep(seconds: Double) async throws(EvaluationError) {
        let clock = clock
        let until = clock.now() + max(0, seconds)
        let task = Task { try await clock.sleep(until: until) }
        let (number, isOpen) = state.withLock { state in
            let number = Self.nextNumber(&state)
            if !state.breaker.isOpen { state.sleepers[number] = task }
            return (number, state.breaker.isOpen)
        }
        if isOpen { task.cancel() }
        await withTaskCancellationHandler {
            _ = await task.result
        } onCancel: {
            task.cancel()
        }
        let error = state.withLock { state in
            state.sleepers[number] = nil
            return refusal(by: state.breaker)
        }
        if let error { throw error }
        if Task.isCancelled { throw interruption }
    }

    /// The breaker's refusal once it is open.
    public var refusal: EvaluationError? { state.withLock { refusal(by: $0.breaker) } }

    /// Calls that may be in flight at present; fewer than configured after the provider complained.
    public var concurrency: Int { state.withLock { $0.governor.concurrency } }

    /// Calls that wait for a place.
    public var waiting: Int { state.withLock { $0.line.count + $0.returning.count } }
}

extension CallGate {
    private var interruption: EvaluationError {
        EvaluationError(
            .interrupted, "the run was interrupted before the provider '\(provider)' had answered",
            hint: "run again")
    }

    private func refusal(by breaker: Breaker) -> EvaluationError? {
        breaker.isOpen ? breaker.refusal(provider: provider) : nil
    }

    private static func nextNumber(_ state: inout State) -> Int {
        state.lastNumber += 1
        return state.lastNumber
    }

    /// What happens without waiting; nil when the call has to stand in line.
    private func tryEnter(_ estimatedTokens: Int, _ isReturning: Bool) -> Result<CallTicket, EvaluationError>?
    {
        let now = clock.now()
        return state.withLock { state in
            if let refusal = refusal(by: state.breaker) { return .failure(refusal) }
            if Task.isCancelled { return .failure(interruption) }
            guard state.returning.isEmpty, isReturning || state.line.isEmpty,
                case .granted(let ticket) = state.governor.request(
                    estimatedTokens: estimatedTokens, now: now)
            else { return nil }
            return .success(ticket)
        }
    }

    private func standInLine(_ waiter: Waiter, as number: Int) {
        update { state, _ in
            // A cancellation before this moment found nobody in line; a later one waits for the lock.
            if Task.isCancelled {
                return [(waiter.continuation, .failure(interruption))]
            }
            if waiter.isReturning {
                state.returning.append(waiter, as: number)
            } else {
                state.line.append(waiter, as: number)
            }
            return []
        }
    }

    private func leaveLine(_ number: Int) {
        update { state, _ in
            (state.returning.remove(number) ?? state.line.remove(number))
                .map { [($0.continuation, .failure(interruption))] } ?? []
        }
    }

    private func timerFired(_ number: Int) {
        change { state, _ in
            if state.timer?.number == number { state.timer = nil }
        }
    }

    /// Changes the state, then lets in whom it lets in.
    private func change(_ body: (inout State, Double) -> Void) {
        update { state, now in
            body(&state, now)
            return []
        }
    }

    /// Changes the state, lets in whom it lets in, and resumes further calls, which must be in line no more.
    private func update(
        _ body: (inout State, Double) -> [(Continuation, Result<CallTicket, EvaluationError>)]
    ) {
        let now = clock.now()
        let wakings = state.withLock { state -> Wakings in
            var wakings = Wakings(calls: body(&state, now))
            if let refusal = refusal(by: state.breaker) {
                let waiters = state.returning.removeAll() + state.line.removeAll()
                wakings.calls += waiters.map { ($0.continuation, .failure(refusal)) }
                wakings.tasks = Array(state.sleepers.values)
                state.sleepers = [:]
            }
            letIn(&state, now, &wakings)
            return wakings
        }
        wakings.perform()
    }

    private func letIn(_ state: inout State, _ now: Double, _ wakings: inout Wakings) {
        while let (number, waiter) = state.returning.first() ?? state.line.first() {
            switch state.governor.request(estimatedTokens: waiter.estimatedTokens, now: now) {
            case .granted(let ticket):
                _ = waiter.isReturning ? state.returning.remove(number) : state.line.remove(number)
                wakings.calls.append((waiter.continuation, .success(ticket)))
            case .wait(let until):
                return setTimer(&state, until)
            case .full:
                return cancelTimer(&state)
            }
        }
        cancelTimer(&state)
    }

    private func setTimer(_ state: inout State, _ until: Double) {
        // A timer that fires too early only asks again; one that fires too late would waste time.
        if let timer = state.timer, timer.until <= until { return }
        cancelTimer(&state)
        let number = Self.nextNumber(&state)
        // There is a timer only while somebody waits, so that it never keeps an idle gate alive.
        let task = Task {
            do {
                try await clock.sleep(until: until)
            } catch {
                return
            }
            timerFired(number)
        }
        state.timer = Timer(number: number, until: until, task: task)
    }

    private func cancelTimer(_ state: inout State) {
        state.timer?.task.cancel()
        state.timer = nil
    }
}
