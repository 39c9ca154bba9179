import Evals
import Models
import Testing

@Suite("The budget")
struct BudgetTests {
    private static func dollars(_ amount: Int64) -> Money { Money(picoUSD: amount * 1_000_000_000_000) }

    @Test("what is spent and reserved never exceeds the cap, and a refusal is final")
    func steps() throws {
        let budget = Budget(cap: Self.dollars(10))
        let first = try #require(budget.reserve(Self.dollars(6)))
        let second = try #require(budget.reserve(Self.dollars(4)))
        #expect(budget.totals == Budget.Totals(spent: .zero, reserved: Self.dollars(10)))
        #expect(budget.reserve(Self.dollars(1)) == nil)
        #expect(budget.isExhausted)
        budget.settle(first, actual: Self.dollars(1))
        budget.settle(first, actual: Self.dollars(5))
        budget.settle(second, actual: nil)
        // An unknown cost is the worst case, and a call settled twice is counted once.
        #expect(budget.totals == Budget.Totals(spent: Self.dollars(5), reserved: .zero))
        #expect(budget.reserve(.zero) == nil)
        #expect(
            budget.refusal.message
                == "the budget of $10 is used up: $0 spent, $10 reserved for calls in flight, and the next call may cost $1"
        )
        #expect(budget.refusal.kind == .budget)
    }

    @Test(
        "the cap itself may be reached, by calls before this run too",
        arguments: [
            (10, 0, 10, true), (10, 0, 11, false), (0, 0, 0, true), (10, 4, 6, true), (10, 4, 7, false),
        ])
    func edge(cap: Int64, before: Int64, worst: Int64, isGranted: Bool) {
        let budget = Budget(cap: Self.dollars(cap))
        budget.charge(Self.dollars(before))
        #expect((budget.reserve(Self.dollars(worst)) != nil) == isGranted)
    }

    @Test("amounts beyond counting are refused, and no cost is below zero")
    func extremes() throws {
        let budget = Budget(cap: Money(picoUSD: .max))
        _ = try #require(budget.reserve(Money(picoUSD: .max - 1)))
        #expect(budget.reserve(Money(picoUSD: 5)) == nil)
        let other = Budget(cap: Self.dollars(1))
        let call = try #require(other.reserve(Self.dollars(-3)))
        other.settle(call, actual: Self.dollars(-5))
        #expect(other.totals == Budget.Totals())
    }

    @Test("under concurrency nothing is overspent or lost", arguments: [1, 7, 64])
    func concurrency(seed: UInt64) async {
        let cap = Money(picoUSD: 1_000_000)
        let budget = Budget(cap: cap)
        let (granted, overshoots) = await withTaskGroup(of: (Int64, Int).self) { group in
            for task in 0..<8 {
                group.addTask {
                    // A linear congruential generator: the same amounts in every run.
                    var state = seed &* 31 &+ UInt64(task)
                    var (granted, overshoots) = (Int64(0), 0)
                    for _ in 0..<2_000 {
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        let worst = Int64(state >> 54)
                        guard let call = budget.reserve(Money(picoUSD: worst)) else { continue }
                        let totals = budget.totals
                        if totals.spent + totals.reserved > cap { overshoots += 1 }
                        if state % 3 == 0 { await Task.yield() }
                        let actual = state % 5 == 0 ? nil : Money(picoUSD: worst / 2)
                        budget.settle(call, actual: actual)
                        granted += actual?.picoUSD ?? worst
                    }
                    return (granted, overshoots)
                }
            }
            return await group.reduce(into: (Int64(0), 0)) { sums, part in
                sums.0 += part.0
                sums.1 += part.1
            }
        }
        #expect(overshoots == 0)
        #expect(budget.totals == Budget.Totals(spent: Money(picoUSD: granted), reserved: .zero))
        #expect(budget.totals.spent <= cap)
        // Far more is asked for than there is.
        #expect(budget.isExhausted)
    }
}
