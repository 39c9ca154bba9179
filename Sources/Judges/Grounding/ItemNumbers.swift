import JSON

/// The numbers by which a judge names the items of a list, each of which must be there once.
enum ItemNumbers {
    /// What is wrong with the numbers of a judge's list, in words that the judge understands; nil when nothing is.
    ///
    /// - Parameters:
    ///   - list: The entries of the judge, each with a number.
    ///   - key: The key of the number.
    ///   - count: How many items there are, numbered from 1.
    ///   - things: What the items are: `claims`.
    static func complaint(
        about list: JSONValue?, key: String, count: Int, things: String
    ) -> String? {
        guard let entries = list?.array else { return "the list of the \(things) is missing" }
        var seen: [Int: Int] = [:]
        for entry in entries {
            guard let number = entry[key]?.integer else { return "'\(key)' is not a whole number" }
            seen[number, default: 0] += 1
        }
        let missing = (0..<count).map { $0 + 1 }.filter { seen[$0] == nil }
        let repeated = seen.filter { $0.value > 1 }.keys.sorted()
        let unknown = seen.keys.filter { $0 < 1 || $0 > count }.sorted()
        let faults = [("missing", missing), ("more than once", repeated), ("not among them", unknown)]
            .filter { !$0.1.isEmpty }.map { "\($0.0): \(text($0.1))" }
        guard !faults.isEmpty else { return nil }
        return "each of the \(things), numbered from 1 to \(count), must be there exactly once; "
            + faults.joined(separator: "; ")
    }

    /// The entries of a list without complaint, in the order of their numbers.
    static func sorted(_ list: JSONValue?, key: String) -> [JSONValue] {
        (list?.array ?? []).sorted { ($0[key]?.integer ?? 0) < ($1[key]?.integer ?? 0) }
    }

    private static func text(_ numbers: [Int]) -> String {
        numbers.prefix(10).map { "\($0)" }.joined(separator: ", ") + (numbers.count > 10 ? " …" : "")
    }
}
