import Evals
import Models
import Testing

@Suite("Breaker")
struct BreakerTests {
    private static let down = CallFailure(.unavailable, "status 503: overloaded", status: 503)

    @Test(
        "Calls that are lost in a row open it",
        arguments: CallFailure.Kind.allCases)
    func lostCalls(kind: CallFailure.Kind) {
        var breaker = Breaker(threshold: 3)
        for count in 1...3 {
            #expect(!breaker.isOpen)
            breaker.record(.callFailed(CallFailure(kind, "trouble \(count)")))
        }
        #expect(breaker.isOpen == (kind != .unsupported && kind != .rejected))
    }

    @Test("A success resets the count, a refused request does not")
    func reset() {
        var breaker = Breaker(threshold: 3)
        breaker.record(.callFailed(Self.down))
        breaker.record(.callFailed(Self.down))
        breaker.record(.answered)
        breaker.record(.callFailed(Self.down))
        breaker.record(.callFailed(Self.down))
        #expect(!breaker.isOpen)
        breaker.record(.callFailed(CallFailure(.rejected, "no such model")))
        breaker.record(.callFailed(Self.down))
        #expect(breaker.isOpen)
    }

    @Test("A hiccup of all calls in flight does not open it, when their next attempts succeed")
    func hiccup() {
        var breaker = Breaker(threshold: 10)
        for _ in 0..<100 { breaker.record(.attemptFailed(Self.down)) }
        #expect(!breaker.isOpen && breaker.failures == 0)
        breaker.record(.answered)
        #expect(breaker.failures == 0)
    }

    @Test("Once a call is lost, attempts count too, but a 429 only when its call is lost")
    func attempts() {
        var breaker = Breaker(threshold: 4)
        breaker.record(.callFailed(Self.down))
        breaker.record(.attemptFailed(CallFailure(.rateLimited, "slow down")))
        #expect(breaker.failures == 1)
        breaker.record(.attemptFailed(Self.down))
        breaker.record(.attemptFailed(CallFailure(.timeout, "late")))
        #expect(!breaker.isOpen)
        breaker.record(.callFailed(CallFailure(.rateLimited, "slow down")))
        #expect(breaker.isOpen)
    }

    @Test("It stays open, and a threshold of 0 never opens it")
    func forGood() {
        var breaker = Breaker(threshold: 1)
        breaker.record(.callFailed(Self.down))
        breaker.record(.answered)
        #expect(breaker.isOpen)
        #expect(breaker.failures == 1)
        var off = Breaker(threshold: 0)
        for _ in 0..<1000 { off.record(.callFailed(Self.down)) }
        #expect(!off.isOpen)
    }

    @Test(
        "The refusal tells the provider, how many failures and the last one, cut and without control characters"
    )
    func refusal() {
        var breaker = Breaker(threshold: 2)
        breaker.record(.callFailed(CallFailure(.connection, "no route")))
        breaker.record(
            .callFailed(
                CallFailure(.unavailable, "status 503: \u{1b}[2J" + String(repeating: "x", count: 999))))
        let error = breaker.refusal(provider: "openai")
        #expect(error.kind == .breaker)
        #expect(
            error.message.hasPrefix(
                "the provider 'openai' was given up for the rest of the run after 2 failures in a row, "
                    + "the last: status 503: \\u{1b}[2Jxxx"))
        #expect(error.message.count < 320)
        #expect(error.hint == "see why the provider fails, then run again what failed")

        var quota = Breaker(threshold: 1)
        quota.record(.callFailed(CallFailure(.quota, "no money left", hint: "top up the account")))
        #expect(
            quota.refusal(provider: "p")
                == EvaluationError(
                    .breaker,
                    "the provider 'p' was given up for the rest of the run after 1 failure, the last: no money left",
                    hint: "top up the account"))
    }
}
