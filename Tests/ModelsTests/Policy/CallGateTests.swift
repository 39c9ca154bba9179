import Evals
import Models
import Synchronization
import Testing

// The limit is against waiting for ever; beside tests that run programs a single turn may take seconds.
@Suite("Call gate", .timeLimit(.minutes(20)))
struct CallGateTests {
    private let clock = ManualCallClock()
    private static let down = CallFailure(.unavailable, "status 503")

    private func gate(_ limits: RateLimits, threshold: Int = 3) -> CallGate {
        CallGate(provider: "p", limits: limits, breaker: Breaker(threshold: threshold), clock: clock)
    }

    /// What tasks note down, in order.
    private final class Notes: Sendable {
        let entered = Mutex<[Int]>([])
        let flying = Mutex((now: 0, most: 0))
    }

    /// A task that enters and keeps what came of it.
    private func entering(_ gate: CallGate, tokens: Int = 1) -> Task<
        Result<CallTicket, EvaluationError>, Never
    > {
        Task {
            do throws(EvaluationError) {
                return .success(try await gate.enter(estimatedTokens: tokens))
            } catch {
                return .failure(error)
            }
        }
    }

    private func kind(_ result: Result<some Sendable, EvaluationError>) -> EvaluationError.Kind? {
        if case .failure(let error) = result { error.kind } else { nil }
    }

    @Test("A free place is taken at once")
    func free() async throws {
        let gate = gate(RateLimits(concurrency: 2))
        _ = try await gate.enter(estimatedTokens: 1)
        _ = try await gate.enter(estimatedTokens: 1)
        #expect(gate.waiting == 0)
        #expect(clock.sleepsBegun == 0)
    }

    @Test("Who waits longest goes first, when a place gets free")
    func order() async throws {
        let gate = gate(RateLimits(concurrency: 1))
        var ticket = try await gate.enter(estimatedTokens: 1)
        let notes = Notes()
        var tasks: [Task<CallTicket, any Error>] = []
        for index in 0..<100 {
            tasks.append(
                Task {
                    let ticket = try await gate.enter(estimatedTokens: 1)
                    notes.entered.withLock { $0.append(index) }
                    return ticket
                })
            await until { gate.waiting == index + 1 }
        }
        for task in tasks {
            gate.leave(ticket)
            ticket = try await task.value
        }
        #expect(notes.entered.withLock { $0 } == Array(0..<100))
        #expect(gate.waiting == 0)
        #expect(clock.sleepsBegun == 0)
    }

    @Test("Who comes again goes before those that have not begun, also when it is given up while it waits")
    func returning() async throws {
        let gate = gate(RateLimits(concurrency: 1))
        var ticket = try await gate.enter(estimatedTokens: 1)
        let notes = Notes()
        var tasks: [Task<CallTicket, any Error>] = []
        for index in 0..<60 {
            tasks.append(
                Task {
                    let ticket = try await gate.enter(estimatedTokens: 1, isReturning: index % 3 == 0)
                    notes.entered.withLock { $0.append(index) }
                    return ticket
                })
            await until { gate.waiting == index + 1 }
        }
        tasks[3].cancel()
        tasks[4].cancel()
        await until { gate.waiting == 58 }
        let again = (0..<60).filter { $0 % 3 == 0 && $0 != 3 }
        let order = again + (0..<60).filter { $0 % 3 != 0 && $0 != 4 }
        for index in order {
            gate.leave(ticket)
            ticket = try await tasks[index].value
        }
        #expect(notes.entered.withLock { $0 } == order)
        #expect(gate.waiting == 0)
    }

