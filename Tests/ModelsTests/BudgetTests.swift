import Evals
import Models
import Synchronization
import Testing

@Suite("The budget")
struct BudgetTests {
    private static func dollars(_ amount: Int64) -> Money { Money(picoUSD: amount * 1_000_000_000_000) }

    /// What has become of the calls of a test.
    private final class Ledger: Sendable {
        let calls = Mutex<(granted: [Int], open: [(Int, Budget.Reservation)], refused: Int)>(([], [], 0))
        var ended: Int { calls.withLock { $0.granted.count + $0.refused } }
    }

    /// The kind of the error that a call for so much gets; nil when it is granted, and then open for ever.
    private static func refusal(_ budget: Budget, _ worst: Money) async -> EvaluationError.Kind? {
        do throws(EvaluationError) {
            _ = try await budget.reserve(worst)
            return nil
        } catch {
            return error.kind
        }
    }

    /// Waits until as many calls stand in line.
    private static func wait(_ budget: Budget, for count: Int) async {
        while budget.waiting != count { await Task.yield() }
    }

    @Test("a call that does not fit waits for those in flight, and is refused for good when it never will")
    func steps() async throws {
        let budget = Budget(cap: Self.dollars(10))
        let first = try await budget.reserve(Self.dollars(6))
        let second = try await budget.reserve(Self.dollars(4))
        #expect(budget.totals == Budget.Totals(spent: .zero, reserved: Self.dollars(10)))
        let third = Task { try await budget.reserve(Self.dollars(5)) }
        await Self.wait(budget, for: 1)
        // It would fit, but who came first goes first.
        let fourth = Task { try await budget.reserve(.zero) }
        await Self.wait(budget, for: 2)
        budget.settle(first, actual: Self.dollars(1))
        budget.settle(first, actual: Self.dollars(5))
        let (held, free) = try await (third.value, fourth.value)
        #expect(budget.totals == Budget.Totals(spent: Self.dollars(1), reserved: Self.dollars(9)))
        // An unknown cost is the worst case, and a call settled twice is counted once.
        budget.settle(second, actual: nil)
        budget.settle(free, actual: .zero)
        let last = Task { await Self.refusal(budget, Self.dollars(6)) }
        await Self.wait(budget, for: 1)
        #expect(!budget.isExhausted)
        let behind = Task { await Self.refusal(budget, Self.dollars(1)) }
        await Self.wait(budget, for: 2)
        budget.settle(held, actual: .zero)
        #expect(await last.value == .budget)
        #expect(await behind.value == .budget)
        #expect(await Self.refusal(budget, .zero) == .budget)
        #expect(budget.isExhausted && budget.waiting == 0)
        #expect(budget.totals == Budget.Totals(spent: Self.dollars(5), reserved: .zero))
        #expect(
            budget.refusal.message
                == "the budget of $10 is used up: $5 spent, and the next call may cost $6")
    }

    @Test(
        "the cap itself may be reached, by calls before this run too",
        arguments: [
            (10, 0, 10, true), (10, 0, 11, false), (0, 0, 0, true), (10, 4, 6, true), (10, 4, 7, false),
            (10, 11, 0, false),
        ])
    func edge(cap: Int64, before: Int64, worst: Int64, isGranted: Bool) async {
        let budget = Budget(cap: Self.dollars(cap))
        budget.charge(Self.dollars(before))
        #expect(await Self.refusal(budget, Self.dollars(worst)) == (isGranted ? nil : .budget))
    }

    @Test("amounts beyond counting are refused, and no cost is below zero")
    func extremes() async throws {
        let budget = Budget(cap: Money(picoUSD: .max))
        let huge = try await budget.reserve(Money(picoUSD: .max - 1))
        budget.settle(huge, actual: nil)
        #expect(await Self.refusal(budget, Money(picoUSD: 5)) == .budget)
        let other = Budget(cap: Self.dollars(1))
        let call = try await other.reserve(Self.dollars(-3))
        other.settle(call, actual: Self.dollars(-5))
        #expect(other.totals == Budget.Totals())
    }

    @Test("a call that is cancelled while it waits leaves the line, and those behind it go on")
    func cancellation() async throws {
        let budget = Budget(cap: Self.dollars(10))
        let first = try await budget.reserve(Self.dollars(6))
        let second = Task { await Self.refusal(budget, Self.dollars(7)) }
        await Self.wait(budget, for: 1)
        let third = Task { await Self.refusal(budget, Self.dollars(4)) }
        await Self.wait(budget, for: 2)
        second.cancel()
        #expect(await second.value == .interrupted)
        #expect(await third.value == nil)
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return await Self.refusal(budget, .zero)
        }
        late.cancel()
        #expect(await late.value == .interrupted)
        budget.settle(first, actual: .zero)
        #expect(!budget.isExhausted && budget.totals.reserved == Self.dollars(4))
    }

    @Test(
        "whatever is in flight together, those calls are made that would be made one after the other",
        arguments: 1...40 as ClosedRange<UInt64>)
    func sequence(seed: UInt64) async {
        var numbers = SeededNumbers(seed: seed)
        let calls = (0..<60).map { _ in
            let worst = Int64.random(in: 0...100, using: &numbers)
            return (worst: worst, actual: Int64.random(in: 0...worst, using: &numbers))
        }
        let cap = Int64.random(in: 0...3_000, using: &numbers)
        var (expected, spent) = ([Int](), Int64(0))
        for (index, call) in calls.enumerated() {
            guard spent + call.worst <= cap else { break }
            spent += call.actual
            expected.append(index)
        }
        let budget = Budget(cap: Money(picoUSD: cap))
        let ledger = Ledger()
        var overshoots = 0
        func settleOne() {
            let choice = numbers.next()
            let settled = ledger.calls.withLock { state -> (Int, Budget.Reservation)? in
                guard !state.open.isEmpty else { return nil }
                return state.open.remove(at: Int(choice % UInt64(state.open.count)))
            }
            if let (index, call) = settled {
                budget.settle(call, actual: Money(picoUSD: calls[index].actual))
            }
        }
        let limit = Int.random(in: 1...30, using: &numbers)
        await withTaskGroup { group in
            for (index, call) in calls.enumerated() {
                group.addTask {
                    do throws(EvaluationError) {
                        let reservation = try await budget.reserve(Money(picoUSD: call.worst))
                        ledger.calls.withLock {
                            $0.granted.append(index)
                            $0.open.append((index, reservation))
                        }
                    } catch {
                        ledger.calls.withLock { $0.refused += 1 }
                    }
                }
                // The order of arrival is the order of the calls.
                while ledger.ended + budget.waiting != index + 1 {
                    await Task.yield()
                }
                let totals = budget.totals
                if totals.spent + totals.reserved > budget.cap { overshoots += 1 }
                while ledger.calls.withLock({ $0.open.count }) + budget.waiting >= limit {
                    settleOne()
                    await Task.yield()
                }
            }
            while ledger.ended < calls.count || ledger.calls.withLock({ !$0.open.isEmpty }) {
                settleOne()
                await Task.yield()
            }
        }
        #expect(overshoots == 0)
        #expect(ledger.calls.withLock { $0.granted.sorted() } == expected)
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: spent), reserved: .zero))
        #expect(budget.isExhausted == (expected.count < calls.count))
    }

    @Test("under concurrency nothing is overspent, lost or forgotten", arguments: [1, 7, 64] as [UInt64])
    func concurrency(seed: UInt64) async {
        let cap = Money(picoUSD: 1_000_000)
        let budget = Budget(cap: cap)
        let (granted, ended, overshoots) = await withTaskGroup(of: (Int64, Int, Int).self) { group in
            for task in 0..<400 {
                group.addTask {
                    var numbers = SeededNumbers(seed: seed &* 1_000 &+ UInt64(task))
                    var (granted, ended, overshoots) = (Int64(0), 0, 0)
                    for _ in 0..<20 {
                        let worst = Int64.random(in: 0...1_000, using: &numbers)
                        let call = Task { try await budget.reserve(Money(picoUSD: worst)) }
                        if numbers.next() % 8 == 0 { call.cancel() }
                        let result = await call.result
                        ended += 1
                        guard let reservation = try? result.get() else { continue }
                        let totals = budget.totals
                        if totals.spent + totals.reserved > cap { overshoots += 1 }
                        if numbers.next() % 3 == 0 { await Task.yield() }
                        let actual = numbers.next() % 5 == 0 ? nil : Money(picoUSD: worst / 2)
                        budget.settle(reservation, actual: actual)
                        granted += actual?.picoUSD ?? worst
                    }
                    return (granted, ended, overshoots)
                }
            }
            return await group.reduce(into: (Int64(0), 0, 0)) { sums, part in
                sums.0 += part.0
                sums.1 += part.1
                sums.2 += part.2
            }
        }
        #expect(overshoots == 0 && ended == 8_000 && budget.waiting == 0)
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: granted), reserved: .zero))
        // Far more is asked for than there is.
        #expect(budget.isExhausted && budget.totals.spent <= cap)
    }
}
