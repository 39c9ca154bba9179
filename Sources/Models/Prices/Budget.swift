public import Evals
import Synchronization

/// The most that a run may spend, kept by reserving the worst case of every call before it is made.
///
/// What is spent and what is reserved never exceed the cap together, as long as no call costs more than its worst
/// case. Most calls cost far less than that, so a call that does not fit waits for those in flight, in order of
/// arrival, and is refused only when it does not fit with nothing in flight. So a run makes the calls that it would
/// make one after the other, whatever its concurrency. The first refusal is final: later calls are refused too, even
/// cheap ones that would still fit.
public final class Budget: Sendable {
    /// The right to make one call.
    public struct Reservation: Sendable, Hashable {
        fileprivate let id: Int
        /// What the call may cost.
        public let worst: Money
    }

    /// What has become of a budget.
    public struct Totals: Sendable, Hashable {
        /// What calls that ended have cost; their worst case where the cost is unknown.
        public var spent = Money.zero
        /// The worst case of the calls in flight.
        public var reserved = Money.zero

        /// Creates totals.
        public init(spent: Money = .zero, reserved: Money = .zero) {
            self.spent = spent
            self.reserved = reserved
        }
    }

    private typealias Continuation = CheckedContinuation<Result<Reservation, EvaluationError>, Never>

    private struct Waiter {
        let worst: Money
        let continuation: Continuation
    }

    private struct State {
        var totals = Totals()
        var open: [Int: Money] = [:]
        var line = WaitingLine<Waiter>()
        var next = 0
        var refusal: (totals: Totals, worst: Money)?
    }

    /// The most that may be spent.
    public let cap: Money
    private let state = Mutex(State())

    /// Creates a budget of which nothing is spent.
    public init(cap: Money) { self.cap = cap }

    /// What is spent and reserved at the moment.
    public var totals: Totals { state.withLock { $0.totals } }

    /// Whether a call was refused.
    public var isExhausted: Bool { state.withLock { $0.refusal != nil } }

    /// Calls that wait until those in flight have ended.
    public var waiting: Int { state.withLock { $0.line.count } }

    /// Reserves what a call may cost; waits while it does not fit beside the calls in flight.
    ///
    /// Each reservation must be settled, else those who wait do so for ever.
    /// - Throws: `budget` when the call does not fit with nothing in flight, and for every call after that;
    ///   `interrupted` when the task is cancelled while it waits.
    public func reserve(_ worst: Money) async throws(EvaluationError) -> Reservation {
        let worst = max(worst, .zero)
        let number = state.withLock { Self.nextNumber(&$0) }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: Continuation) in
                update { state in
                    // A cancellation before this moment found nobody in line; a later one waits for the lock.
                    guard !Task.isCancelled else { return [(continuation, .failure(Self.interruption))] }
                    state.line.append(Waiter(worst: worst, continuation: continuation), as: number)
                    return []
                }
            }
        } onCancel: {
            update { state in
                state.line.remove(number).map { [($0.continuation, .failure(Self.interruption))] } ?? []
            }
        }
        return try result.get()
    }

    /// Reserves what a call may cost beside calls that all begin together; nil, for good, when it does not fit.
    public func reserveAtOnce(_ worst: Money) -> Reservation? {
        let worst = max(worst, .zero)
        return state.withLock { state in
            guard state.refusal == nil else { return nil }
            let wanted = state.totals.spent + state.totals.reserved + worst
            guard wanted <= cap, wanted.picoUSD < .max else {
                state.refusal = (state.totals, worst)
                return nil
            }
            let number = Self.nextNumber(&state)
            state.totals.reserved = state.totals.reserved + worst
            state.open[number] = worst
            return Reservation(id: number, worst: worst)
        }
    }

    /// Ends a call: its cost takes the place of its worst case; settling once more changes nothing.
    ///
    /// - Parameter actual: What the call cost; nil when that is unknown, which counts as the worst case. A call that
    ///   was never made cost zero.
    public func settle(_ reservation: Reservation, actual: Money?) {
        update { state in
            guard let worst = state.open.removeValue(forKey: reservation.id) else { return [] }
            state.totals.reserved = Money(picoUSD: state.totals.reserved.picoUSD - worst.picoUSD)
            state.totals.spent = state.totals.spent + max(actual ?? worst, .zero)
            return []
        }
    }

    /// Counts what was spent before this budget, such as in the part of a run that is resumed.
    public func charge(_ spent: Money) {
        state.withLock { $0.totals.spent = $0.totals.spent + max(spent, .zero) }
    }

    /// Why calls are refused: the cap, what was spent, and what the first refused call might have cost.
    public var refusal: EvaluationError { state.withLock { refusal($0) } }
}

extension Budget {
    private static var interruption: EvaluationError {
        EvaluationError(
            .interrupted,
            "the run was interrupted while the call waited for others to leave some of the budget",
            hint: "run again")
    }

    private static func nextNumber(_ state: inout State) -> Int {
        state.next += 1
        return state.next
    }

    private func refusal(_ state: State) -> EvaluationError {
        let totals = state.refusal?.totals ?? state.totals
        let next = state.refusal.map { ", and the next call may cost $\($0.worst.text)" } ?? ""
        return EvaluationError(
            .budget, "the budget of $\(cap.text) is used up: $\(totals.spent.text) spent\(next)",
            hint: "raise --max-usd, or select less")
    }

    /// Changes the state, lets in whom it lets in, and resumes further calls, which must be in line no more.
    private func update(
        _ body: (inout State) -> [(Continuation, Result<Reservation, EvaluationError>)]
    ) {
        let wakings = state.withLock { state in
            var wakings = body(&state)
            letIn(&state, &wakings)
            return wakings
        }
        // Nothing of others runs under the lock.
        for (continuation, result) in wakings { continuation.resume(returning: result) }
    }

    private func letIn(
        _ state: inout State, _ wakings: inout [(Continuation, Result<Reservation, EvaluationError>)]
    ) {
        while state.refusal == nil, let (number, waiter) = state.line.first() {
            let wanted = state.totals.spent + state.totals.reserved + waiter.worst
            if wanted <= cap, wanted.picoUSD < .max {
                _ = state.line.remove(number)
                state.totals.reserved = state.totals.reserved + waiter.worst
                state.open[number] = waiter.worst
                wakings.append((waiter.continuation, .success(Reservation(id: number, worst: waiter.worst))))
            } else if state.open.isEmpty {
                state.refusal = (state.totals, waiter.worst)
            } else {
                return
            }
        }
        guard state.refusal != nil else { return }
        let refusal = refusal(state)
        wakings += state.line.removeAll().map { ($0.continuation, .failure(refusal)) }
    }
}
