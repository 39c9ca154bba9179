import JSON

/// A JSON value with a hash that tells large numbers apart, for sets of them.
///
/// `JSONValue` has the equality of JSON Schema already: numbers by value, strings by code points.
struct ExactValue: Hashable, Sendable {
    /// The value.
    let value: JSONValue

    /// Equal as the values are.
    static func == (left: ExactValue, right: ExactValue) -> Bool { left.value == right.value }

    /// Hashes so that different numbers with the same nearest double do not collide.
    func hash(into hasher: inout Hasher) { Self.hash(value, into: &hasher) }

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