    @Test("A wait for the rate has one timer, whatever the number of calls")
    func rate() async throws {
        let gate = gate(RateLimits(concurrency: 100, requestsPerMinute: 60))
        _ = try await gate.enter(estimatedTokens: 1)
        let tasks = (0..<50).map { _ in entering(gate) }
        await until { gate.waiting == 50 && clock.alarms == [1001] }
        for left in (0..<50).reversed() {
            let alarm = try #require(clock.alarms.first)
            #expect(clock.alarms.count == 1)
            clock.advance(to: alarm)
            await until { gate.waiting == left && (left == 0 || clock.alarms.first ?? 0 > alarm) }
        }
        for task in tasks { #expect(kind(await task.value) == nil) }
        #expect(clock.now() == 1050)
        #expect(clock.alarms.isEmpty)
    }

    @Test("When tokens are given back, a timer that is too late gives way to an earlier one")
    func earlierTimer() async throws {
        let gate = gate(RateLimits(tokensPerMinute: 6000))
        let ticket = try await gate.enter(estimatedTokens: 1000)
        let task = entering(gate, tokens: 100)
        await until { clock.alarms == [1010] }
        gate.leave(ticket, actualTokens: 500)
        await until { clock.alarms == [1005] }
        clock.advance(to: 1005)
        #expect(kind(await task.value) == nil)
    }

    @Test("A 429 with a pause holds back everyone until it is over")
    func pause() async throws {
        let gate = gate(RateLimits(concurrency: 8))
        let ticket = try await gate.enter(estimatedTokens: 1)
        gate.leave(ticket, failure: CallFailure(.rateLimited, "slow down", retryAfter: 7))
        #expect(gate.concurrency == 4)
        let tasks = (0..<4).map { _ in entering(gate) }
        await until { gate.waiting == 4 && clock.alarms == [1007] }
        clock.advance(to: 1006.9)
        #expect(gate.waiting == 4)
        clock.advance(to: 1007)
        for task in tasks { #expect(kind(await task.value) == nil) }
    }

    @Test("A cancelled call leaves the line, and the next one moves up")
    func cancelled() async throws {
        let gate = gate(RateLimits(concurrency: 2, tokensPerMinute: 6000))
        let ticket = try await gate.enter(estimatedTokens: 50)
        let large = entering(gate, tokens: 100)
        await until { gate.waiting == 1 }
        let small = entering(gate, tokens: 10)
        await until { gate.waiting == 2 }
        large.cancel()
        #expect(kind(await large.value) == .interrupted)
        #expect(kind(await small.value) == nil)
        #expect(gate.waiting == 0)
        await until { clock.alarms.isEmpty }
        gate.abandon(ticket)
    }

    @Test("A task that is cancelled already gets no place")
    func cancelledBefore() async throws {
        let gate = gate(RateLimits(concurrency: 1))
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            let entered = await entering(gate, cancelled: true)
            let slept = await sleeping(gate, 5, cancelled: true)
            return (entered, slept)
        }
        let (entered, slept) = await task.value
        #expect(entered == .interrupted)
        #expect(slept == .interrupted)
        _ = try await gate.enter(estimatedTokens: 1)
    }

    private func entering(_ gate: CallGate, cancelled: Bool) async -> EvaluationError.Kind? {
        do throws(EvaluationError) {
            _ = try await gate.enter(estimatedTokens: 1)
            return nil
        } catch {
            return error.kind
        }
    }

    private func sleeping(_ gate: CallGate, _ seconds: Double, cancelled: Bool = false) async
        -> EvaluationError.Kind?
    {
        do throws(EvaluationError) {
            try await gate.sleep(seconds: seconds)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(
        "When the breaker opens, everyone who waits for a place or sleeps is given up, and nobody enters any more"
    )
    func breaker() async throws {
        let gate = gate(RateLimits(concurrency: 1))
        let ticket = try await gate.enter(estimatedTokens: 1)
        let waiting = (0..<20).map { _ in entering(gate) }
        let sleepers = (0..<20).map { _ in Task { await sleeping(gate, 3600) } }
        await until { gate.waiting == 20 && clock.alarms.count == 20 }
        #expect(gate.refusal == nil)
        for _ in 0..<3 { gate.record(.callFailed(Self.down)) }
        for task in waiting { #expect(kind(await task.value) == .breaker) }
        for task in sleepers { #expect(await task.value == .breaker) }
        #expect(gate.refusal?.kind == .breaker)
        #expect(gate.refusal?.message.contains("'p'") == true)
        gate.leave(ticket)
        #expect(kind(await entering(gate).value) == .breaker)
        #expect(await sleeping(gate, 0) == .breaker)
        #expect(clock.now() == 1000)
        #expect(clock.alarms.isEmpty)
    }

    @Test("A pause ends at its time, or when the task is cancelled")
    func sleep() async {
        let gate = gate(RateLimits())
        let patient = Task { await sleeping(gate, 5) }
        let impatient = Task { await sleeping(gate, 500) }
        await until { clock.alarms == [1005, 1500] }
        impatient.cancel()
        #expect(await impatient.value == .interrupted)
        clock.advance(to: 1005)
        #expect(await patient.value == nil)
        #expect(await sleeping(gate, 0) == nil)
        #expect(await sleeping(gate, -1) == nil)
    }

    @Test("Thousands of calls pass in any order of endings, cancellations and failures, and each ends once")
    func crowd() async throws {
        let gate = gate(RateLimits(concurrency: 50), threshold: 0)
        let notes = Notes()
        let outcomes = await withTaskGroup(of: EvaluationError.Kind?.self) { group in
            for index in 0..<5000 {
                group.addTask {
                    let task = Task { () -> EvaluationError.Kind? in
                        do throws(EvaluationError) {
                            let ticket = try await gate.enter(estimatedTokens: index)
                            notes.flying.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
                            await Task.yield()
                            notes.flying.withLock { $0.now -= 1 }
                            switch index % 3 {
                            case 0: gate.leave(ticket, actualTokens: 1)
                            case 1: gate.leave(ticket, failure: CallFailure(.rateLimited, "slow down"))
                            default: gate.abandon(ticket)
                            }
                            return nil
                        } catch {
                            return error.kind
                        }
                    }
                    if index % 5 == 0 { task.cancel() }
                    return await task.value
                }
            }
            return await group.reduce(into: [EvaluationError.Kind?]()) { $0.append($1) }
        }
        #expect(outcomes.count == 5000)
        #expect(outcomes.allSatisfy { $0 == nil || $0 == .interrupted })
        #expect(outcomes.count { $0 == nil } >= 4000)
        #expect(notes.flying.withLock { $0.now } == 0)
        #expect(notes.flying.withLock { $0.most } <= 50)
        #expect(gate.waiting == 0)
        // All places are free again.
        for _ in 0..<gate.concurrency { _ = try await gate.enter(estimatedTokens: 1) }
    }

    @Test("Without anybody waiting there is no timer, and nothing keeps the gate")
    func released() async throws {
        weak var released: CallGate?
        do {
            let gate = gate(RateLimits(requestsPerMinute: 60))
            released = gate
            _ = try await gate.enter(estimatedTokens: 1)
            let task = entering(gate)
            await until { clock.alarms.count == 1 }
            task.cancel()
            #expect(kind(await task.value) == .interrupted)
        }
        await until { clock.alarms.isEmpty && released == nil }
    }

    @Test("The system's clock goes on, knows the time of day, and wakes at once from the past")
    func systemClock() async throws {
        let clock = SystemCallClock()
        let first = clock.now()
        #expect(first >= 0)
        try await clock.sleep(until: first)
        try await clock.sleep(until: -.infinity)
        try await clock.sleep(until: .nan)
        #expect(clock.now() >= first)
        #expect(clock.wallTime() > 1_700_000_000)
        let forever = Task { try await clock.sleep(until: .infinity) }
        forever.cancel()
        await #expect(throws: CancellationError.self) { try await forever.value }
    }
}
