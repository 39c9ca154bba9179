import JSON
import Models
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var kind: CallFailure.Kind
        var retryAfter: Double?
        var shouldRetry: Bool?
        var attempt = 1
        var random = 0.5
        var wait: Double?
        var testDescription: String {
            "\(kind), after \(retryAfter.map { "\($0)" } ?? "–"), should \(shouldRetry.map { "\($0)" } ?? "–"), "
                + "attempt \(attempt), random \(random): \(wait.map { "\($0) s" } ?? "gives up")"
        }
    }

    @Test(
        "The kind of failure, the attempt and chance decide",
        arguments: [
            Row(kind: .rateLimited, wait: 0.5), Row(kind: .unavailable, wait: 0.5),
            Row(kind: .connection, wait: 0.5), Row(kind: .timeout, wait: 0.5),
            Row(kind: .unreadable, wait: 0.5),
            Row(kind: .authentication), Row(kind: .quota), Row(kind: .unsupported), Row(kind: .rejected),
            // Full jitter: from nothing to the whole span, which doubles.
            Row(kind: .unavailable, random: 0, wait: 0), Row(kind: .unavailable, random: 0.75, wait: 0.75),
            Row(kind: .unavailable, attempt: 2, random: 0.75, wait: 1.5),
            Row(kind: .unavailable, attempt: 3), Row(kind: .unavailable, attempt: 4),
            // What the provider says wins over the kind, but never makes the hopeless be tried again.
            Row(kind: .rejected, shouldRetry: true, wait: 0.5), Row(kind: .rejected, shouldRetry: false),
            Row(kind: .unavailable, shouldRetry: false), Row(kind: .rateLimited, shouldRetry: false),
            Row(kind: .connection, shouldRetry: true, wait: 0.5),
            Row(kind: .authentication, shouldRetry: true), Row(kind: .quota, shouldRetry: true),
            Row(kind: .unsupported, shouldRetry: true),
            Row(kind: .rejected, shouldRetry: true, attempt: 3),
            // A pause that the provider asks for is the least, with up to a tenth and at most a second more.
            Row(kind: .rateLimited, retryAfter: 0, wait: 0.5),
            Row(kind: .rateLimited, retryAfter: 0.1, random: 0.5, wait: 0.5),
            Row(kind: .rateLimited, retryAfter: 4, random: 0, wait: 4),
            Row(kind: .rateLimited, retryAfter: 4, random: 0.5, wait: 4.2),
            Row(kind: .rateLimited, retryAfter: 50, random: 0.5, wait: 50.5),
            Row(kind: .unavailable, retryAfter: 60, random: 0, wait: 60),
            Row(kind: .unavailable, retryAfter: 60, attempt: 3),
            Row(kind: .quota, retryAfter: 1),
            Row(kind: .unavailable, retryAfter: -3, wait: 0.5),
            Row(kind: .unavailable, retryAfter: .nan, wait: 0.5),
        ])
    func decisions(_ row: Row) {
        let failure = CallFailure(
            row.kind, "trouble", retryAfter: row.retryAfter, shouldRetry: row.shouldRetry)
        let decision = RetryPolicy().decision(after: failure, attempt: row.attempt, random: row.random)
        #expect(decision == row.wait.map { .wait(seconds: $0) } ?? .giveUp(reason: nil))
    }

    @Test(
        "A pause that is too long ends the call with a sentence that names both numbers",
        arguments: [
            (3600.0, 60.0, "the provider asks for a pause of 3600 s, and max_wait_s allows 60 s"),
            (60.0004, 60.0, "the provider asks for a pause of 60.001 s, and max_wait_s allows 60 s"),
            (1.0, 0.5, "the provider asks for a pause of 1 s, and max_wait_s allows 0.5 s"),
        ])
    func tooLong(asked: Double, longest: Double, reason: String) {
        let policy = RetryPolicy(longestWait: longest)
        let failure = CallFailure(.rateLimited, "slow down", retryAfter: asked)
        for attempt in 1...3 {
            #expect(policy.decision(after: failure, attempt: attempt, random: 0.9) == .giveUp(reason: reason))
        }
    }

    @Test("Pauses double up to the cap, for any number of attempts")
    func cap() {
        let policy = RetryPolicy(attempts: 5000, base: 1, cap: 10)
        let failure = CallFailure(.timeout, "late")
        let spans = (1...4000).map { attempt -> Double in
            guard case .wait(let seconds) = policy.decision(after: failure, attempt: attempt, random: 0.5)
            else { return -1 }
            return seconds * 2
        }
        #expect(spans.prefix(6) == [1, 2, 4, 8, 10, 10])
        #expect(spans.allSatisfy { $0 > 0 && $0 <= 10 })
        let none = RetryPolicy(attempts: 5000, base: 0, cap: 10)
        #expect(none.decision(after: failure, attempt: 3000, random: 0.5) == .wait(seconds: 0))
    }

    @Test("Settings are read, and what is missing has its default")
    func settings() {
        #expect(RetryPolicy(settings: nil) == RetryPolicy(attempts: 3, base: 1, cap: 10, longestWait: 60))
        #expect(
            RetryPolicy(settings: ["attempts": 5, "base_s": 0.25, "cap_s": 4, "max_wait_s": 0])
                == RetryPolicy(attempts: 5, base: 0.25, cap: 4, longestWait: 0))
        #expect(RetryPolicy(settings: ["attempts": 1]).attempts == 1)
        let once = RetryPolicy(settings: ["attempts": 1])
        #expect(
            once.decision(after: CallFailure(.timeout, ""), attempt: 1, random: 0) == .giveUp(reason: nil))
    }
}
