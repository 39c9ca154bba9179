public import HTTP

/// What the header fields of a response say about trying again.
public struct RetryAdvice: Sendable, Hashable {
    /// Seconds to wait at least, not negative; nil when nothing usable is said.
    public var retryAfter: Double?
    /// Whether to try again at all; nil when nothing is said.
    public var shouldRetry: Bool?

    /// Reads `retry-after-ms`, `Retry-After` and `x-should-retry`; nonsense counts as nothing.
    ///
    /// `retry-after-ms` wins, being the finer of the two. A `Retry-After` with a date is taken relative to the
    /// response's own `Date`, so that a clock of ours that is wrong, or is set in the middle of a run, does no harm.
    /// Without one it is taken relative to `now`, and a date more than a day ahead is ignored then: it tells more
    /// of clocks than of the provider. A date in the past means no wait.
    /// - Parameter now: The present in Unix seconds.
    public init(headers: HeaderFields, now: Double) {
        retryAfter =
            headers["retry-after-ms"].flatMap { DecimalText.value($0) }.map { $0 / 1000 }
            ?? headers["Retry-After"].flatMap { Self.seconds($0, headers: headers, now: now) }
        switch headers["x-should-retry"]?.lowercased() {
        case "true": shouldRetry = true
        case "false": shouldRetry = false
        default: shouldRetry = nil
        }
    }

    private static func seconds(_ text: String, headers: HeaderFields, now: Double) -> Double? {
        if let seconds = DecimalText.value(text) { return seconds }
        guard let date = HTTPDate.unixSeconds(text, now: now) else { return nil }
        if let sent = headers["Date"].flatMap({ HTTPDate.unixSeconds($0, now: now) }) {
            return max(0, date - sent)
        }
        let wait = date - now
        return wait > 86_400 ? nil : max(0, wait)
    }
}

extension CallFailure {
    /// Takes over what the header fields of the response say about trying again.
    ///
    /// What the body said (`retryAfter` of a Gemini error) stays unless a header says something usable.
    /// - Parameter now: The present in Unix seconds.
    public mutating func takeAdvice(from headers: HeaderFields, now: Double) {
        let advice = RetryAdvice(headers: headers, now: now)
        retryAfter = advice.retryAfter ?? retryAfter
        shouldRetry = advice.shouldRetry ?? shouldRetry
    }
}
