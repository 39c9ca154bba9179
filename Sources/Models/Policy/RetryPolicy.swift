public import JSON

/// What happens after a failed request.
public enum RetryDecision: Sendable, Hashable {
    /// The request is made again after a pause.
    case wait(seconds: Double)
    /// The call has failed; a reason is told when the failure itself does not say why nothing more is tried.
    case giveUp(reason: String?)
}

/// How often and how long a request is tried: exponential pauses with full jitter.
///
/// Knows neither clock nor random numbers: the same failure, attempt and number give the same decision.
public struct RetryPolicy: Sendable, Hashable {
    /// Requests in all, at least 1.
    public var attempts: Int
    /// The bound of the first pause, in seconds; it doubles with each further one.
    public var base: Double
    /// The bound of all pauses that the provider did not ask for, in seconds.
    public var cap: Double
    /// The longest pause that a provider may ask for, in seconds; a longer one ends the call.
    public var longestWait: Double

    /// Creates a policy.
    public init(attempts: Int = 3, base: Double = 1, cap: Double = 10, longestWait: Double = 60) {
        self.attempts = max(1, attempts)
        self.base = max(0, base)
        self.cap = max(0, cap)
        self.longestWait = max(0, longestWait)
    }

    /// Reads `{attempts, base_s, cap_s, max_wait_s}`, checked by the loader; what is missing has its default.
    public init(settings: JSONValue?) {
        let usual = RetryPolicy()
        self.init(
            attempts: settings?["attempts"]?.integer ?? usual.attempts,
            base: settings?["base_s"]?.double ?? usual.base,
            cap: settings?["cap_s"]?.double ?? usual.cap,
            longestWait: settings?["max_wait_s"]?.double ?? usual.longestWait)
    }

    /// What happens after a failure.
    ///
    /// The pause is drawn evenly from zero to `min(cap, base × 2^(attempt − 1))` ("full jitter"), so that calls
    /// which failed together do not come back together. A pause that the provider asks for is kept at least, plus up
    /// to a tenth of it (and at most a second), for the same reason.
    /// - Parameters:
    ///   - attempt: The number of the request that just failed, from 1.
    ///   - random: A random number in `0..<1`.
    public func decision(after failure: CallFailure, attempt: Int, random: Double) -> RetryDecision {
        guard Self.mayHelp(after: failure) else { return .giveUp(reason: nil) }
        let asked = failure.retryAfter.flatMap { $0 >= 0 ? $0 : nil }
        if let asked, asked > longestWait {
            return .giveUp(
                reason: "the provider asks for a pause of \(Self.text(asked)) s, "
                    + "and max_wait_s allows \(Self.text(longestWait)) s")
        }
        guard attempt < attempts else { return .giveUp(reason: nil) }
        let exponent = min(max(attempt - 1, 0), 1000)
        let backoff = random * min(cap, base * Double(sign: .plus, exponent: exponent, significand: 1))
        guard let asked else { return .wait(seconds: backoff) }
        return .wait(seconds: max(backoff, asked + random * min(1, asked / 10)))
    }

    /// Whether the same request may succeed later.
    private static func mayHelp(after failure: CallFailure) -> Bool {
        switch failure.kind {
        // A gateway in between may think otherwise, but another attempt changes neither key, nor account, nor request.
        case .authentication, .quota, .unsupported: false
        case .rateLimited, .unavailable, .connection, .timeout, .unreadable: failure.shouldRetry ?? true
        case .rejected: failure.shouldRetry ?? false
        }
    }

    /// Seconds without needless digits, never fewer than they are.
    private static func text(_ seconds: Double) -> String {
        let shown = (seconds * 1000).rounded(.up) / 1000
        return Int(exactly: shown).map { "\($0)" } ?? "\(shown)"
    }
}
