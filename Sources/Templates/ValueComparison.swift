import JSON

/// Equality and order as Python has them.
enum ValueComparison {
    /// Python's `==`: booleans count as 0 and 1, texts are equal byte by byte.
    static func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.string(let first), .string(let second)): return first.utf8.elementsEqual(second.utf8)
        case (.array(let first), .array(let second)):
            return first.count == second.count && zip(first, second).allSatisfy { equal($0, $1) }
        case (.object(let first), .object(let second)):
            return first.count == second.count
                && first.allSatisfy { key, value in second[key].map { equal(value, $0) } ?? false }
        default:
            guard let first = exact(left), let second = exact(right) else { return false }
            return first == second
        }
    }

    /// True when the first comes before the second; nil when there is no order between them.
    static func isBelow(_ left: JSONValue, _ right: JSONValue) -> Bool? {
        switch (left, right) {
        case (.string(let first), .string(let second)):
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        case (.array(let first), .array(let second)):
            for (one, other) in zip(first, second) where !equal(one, other) { return isBelow(one, other) }
            return first.count < second.count
        default:
            guard let first = exact(left), let second = exact(right) else { return nil }
            return first < second
        }
    }

    private static func exact(_ value: JSONValue) -> JSONNumber? {
        switch value {
        case .number(let number): number
        case .bool(let bool): JSONNumber(bool ? 1 : 0)
        case .null, .string, .array, .object: nil
        }
    }
}

extension Renderer {
    /// Whether a comparison holds.
    func compare(
        _ symbol: ComparisonOperator, _ left: JSONValue, _ right: JSONValue, at offset: Int
    ) throws(TemplateError) -> Bool {
        switch symbol {
        case .equal: return ValueComparison.equal(left, right)
        case .notEqual: return !ValueComparison.equal(left, right)
        case .contained: return try contains(right, left, at: offset)
        case .notContained: return try !contains(right, left, at: offset)
        case .less, .greater, .lessOrEqual, .greaterOrEqual:
            let isTurned = symbol == .greater || symbol == .greaterOrEqual
            let (first, second) = isTurned ? (right, left) : (left, right)
            guard let isBelow = ValueComparison.isBelow(first, second) else {
                throw failure(
                    "template-type",
                    "\(left.templateTypeName) and \(right.templateTypeName) can't be compared with "
                        + "'\(symbol.rawValue)'", at: offset,
                    hint: "turn both into numbers with int or float")
            }
            let allowsEqual = symbol == .lessOrEqual || symbol == .greaterOrEqual
            return isBelow || (allowsEqual && ValueComparison.equal(first, second))
        }
    }

    private func contains(
        _ container: JSONValue, _ value: JSONValue, at offset: Int
    ) throws(TemplateError) -> Bool {
        switch (container, value) {
        case (.array(let elements), _):
            try spend(elements.count, at: offset)
            return elements.contains { ValueComparison.equal($0, value) }
        case (.object(let members), .string(let key)): return members[key] != nil
        case (.object, .null), (.object, .bool), (.object, .number): return false
        case (.string(let text), .string(let part)):
            try spend(text.utf8.count >> 4, at: offset)
            return ByteSearch.contains(text, part)
        default:
            throw failure(
                "template-type",
                "'in' does not work on \(value.templateTypeName) and \(container.templateTypeName)",
                at: offset,
                hint: "the right side is a list, a mapping or a text")
        }
    }
}
