import JSON

/// Counts of tokens, as providers tell them.
///
/// What is no count is unknown, never zero: a cost that is computed from it would be a wrong number that looks known.
enum TokenCount {
    /// 10^12: what is above is no count, and recordings refuse it.
    static let largest = 1_000_000_000_000

    /// A count that is needed; nil unless it is a whole number from 0 to `largest`.
    static func count(_ value: JSONValue?) -> Int? {
        guard let count = value?.integer, (0...largest).contains(count) else { return nil }
        return count
    }

    /// A count that may be missing or null, which means `absent`; nil when something else than a count is there.
    static func optional(_ value: JSONValue?, absent: Int = 0) -> Int? {
        guard let value, !value.isNull else { return absent }
        return count(value)
    }

    /// A count among details, where both may be missing or null; nil when the details are no object, or it is no count.
    static func optional(_ name: String, in details: JSONValue?, absent: Int = 0) -> Int? {
        guard let details, !details.isNull else { return absent }
        guard let members = details.object else { return nil }
        return optional(members[name], absent: absent)
    }

    /// Counts together; nil when that is more than `largest`.
    static func total(_ counts: Int...) -> Int? {
        let total = counts.reduce(0, +)
        return total <= largest ? total : nil
    }

    /// The sum of tallies that nothing is paid by, from 0 to `largest`; what is no whole number counts as 0.
    ///
    /// Not for usage, where what is unknown must stay unknown.
    static func sum(_ counts: JSONValue?...) -> Int {
        min(largest, counts.reduce(0) { $0 + min(max(0, $1?.integer ?? 0), largest) })
    }
}
