/// A queue from whose middle elements can be taken by their number; every operation takes constant time on average.
struct WaitingLine<Element> {
    private var elements: [Int: Element] = [:]
    /// Numbers in order of arrival; those without an element were taken out.
    private var order: [Int] = []
    private var head = 0

    /// True when nobody waits.
    var isEmpty: Bool { elements.isEmpty }

    /// Elements that wait.
    var count: Int { elements.count }

    /// Puts an element at the end under a number that no other one has.
    mutating func append(_ element: Element, as number: Int) {
        elements[number] = element
        order.append(number)
    }

    /// Takes out the element with a number; nil when there is none.
    mutating func remove(_ number: Int) -> Element? {
        let element = elements.removeValue(forKey: number)
        if elements.isEmpty { clear() }
        return element
    }

    /// The number and element that have waited longest.
    mutating func first() -> (number: Int, element: Element)? {
        while head < order.count {
            if let element = elements[order[head]] { return (order[head], element) }
            head += 1
            // Moving the rest costs no more than what was passed over since the last time.
            if head > 64, head > order.count / 2 {
                order.removeFirst(head)
                head = 0
            }
        }
        return nil
    }

    /// Takes out all elements, in order of arrival.
    mutating func removeAll() -> [Element] {
        let all = order[head...].compactMap { elements[$0] }
        elements = [:]
        clear()
        return all
    }

    private mutating func clear() {
        order.removeAll(keepingCapacity: true)
        head = 0
    }
}
