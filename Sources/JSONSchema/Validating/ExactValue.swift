import JSON

/// A JSON value with the equality of JSON Schema: numbers by value, strings by code points.
///
/// Swift's strings are equal when canonically equivalent, which JSON Schema does not have: "é" is not "e" with
/// a combining accent.
struct ExactValue: Hashable, Sendable {
    /// The value.
    let value: JSONValue

    /// Equal as JSON Schema has it.
    static func == (left: ExactValue, right: ExactValue) -> Bool { areEqual(left.value, right.value) }

    /// Hashes so that different numbers with the same nearest double do not collide.
    func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher) }

    /// Whether two values are equal as JSON Schema has it.
    static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let first), .bool(let second)): return first == second
        case (.number(let first), .number(let second)): return first == second
        case (.string(let first), .string(let second)): return first.utf8.elementsEqual(second.utf8)
        case (.array(let first), .array(let second)):
            return first.count == second.count
                && zip(first, second).allSatisfy { areEqual($0, $1) }
        case (.object(let first), .object(let second)):
            guard first.count == second.count else { return false }
            return first.allSatisfy { key, value in second[key].map { areEqual(value, $0) } ?? false }
        default: return false
        }
    }

    private static func hash(_ value: JSONValue, into hasher: inout Hasher) {
        switch value {
        case .null: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .number(let number):
            if let small = number.integer, small.magnitude < 1 << 53 {
                hasher.combine(small)
            } else {
                hasher.combine(number.decimal)
            }
        case .string(let text):
            for byte in text.utf8 { hasher.combine(byte) }
            hasher.combine(0xFF as UInt8)
        case .array(let elements):
            hasher.combine(elements.count)
            for element in elements { hash(element, into: &hasher) }
        case .object(let members):
            // The order of the members does not count, hence a sum of their hashes.
            var sum = 0
            for (key, value) in members {
                var member = Hasher()
                member.combine(key)
                hash(value, into: &member)
                sum &+= member.finalize()
            }
            hasher.combine(sum)
        }
    }
}
