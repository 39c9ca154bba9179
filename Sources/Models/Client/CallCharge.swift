import Evals

/// What one call takes of the budget, attempt by attempt.
///
/// An attempt whose answer was lost may be charged by the provider, so it is settled at its worst case, and the next
/// one reserves a worst case of its own. While that waits for room the call holds none, so that no two calls wait for
/// each other.
struct CallCharge: Sendable {
    private let budget: Budget?
    private let worst: Money
    private var reservation: Budget.Reservation?
    /// Whether an attempt may have cost something that is not known.
    private(set) var hasLost = false

    /// Creates a charge that reserves nothing yet.
    ///
    /// - Parameters:
    ///   - budget: What may be spent; nil: anything.
    ///   - worst: The most that one attempt may cost.
    init(_ budget: Budget?, worst: Money) {
        self.budget = budget
        self.worst = worst
    }

    /// Reserves what an attempt may cost, unless that is done; waits and throws as `Budget.reserve` does.
    mutating func reserve() async throws(EvaluationError) {
        guard let budget, reservation == nil else { return }
        reservation = try await budget.reserve(worst)
    }

    /// Counts an attempt that may have cost, though no answer arrived.
    mutating func lose() {
        hasLost = true
        settle(nil)
    }

    /// Ends the attempt that is reserved, if any is: with its cost, or nil when that is unknown.
    mutating func settle(_ cost: Money?) {
        if let reservation { budget?.settle(reservation, actual: cost) }
        reservation = nil
    }
}
