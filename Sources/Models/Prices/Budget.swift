public import Evals
import Synchronization

/// The most that a run may spend, kept by reserving the worst case of every call before it is made.
///
/// What is spent and what is reserved never exceed the cap together, as long as no call costs more than its worst
/// case. The first refusal is final: later calls are refused too, even cheap ones that would still fit, so that where
/// a run stops does not depend on which of the calls in flight ends first once it is there.
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

    private struct State {
        var totals = Totals()
        var open: [Int: Money] = [:]
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

    /// Reserves what a call may cost; nil when that would exceed the cap, and for every call after that.
    public func reserve(_ worst: Money) -> Reservation? {
        let worst = max(worst, .zero)
        return state.withLock { state in
            guard state.refusal == nil else { return nil }
            let wanted = state.totals.spent + state.totals.reserved + worst
            guard wanted <= cap, wanted.picoUSD < .max else {
                state.refusal = (state.totals, worst)
                return nil
            }
            state.totals.reserved = state.totals.reserved + worst
            state.open[state.next] = worst
            defer { state.next += 1 }
            return Reservation(id: state.next, worst: worst)
        }
    }

    /// Ends a call: its cost takes the place of its worst case; settling once more changes nothing.
    ///
    /// - Parameter actual: What the call cost; nil when that is unknown, which counts as the worst case. A call that
    ///   was never made cost zero.
    public func settle(_ reservation: Reservation, actual: Money?) {
        state.withLock { state in
            guard let worst = state.open.removeValue(forKey: reservation.id) else { return }
            state.totals.reserved = Money(picoUSD: state.totals.reserved.picoUSD - worst.picoUSD)
            state.totals.spent = state.totals.spent + max(actual ?? worst, .zero)
        }
    }

    /// Counts what was spent before this budget, such as in the part of a run that is resumed.
    public func charge(_ spent: Money) {
        state.withLock { $0.totals.spent = $0.totals.spent + max(spent, .zero) }
    }

    /// Why calls are refused: the cap, and what was spent and reserved when the first call was refused.
    public var refusal: EvaluationError {
        let (totals, worst) = state.withLock { state in
            (state.refusal?.totals ?? state.totals, state.refusal?.worst)
        }
        let next = worst.map { ", and the next call may cost $\($0.text)" } ?? ""
        return EvaluationError(
            .budget,
            "the budget of $\(cap.text) is used up: $\(totals.spent.text) spent, $\(totals.reserved.text) reserved "
                + "for calls in flight\(next)", hint: "raise --max-usd, or select less")
    }
}
