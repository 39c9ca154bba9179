import JSON

/// Where two JSON values differ.
enum JSONDifference {
    /// The place of a first difference; nil when the values are equal.
    ///
    /// Numbers are compared by value and keys in any order; texts scalar by scalar, not by what they look like.
    /// Recursion is as deep as the shallower value, and the reader bounds that.
    static func first(between left: JSONValue, and right: JSONValue) -> JSONPointer? {
        path(left, right).map { JSONPointer(tokens: $0.reversed()) }
    }

    /// The tokens of the place, innermost first.
    private static func path(_ left: JSONValue, _ right: JSONValue) -> [String]? {
        switch (left, right) {
        case (.string(let first), .string(let second)):
            return first.utf8.elementsEqual(second.utf8) ? nil : []
        case (.array(let first), .array(let second)):
            for (index, pair) in zip(first, second).enumerated() {
                if let inner = path(pair.0, pair.1) { return inner + ["\(index)"] }
            }
            return first.count == second.count ? nil : ["\(min(first.count, second.count))"]
        case (.object(let first), .object(let second)):
            for (key, value) in second {
                guard let other = first[key] else { return [key] }
                if let inner = path(other, value) { return inner + [key] }
            }
            return first.keys.first { second[$0] == nil }.map { [$0] }
        default:
            return left == right ? nil : []
        }
    }
}
