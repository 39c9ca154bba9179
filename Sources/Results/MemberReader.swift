import Evals
import JSON

/// Takes typed members out of a JSON object and says by JSON Pointer which one is wrong.
struct MemberReader {
    private let members: JSONObject
    /// The JSON Pointer of the object.
    let path: String

    /// Wraps an object; any other value is malformed.
    init(_ value: JSONValue, path: String) throws(ResultsError) {
        guard let members = value.object else {
            throw .malformed(path: path, message: "expected an object, found \(value.typeName)")
        }
        self.members = members
        self.path = path
    }

    /// The value of a key; nil when it is absent or null.
    func value(_ key: String) -> JSONValue? {
        guard let value = members[key] else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// Whether a key is there, be it with null.
    func has(_ key: String) -> Bool { members[key] != nil }

    /// A text that may be absent or null.
    func text(_ key: String) throws(ResultsError) -> String? {
        try read(key, "a string") { $0.string }
    }

    /// A text that must be there.
    func requiredText(_ key: String) throws(ResultsError) -> String {
        try require(try text(key), key)
    }

    /// One of the spellings of an enumeration; nil when absent or null.
    func choice<Choice: RawRepresentable>(_ key: String) throws(ResultsError) -> Choice?
    where Choice.RawValue == String {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw wrong(key, "unknown value '\(text)'") }
        return choice
    }

    /// A flag; false when absent or null.
    func flag(_ key: String) throws(ResultsError) -> Bool {
        try read(key, "true or false") { $0.bool } ?? false
    }

    /// A whole number of at least `least`; nil when absent or null.
    func integer(_ key: String, least: Int) throws(ResultsError) -> Int? {
        try read(key, "a whole number of at least \(least)") { value in
            value.integer.flatMap { $0 >= least ? $0 : nil }
        }
    }

    /// A finite number; nil when absent or null.
    func double(_ key: String) throws(ResultsError) -> Double? {
        try read(key, "a number") { value in value.double.flatMap { $0.isFinite ? $0 : nil } }
    }

    /// An amount of dollars; nil when absent or null.
    func money(_ key: String) throws(ResultsError) -> Money? {
        try read(key, "an amount in dollars with at most 12 decimals") { value in
            value.number.flatMap { Money(usd: $0) }
        }
    }

    /// A list; empty when absent or null.
    func list(_ key: String) throws(ResultsError) -> [JSONValue] {
        try read(key, "a list") { $0.array } ?? []
    }

    /// A list of texts; empty when absent or null.
    func texts(_ key: String) throws(ResultsError) -> [String] {
        let values = try list(key)
        let texts = values.compactMap(\.string)
        guard texts.count == values.count else { throw wrong(key, "expected a list of strings") }
        return texts
    }

    /// The reader of an object that may be absent or null.
    func object(_ key: String) throws(ResultsError) -> MemberReader? {
        guard let value = value(key) else { return nil }
        return try MemberReader(value, path: path + "/" + key)
    }

    /// What a closure makes of a value; nil when it is absent or null, malformed when the closure says nil.
    func read<Value>(
        _ key: String, _ expectation: String, _ convert: (JSONValue) -> Value?
    ) throws(ResultsError) -> Value? {
        guard let value = value(key) else { return nil }
        guard let converted = convert(value) else {
            throw wrong(key, "expected \(expectation), found \(value.typeName)")
        }
        return converted
    }

    /// The value, or the error that says that the key is missing.
    func require<Value>(_ value: Value?, _ key: String) throws(ResultsError) -> Value {
        guard let value else { throw wrong(key, "missing") }
        return value
    }

    /// The error for a key.
    func wrong(_ key: String, _ message: String) -> ResultsError {
        .malformed(path: path + "/" + key, message: message)
    }
}
