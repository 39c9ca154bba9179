import Diagnostics
public import Evals

/// Gives a provider up for the rest of a run after too many failures in a row.
///
/// What counts is the *call* that is lost after all its attempts, not each attempt: after a hiccup of a second, 32
/// calls in flight would report 32 failures in a row, although their next attempts succeed, and the same holds for a
/// burst of 429. A dead provider loses its first calls after three attempts and about three seconds of pauses.
///
/// Once a call was lost, and until the next success, failed attempts count too (a 429 still does not: a provider that
/// sends it is alive). Then there is little doubt left, and one call after the other, each with three attempts of ten
/// seconds against a host that does not answer, would take minutes to prove it.
///
/// Failures that are no trouble of provider or network (`CallFailure.Kind.isInfrastructure`) neither count nor reset
/// the count.
public struct Breaker: Sendable {
    /// How an attempt ended.
    public enum Outcome: Sendable {
        /// With a reply.
        case answered
        /// With a failure after which the call is tried again.
        case attemptFailed(CallFailure)
        /// With a failure that the call ends with.
        case callFailed(CallFailure)
    }

    /// Failures in a row that open the breaker; 0: it never opens.
    public let threshold: Int
    /// The failures counted since the last success.
    public private(set) var failures = 0
    /// The last failure that counted.
    public private(set) var lastFailure: CallFailure?
    /// True once the provider is given up; nothing closes it again.
    public private(set) var isOpen = false

    /// Creates a closed breaker.
    public init(threshold: Int = 10) { self.threshold = max(0, threshold) }

    /// Notes how an attempt ended.
    public mutating func record(_ outcome: Outcome) {
        guard !isOpen else { return }
        switch outcome {
        case .answered:
            failures = 0
            lastFailure = nil
        case .attemptFailed(let failure):
            if failures > 0, failure.kind != .rateLimited { count(failure) }
        case .callFailed(let failure):
            count(failure)
        }
    }

    /// Why calls are refused once the breaker is open.
    ///
    /// - Parameter provider: The provider's name.
    public func refusal(provider: String) -> EvaluationError {
        let times = failures == 1 ? "1 failure" : "\(failures) failures in a row"
        var message = "the provider '\(provider)' was given up for the rest of the run after \(times)"
        if let lastFailure {
            message += ", the last: \(TerminalText.excerpt(lastFailure.message, limit: 200))"
        }
        return EvaluationError(
            .breaker, message,
            hint: lastFailure?.hint ?? "see why the provider fails, then run again what failed")
    }

    private mutating func count(_ failure: CallFailure) {
        guard failure.kind.isInfrastructure else { return }
        failures += 1
        lastFailure = failure
        isOpen = threshold > 0 && failures >= threshold
    }
}
