import Results
import Testing

@Suite struct PlanOrderTests {
    /// A generator with a seed, so that a failure can be repeated.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    private final class Store {
        var elements: [Int] = []
        /// Elements put away and not yet brought back.
        var count = 0
    }

    private static func order(limit: Int, store: Store) -> PlanOrder<Int> {
        PlanOrder(
            limit: limit,
            spill: .init(
                store: { element in
                    store.elements.append(element)
                    store.count += 1
                    return store.elements.count - 1
                },
                load: { token in
                    store.count -= 1
                    return store.elements[token]
                }))
    }

    /// Inserts an element and takes all that are then in order.
    private static func accept(_ element: Int, at index: Int, _ order: inout PlanOrder<Int>) throws -> [Int] {
        try order.insert(element, at: index)
        var ready: [Int] = []
        while let element = try order.next() { ready.append(element) }
        return ready
    }

    @Test("any order of arrival is put back, within the bound", arguments: 1...40 as ClosedRange<UInt64>)
    func permutations(seed: UInt64) throws {
        var generator = Generator(state: seed)
        let arrivals = Array(0..<200).shuffled(using: &generator)
        let limit = Int(seed % 12)
        let store = Store()
        var order = Self.order(limit: limit, store: store)
        var delivered: [Int] = []
        for (arrived, index) in arrivals.enumerated() {
            try order.insert(index * 10, at: index)
            #expect(arrived + 1 - delivered.count - store.count <= limit + 1)
            while let element = try order.next() { delivered.append(element) }
            #expect(order.nextIndex == delivered.count)
        }
        #expect(delivered == (0..<200).map { $0 * 10 })
        #expect(store.count == 0)
    }

    @Test("elements are given as soon as they are in order")
    func accept() throws {
        let store = Store()
        var order = Self.order(limit: 1, store: store)
        #expect(try Self.accept(2, at: 2, &order) == [])
        #expect(try Self.accept(1, at: 1, &order) == [])
        #expect(store.count == 1)
        #expect(try Self.accept(0, at: 0, &order) == [0, 1, 2])
        #expect(try Self.accept(3, at: 3, &order) == [3])
    }

    @Test("of two elements for one place the first counts")
    func duplicates() throws {
        var order = Self.order(limit: 10, store: Store())
        #expect(try order.insert(1, at: 1))
        #expect(try !order.insert(9, at: 1))
        #expect(try Self.accept(0, at: 0, &order) == [0, 1])
        #expect(try Self.accept(9, at: 0, &order) == [])
        #expect(order.hasArrived(1))
        #expect(!order.hasArrived(2))
    }
}
