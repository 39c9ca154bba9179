/// Whether a call may begin.
public enum Admission: Sendable, Hashable {
    /// Now; the ticket goes back with the call's end.
    case granted(CallTicket)
    /// Not before a time, at which to ask again.
    case wait(until: Double)
    /// Not before another call ends.
    case full
}

/// A call in flight, as the governor of its provider knows it.
public struct CallTicket: Sendable, Hashable {
    /// The tokens taken from the budget when the call began.
    public let estimatedTokens: Int
    /// How often the concurrency had been halved by then.
    let wave: Int
}

/// Decides when calls to one provider may begin: concurrency, requests and tokens per minute, pauses.
///
/// Knows no clock; times are seconds of a monotonic one, handed in.
///
/// **Rates.** Providers don't hand out a minute's quota in one piece: Anthropic fills a bucket without pause, OpenAI
/// cuts the quota into shorter spans, and both refuse 60 requests in the first second of a limit of 60 per minute.
/// So a budget holds one second's worth here, and one request at least. The strictest of them accept that, and a run
/// loses only its first second's head start. In any minute, at most the quota plus that burst begins; of tokens, at
/// most the quota plus the largest single estimate where that is more.
///
/// **Concurrency.** A 429 halves it, once for all calls that were in flight together: what a call of an older wave
/// reports was caused by the concurrency of then. After as many successes as the concurrency it grows by one, up to
/// the configured limit.
public struct RateGovernor: Sendable {
    /// The longest pause that a provider can impose on all calls, in seconds.
    public static let longestPause = 60.0

    /// The configured limits.
    public let limits: RateLimits
    /// Calls that may be in flight at present.
    public private(set) var concurrency: Int
    /// Calls in flight.
    public private(set) var inFlight = 0
    /// When the pause that the provider wanted ends; in the past when there is none.
    public private(set) var pausedUntil = -Double.infinity

    private var wave = 0
    private var successes = 0
    private var requests: TokenBucket?
    private var tokens: TokenBucket?

    /// Creates a governor with full budgets.
    public init(limits: RateLimits = RateLimits(), now: Double) {
        self.limits = limits
        concurrency = limits.concurrency
        requests = limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) }
        tokens = limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    }

    /// Asks for a call to begin; when it is granted, the budgets are charged.
    ///
    /// - Parameter estimatedTokens: The tokens of request and answer together, as far as they can be known before.
    public mutating func request(estimatedTokens: Int, now: Double) -> Admission {
        guard inFlight < concurrency else { return .full }
        requests?.refill(now: now)
        tokens?.refill(now: now)
        let estimate = max(0, estimatedTokens)
        let wait = max(
            pausedUntil - now, requests?.wait(for: 1) ?? 0, tokens?.wait(for: Double(estimate)) ?? 0)
        guard wait <= 0 else { return .wait(until: now + wait) }
        requests?.take(1)
        tokens?.take(Double(estimate))
        inFlight += 1
        return .granted(CallTicket(estimatedTokens: estimate, wave: wave))
    }

    /// Notes the end of a request: frees its place, corrects the budget of tokens, adapts the concurrency, and
    /// begins a pause when the provider wants one.
    ///
    /// - Parameters:
    ///   - actualTokens: The tokens used; nil when unknown, which leaves the estimate charged.
    ///   - failure: Why there was no reply; nil for a reply.
    ///   - headers: What the response said of the limits, at `now`.
    public mutating func finish(
        _ ticket: CallTicket, actualTokens: Int?, failure: CallFailure?, headers: RateLimitHeaders?,
        now: Double
    ) {
        inFlight = max(0, inFlight - 1)
        if let actualTokens {
            tokens?.refill(now: now)
            tokens?.take(Double(max(0, actualTokens)) - Double(ticket.estimatedTokens))
        }
        if let failure {
            if failure.kind == .rateLimited { backOff(ticket, failure, now) }
        } else {
            creepUp(ticket)
        }
        if let headers {
            if headers.requestsRemaining == 0 { pause(for: headers.requestsReset, now) }
            if headers.tokensRemaining == 0 { pause(for: headers.tokensReset, now) }
        }
    }

    /// Notes that a request was given up before it brought anything: frees its place and changes nothing else.
    ///
    /// Its tokens stay charged, since the provider may have counted them.
    public mutating func abandon(_ ticket: CallTicket) { inFlight = max(0, inFlight - 1) }

    private mutating func backOff(_ ticket: CallTicket, _ failure: CallFailure, _ now: Double) {
        pause(for: failure.retryAfter, now)
        successes = 0
        guard ticket.wave == wave else { return }
        concurrency = max(1, concurrency / 2)
        wave += 1
    }

    private mutating func creepUp(_ ticket: CallTicket) {
        // A success of an older wave says nothing about the concurrency of now.
        guard concurrency < limits.concurrency, ticket.wave == wave else { return }
        successes += 1
        guard successes >= concurrency else { return }
        concurrency += 1
        successes = 0
    }

    private mutating func pause(for seconds: Double?, _ now: Double) {
        guard let seconds, seconds > 0 else { return }
        pausedUntil = max(pausedUntil, now + min(seconds, Self.longestPause))
    }
}
