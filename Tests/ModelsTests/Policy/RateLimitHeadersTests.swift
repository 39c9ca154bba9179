import HTTP
@testable import Models
import Testing

@Suite("Rate limit headers")
struct RateLimitHeadersTests {
    /// 2026-11-21T10:00:00Z.
    static let now = 1_795_255_200.0

    @Test("OpenAI's fields")
    func openAI() {
        let headers: HeaderFields = [
            "x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "200000",
            "x-ratelimit-remaining-requests": "499", "x-ratelimit-remaining-tokens": "0",
            "x-ratelimit-reset-requests": "120ms", "X-RateLimit-Reset-Tokens": "6m0s",
        ]
        #expect(
            RateLimitHeaders(headers: headers, now: Self.now)
                == RateLimitHeaders(
                    requestsRemaining: 499, tokensRemaining: 0, requestsReset: 0.12, tokensReset: 360))
    }

    @Test("Anthropic's fields: of input, output and all tokens, the tightest counts")
    func anthropic() {
        let headers: HeaderFields = [
            "anthropic-ratelimit-requests-limit": "50", "anthropic-ratelimit-requests-remaining": "49",
            "anthropic-ratelimit-requests-reset": "2026-11-21T10:00:01Z",
            "anthropic-ratelimit-tokens-remaining": "90000",
            "anthropic-ratelimit-tokens-reset": "2026-11-21T10:00:30Z",
            "anthropic-ratelimit-input-tokens-remaining": "80000",
            "anthropic-ratelimit-input-tokens-reset": "2026-11-21T10:00:20Z",
            "anthropic-ratelimit-output-tokens-remaining": "0",
            "anthropic-ratelimit-output-tokens-reset": "2026-11-21T10:00:12Z",
        ]
        #expect(
            RateLimitHeaders(headers: headers, now: Self.now)
                == RateLimitHeaders(
                    requestsRemaining: 49, tokensRemaining: 0, requestsReset: 1, tokensReset: 12))
    }

    @Test("A reset in the past is now, and the server's own clock counts")
    func clocks() {
        var headers: HeaderFields = [
            "anthropic-ratelimit-requests-remaining": "0",
            "anthropic-ratelimit-requests-reset": "2026-11-21T10:00:05Z",
        ]
        #expect(RateLimitHeaders(headers: headers, now: Self.now + 60)?.requestsReset == 0)
        headers.add("Date", "Sat, 21 Nov 2026 10:00:02 GMT")
        #expect(RateLimitHeaders(headers: headers, now: Self.now + 60)?.requestsReset == 3)
        #expect(RateLimitHeaders(headers: headers, now: 0)?.requestsReset == 3)
    }

    @Test(
        "Nonsense is ignored",
        arguments: [
            [:], ["x-ratelimit-remaining-requests": "-1"], ["x-ratelimit-remaining-tokens": "many"],
            ["x-ratelimit-remaining-requests": "+5"], ["x-ratelimit-remaining-requests": ""],
            ["x-ratelimit-remaining-requests": "99999999999999999999"],
            ["x-ratelimit-reset-requests": "soon"], ["x-ratelimit-reset-requests": "1795255200"],
            ["anthropic-ratelimit-requests-reset": "10s"], ["x-ratelimit-limit-requests": "500"],
        ] as [[String: String]])
    func nonsense(fields: [String: String]) {
        var headers = HeaderFields()
        for (name, value) in fields { headers.add(name, value) }
        #expect(RateLimitHeaders(headers: headers, now: Self.now) == nil)
    }

    @Test("Azure writes resets as plain seconds")
    func azure() {
        let headers: HeaderFields = ["x-ratelimit-reset-tokens": "55", "x-ratelimit-remaining-tokens": "0"]
        #expect(
            RateLimitHeaders(headers: headers, now: 0)
                == RateLimitHeaders(tokensRemaining: 0, tokensReset: 55))
    }

    @Test(
        "Durations of Go",
        arguments: [
            ("0", 0), ("0s", 0), ("12ms", 0.012), ("6m0s", 360), ("1h2m3.5s", 3723.5), ("1.5h", 5400),
            ("500us", 0.0005), ("500µs", 0.0005), ("500μs", 0.0005), ("1s1s", 2), ("", nil), ("5", nil),
            ("s", nil), ("5 s", nil), ("-5s", nil), ("5d", nil), ("5s!", nil), (".s", nil), ("1..5s", nil),
            ("5m3", nil),
        ] as [(String, Double?)])
    func durations(text: String, seconds: Double?) throws {
        let value = GoDuration.seconds(text)
        #expect((value == nil) == (seconds == nil))
        if let value, let seconds { #expect(abs(value - seconds) < 1e-9) }
    }
}
