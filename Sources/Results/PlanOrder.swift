/// Puts results that arrive ahead of the plan's order back into it.
///
/// At most `limit` elements wait in memory; the others wait in the spill. Take the elements with `next()`, one
/// at a time, to stay within that bound.
public struct PlanOrder<Element> {
    /// Where elements wait that memory has no room for.
    public struct Spill {
        /// Puts an element away and gives a token for it.
        public var store: (Element) throws -> Int
        /// Brings the element of a token back.
        public var load: (Int) throws -> Element

        /// Creates a spill.
        public init(store: @escaping (Element) throws -> Int, load: @escaping (Int) throws -> Element) {
            self.store = store
            self.load = load
        }
    }

    private let limit: Int
    private let spill: Spill
    private var held: [Int: Element] = [:]
    private var spilled: [Int: Int] = [:]
    /// The index that is delivered next, from 0.
    public private(set) var nextIndex = 0

    /// Creates an empty order; `limit` elements at most wait in memory.
    public init(limit: Int = 1000, spill: Spill) {
        self.limit = limit
        self.spill = spill
    }

    /// Whether an index has arrived, delivered or not.
    public func hasArrived(_ index: Int) -> Bool {
        index < nextIndex || held[index] != nil || spilled[index] != nil
    }

    /// Takes an element; of two with the same index the first counts, and the answer is false for the second.
    @discardableResult
    public mutating func insert(_ element: Element, at index: Int) throws -> Bool {
        guard !hasArrived(index) else { return false }
        if held.count < limit || index == nextIndex {
            held[index] = element
        } else {
            spilled[index] = try spill.store(element)
        }
        return true
    }

    /// The next element in the plan's order, or nil while it has not arrived.
    public mutating func next() throws -> Element? {
        if let element = held.removeValue(forKey: nextIndex) {
            nextIndex += 1
            return element
        }
        guard let token = spilled[nextIndex] else { return nil }
        let element = try spill.load(token)
        spilled[nextIndex] = nil
        nextIndex += 1
        return element
    }
}
