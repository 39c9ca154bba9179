import JSON
import Models
import Testing

@Suite("Rate governor")
struct RateGovernorTests {
    private func ticket(_ admission: Admission) -> CallTicket? {
        if case .granted(let ticket) = admission { ticket } else { nil }
    }

    private func start(_ governor: inout RateGovernor, _ count: Int, now: Double = 0) -> [CallTicket] {
        (0..<count).compactMap { _ in ticket(governor.request(estimatedTokens: 10, now: now)) }
    }

    private func finish(
        _ governor: inout RateGovernor, _ ticket: CallTicket, _ kind: CallFailure.Kind? = nil,
        retryAfter: Double? = nil, headers: RateLimitHeaders? = nil, now: Double = 0
    ) {
        governor.finish(
            ticket, actualTokens: nil,
            failure: kind.map { CallFailure($0, "trouble", retryAfter: retryAfter) }, headers: headers,
            now: now)
    }

    @Test("Settings are read, and what is missing has its default")
    func settings() {
        #expect(RateLimits(settings: nil) == RateLimits(concurrency: 32))
        #expect(
            RateLimits(settings: ["concurrency": 4, "rpm": 500, "tpm": 200_000])
                == RateLimits(concurrency: 4, requestsPerMinute: 500, tokensPerMinute: 200_000))
    }

    @Test("Calls beyond the concurrency wait for another to end")
    func concurrency() throws {
        var governor = RateGovernor(limits: RateLimits(concurrency: 2), now: 0)
        let tickets = start(&governor, 2)
        #expect(tickets.count == 2)
        #expect(governor.request(estimatedTokens: 0, now: 100) == .full)
        finish(&governor, tickets[0])
        #expect(ticket(governor.request(estimatedTokens: 0, now: 100)) != nil)
        governor.abandon(tickets[1])
        #expect(ticket(governor.request(estimatedTokens: 0, now: 100)) != nil)
    }

    @Test(
        "Requests are spread over the minute, with one second's worth at once",
        arguments: [(3, 1, 20.0), (60, 1, 1.0), (90, 1, 1.0 / 3), (600, 10, 0.1), (6000, 100, 0.01)])
    func requests(perMinute: Int, atOnce: Int, pause: Double) {
        var governor = RateGovernor(
            limits: RateLimits(concurrency: 1000, requestsPerMinute: perMinute), now: 50)
        var granted = 0
        while ticket(governor.request(estimatedTokens: 0, now: 50)) != nil { granted += 1 }
        #expect(granted == atOnce)
        guard case .wait(let until) = governor.request(estimatedTokens: 0, now: 50) else {
            Testing.Issue.record("no wait")
            return
        }
        #expect(abs(until - 50 - pause) < 1e-9)
        #expect(ticket(governor.request(estimatedTokens: 0, now: until)) != nil)
    }

    @Test("Tokens are charged by estimate and corrected by use")
    func tokens() {
        // 100 a second.
        var governor = RateGovernor(limits: RateLimits(tokensPerMinute: 6000), now: 0)
        let first = ticket(governor.request(estimatedTokens: 100, now: 0))
        #expect(governor.request(estimatedTokens: 50, now: 0) == .wait(until: 0.5))
        guard let first else { return }
        governor.finish(first, actualTokens: 40, failure: nil, headers: nil, now: 0)
        let second = ticket(governor.request(estimatedTokens: 50, now: 0))
        #expect(governor.request(estimatedTokens: 50, now: 0) == .wait(until: 0.4))
        guard let second else { return }
        governor.finish(second, actualTokens: 250, failure: nil, headers: nil, now: 0)
        #expect(governor.request(estimatedTokens: 50, now: 0) == .wait(until: 2.4))
    }

    @Test("A call larger than a second's worth goes when the budget is full, and the rest waits for it")
    func largeCall() {
        var governor = RateGovernor(limits: RateLimits(tokensPerMinute: 6000), now: 0)
        #expect(ticket(governor.request(estimatedTokens: 1000, now: 0)) != nil)
        #expect(governor.request(estimatedTokens: 1, now: 0) == .wait(until: 9.01))
        #expect(governor.request(estimatedTokens: 5000, now: 0) == .wait(until: 10))
    }

    @Test(
        "No number of tokens blocks the provider for more than about a minute",
        arguments: [Int.max, Int.min, 1 << 53])
    func absurdUse(tokens: Int) {
        var governor = RateGovernor(limits: RateLimits(tokensPerMinute: 6000), now: 0)
        guard let ticket = ticket(governor.request(estimatedTokens: 100, now: 0)) else { return }
        governor.finish(ticket, actualTokens: tokens, failure: nil, headers: nil, now: 0)
        switch governor.request(estimatedTokens: 100, now: 0) {
        case .granted: #expect(tokens < 0)
        case .wait(let until): #expect(until <= 61.1)
        case .full: Testing.Issue.record("full")
        }
        #expect(self.ticket(governor.request(estimatedTokens: tokens, now: 62)) != nil)
    }

    @Test("A wave of 429 halves the concurrency once, the next wave again, never below one")
    func halving() {
        var governor = RateGovernor(limits: RateLimits(concurrency: 8), now: 0)
        let first = start(&governor, 8)
        for ticket in first.prefix(5) { finish(&governor, ticket, .rateLimited) }
        #expect(governor.concurrency == 4)
        #expect(governor.inFlight == 3)
        let second = start(&governor, 8)
        #expect(second.count == 1)
        // What the first wave still reports changes nothing.
        for ticket in first.dropFirst(5) { finish(&governor, ticket, .rateLimited) }
        #expect(governor.concurrency == 4)
        for ticket in second { finish(&governor, ticket, .rateLimited) }
        #expect(governor.concurrency == 2)
        for _ in 0..<4 {
            for ticket in start(&governor, 1) { finish(&governor, ticket, .rateLimited) }
        }
        #expect(governor.concurrency == 1)
        #expect(start(&governor, 2).count == 1)
    }

    @Test("Other failures leave the concurrency alone", arguments: CallFailure.Kind.allCases)
    func otherFailures(kind: CallFailure.Kind) {
        var governor = RateGovernor(limits: RateLimits(concurrency: 8), now: 0)
        for ticket in start(&governor, 8) { finish(&governor, ticket, kind) }
        #expect(governor.concurrency == (kind == .rateLimited ? 4 : 8))
        #expect(governor.inFlight == 0)
    }

    @Test("After as many successes as the concurrency it grows by one, up to the limit")
    func creeping() {
        var governor = RateGovernor(limits: RateLimits(concurrency: 4), now: 0)
        let first = start(&governor, 4)
        finish(&governor, first[0], .rateLimited)
        #expect(governor.concurrency == 2)
        // Successes of the wave that was too large don't count.
        for ticket in first.dropFirst() { finish(&governor, ticket) }
        #expect(governor.concurrency == 2)
        var seen: [Int] = []
        for _ in 0..<8 {
            for ticket in start(&governor, 1) { finish(&governor, ticket) }
            seen.append(governor.concurrency)
        }
        #expect(seen == [2, 3, 3, 3, 4, 4, 4, 4])
    }

    @Test(
        "A provider that asks for a pause gets it, and a minute at most",
        arguments: [
            (.rateLimited, 7, nil, 107), (.rateLimited, 600, nil, 160), (.rateLimited, nil, nil, nil),
            (.rateLimited, 0, nil, nil), (.unavailable, 7, nil, nil),
            (nil, nil, RateLimitHeaders(requestsRemaining: 0, requestsReset: 3), 103),
            (nil, nil, RateLimitHeaders(tokensRemaining: 0, tokensReset: 360), 160),
            (nil, nil, RateLimitHeaders(requestsRemaining: 0), nil),
            (nil, nil, RateLimitHeaders(requestsRemaining: 1, requestsReset: 3), nil),
            (nil, nil, RateLimitHeaders(tokensRemaining: 0, requestsReset: 3), nil),
            (
                .rateLimited, 2,
                RateLimitHeaders(
                    requestsRemaining: 0, tokensRemaining: 0, requestsReset: 9, tokensReset: 5), 109
            ),
        ] as [(CallFailure.Kind?, Double?, RateLimitHeaders?, Double?)])
    func pauses(kind: CallFailure.Kind?, retryAfter: Double?, headers: RateLimitHeaders?, until: Double?) {
        var governor = RateGovernor(now: 0)
        for ticket in start(&governor, 1, now: 100) {
            finish(&governor, ticket, kind, retryAfter: retryAfter, headers: headers, now: 100)
        }
        let admission = governor.request(estimatedTokens: 1, now: 100)
        if let until {
            #expect(admission == .wait(until: until))
            #expect(ticket(governor.request(estimatedTokens: 1, now: until)) != nil)
        } else {
            #expect(ticket(admission) != nil)
        }
    }

    @Test("A later, shorter pause does not end an earlier one")
    func longestPauseWins() {
        var governor = RateGovernor(now: 0)
        let tickets = start(&governor, 2)
        finish(&governor, tickets[0], .rateLimited, retryAfter: 20)
        finish(&governor, tickets[1], .rateLimited, retryAfter: 5)
        #expect(governor.request(estimatedTokens: 1, now: 0) == .wait(until: 20))
    }

    /// A run in simulated time: `jobs` calls compete, each asks again when told to.
    private func simulate(
        seed: UInt64, limits: RateLimits, largest: Int, trouble: Double
    ) -> [(time: Double, tokens: Int)] {
        var numbers = SeededNumbers(seed: seed)
        var now = 1000.0
        var governor = RateGovernor(limits: limits, now: now)
        var flying: [(end: Double, ticket: CallTicket)] = []
        var grants: [(time: Double, tokens: Int)] = []
        var estimate = Int.random(in: 0...largest, using: &numbers)
        while grants.count < 2000 {
            var next = Double.infinity
            switch governor.request(estimatedTokens: estimate, now: now) {
            case .granted(let ticket):
                grants.append((now, estimate))
                flying.append((now + Double.random(in: 0...5, using: &numbers), ticket))
                estimate = Int.random(in: 0...largest, using: &numbers)
                next = now
            case .wait(let until):
                #expect(until > now)
                #expect(until <= now + 62)
                next = until
            case .full:
                #expect(!flying.isEmpty)
            }
            #expect(governor.inFlight == flying.count)
            #expect(governor.inFlight <= limits.concurrency)
            #expect((1...limits.concurrency).contains(governor.concurrency))
            next = min(next, flying.map(\.end).min() ?? .infinity)
            guard next.isFinite else { break }
            now = max(now, next)
            for call in flying where call.end <= now {
                let chance = Double.random(in: 0..<1, using: &numbers)
                // Never less than estimated, so that nothing is given back and the bound holds for estimates.
                governor.finish(
                    call.ticket, actualTokens: call.ticket.estimatedTokens + Int(chance * 10),
                    failure: chance < trouble
                        ? CallFailure(.rateLimited, "", retryAfter: chance < trouble / 4 ? 4 : nil) : nil,
                    headers: nil, now: now)
            }
            flying.removeAll { $0.end <= now }
        }
        return grants
    }

    @Test(
        "In no minute more than the quota and a burst begins, whatever happens",
        arguments: [
            (RateLimits(concurrency: 8, requestsPerMinute: 60), 100),
            (RateLimits(concurrency: 64, requestsPerMinute: 600), 100),
            (RateLimits(concurrency: 1000, requestsPerMinute: 3000, tokensPerMinute: 60_000), 50),
            (RateLimits(concurrency: 20, tokensPerMinute: 100_000), 5000),
            (RateLimits(concurrency: 500, requestsPerMinute: 7, tokensPerMinute: 10_000_000), 10),
            (RateLimits(concurrency: 3), 10),
        ], [(1 as UInt64, 0.0), (2, 0.0), (3, 0.1)])
    func minutes(_ load: (limits: RateLimits, largest: Int), _ chance: (seed: UInt64, trouble: Double)) {
        let grants = simulate(
            seed: chance.seed, limits: load.limits, largest: load.largest, trouble: chance.trouble)
        #expect(grants.count == 2000)
        let requestQuota = load.limits.requestsPerMinute.map { Double($0) + max(1, Double($0) / 60) }
        let tokenQuota = load.limits.tokensPerMinute.map { quota in
            Double(quota) + max(Double(quota) / 60, Double(load.largest))
        }
        var first = 0
        var tokens = 0
        for (index, grant) in grants.enumerated() {
            tokens += grant.tokens
            while grants[first].time < grant.time - 60 {
                tokens -= grants[first].tokens
                first += 1
            }
            if let requestQuota { #expect(Double(index - first + 1) <= requestQuota + 1e-3) }
            if let tokenQuota { #expect(Double(tokens) <= tokenQuota * (1 + 1e-6)) }
        }
    }

    @Test("The quota is really used: spread calls come close to it")
    func throughput() throws {
        let grants = simulate(
            seed: 9, limits: RateLimits(concurrency: 100, requestsPerMinute: 600), largest: 1, trouble: 0)
        let seconds = try #require(grants.last).time - 1000
        #expect(abs(seconds - 199) < 0.5)
    }
}
