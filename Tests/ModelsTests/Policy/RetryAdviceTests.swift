import HTTP
import Models
import Testing

@Suite("Advice to try again")
struct RetryAdviceTests {
    /// 1994-11-06T08:49:37Z.
    static let now = 784_111_777.0

    @Test(
        "Retry-After is read in seconds, in milliseconds and as a date",
        arguments: [
            (["Retry-After": "17"], 17), (["retry-after": "1.5"], 1.5), (["Retry-After": "0"], 0),
            (["Retry-After": "100000"], 100_000),
            (["retry-after-ms": "250"], 0.25), (["Retry-After-Ms": "1500.5", "Retry-After": "9"], 1.5005),
            (["retry-after-ms": "soon", "Retry-After": "9"], 9),
            (["Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT"], 30),
            (["Retry-After": "Sunday, 06-Nov-94 08:50:07 GMT"], 30),
            (["Retry-After": "Sun Nov  6 08:50:07 1994"], 30),
            // In the past: no wait, and never a negative one.
            (["Retry-After": "Sun, 06 Nov 1994 08:49:00 GMT"], 0),
            (["Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"], 0),
            // The clock of the server counts, whatever ours says.
            (
                ["Retry-After": "Fri, 20 Nov 2026 10:00:20 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"], 20
            ),
            (["Retry-After": "Fri, 20 Nov 2026 10:00:20 GMT", "Date": "yesterday"], nil),
            // Without it, a date beyond a day is taken for a clock that is wrong.
            (["Retry-After": "Mon, 07 Nov 1994 08:49:37 GMT"], 86_400),
            (["Retry-After": "Mon, 07 Nov 1994 08:49:38 GMT"], nil),
            (["Retry-After": "-5"], nil), (["Retry-After": "1e3"], nil), (["Retry-After": "nan"], nil),
            (["Retry-After": "inf"], nil), (["Retry-After": ""], nil), (["Retry-After": "5 s"], nil),
            (["Retry-After": "0x10"], nil), (["Retry-After": "."], nil), ([:], nil),
        ] as [([String: String], Double?)])
    func retryAfter(fields: [String: String], seconds: Double?) {
        #expect(RetryAdvice(headers: headers(fields), now: Self.now).retryAfter == seconds)
    }

    @Test(
        "x-should-retry is true, false or nothing",
        arguments: [
            ("true", true), ("True", true), ("false", false), ("FALSE", false), ("yes", nil), ("", nil),
            ("1", nil),
        ] as [(String, Bool?)])
    func shouldRetry(text: String, value: Bool?) {
        #expect(RetryAdvice(headers: ["x-should-retry": text], now: 0).shouldRetry == value)
    }

    @Test("What the body said stays unless a header says something usable")
    func precedence() {
        var failure = CallFailure(.rateLimited, "slow down", retryAfter: 17, shouldRetry: true)
        failure.takeAdvice(from: [:], now: Self.now)
        failure.takeAdvice(from: ["Retry-After": "later", "x-should-retry": "perhaps"], now: Self.now)
        #expect(failure.retryAfter == 17 && failure.shouldRetry == true)
        failure.takeAdvice(from: ["Retry-After": "3", "x-should-retry": "false"], now: Self.now)
        #expect(failure.retryAfter == 3 && failure.shouldRetry == false)
    }

    private func headers(_ fields: [String: String]) -> HeaderFields {
        var headers = HeaderFields()
        for (name, value) in fields { headers.add(name, value) }
        return headers
    }
}
