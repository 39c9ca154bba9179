/// The members of a JSON object, in the order in which they were written.
///
/// Keys are compared by code point: to `String` a composed and a decomposed `é` are the same.
public struct JSONObject: Sendable {
    fileprivate struct Member: Sendable {
        var key: String
        var value: JSONValue
    }

    /// Small objects, which most are, are searched from front to back: that is faster than any table.
    private static let largestScanned = 12

    private var members: [Member] = []
    /// The place of each key; empty for small objects.
    private var places: [ExactKey: Int] = [:]

    /// Creates an empty object.
    public init() {}

    /// Creates an object from pairs; a later pair with the same key replaces the value of the earlier.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        members.reserveCapacity(pairs.underestimatedCount)
        for (key, value) in pairs { self[key] = value }
    }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }
    /// The number of members.
    public var count: Int { members.count }
    /// True without members.
    public var isEmpty: Bool { members.isEmpty }

    /// Reads, sets or (with nil) removes a member.
    public subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            guard let newValue else { return remove(key) }
            if let place = place(of: key) {
                members[place].value = newValue
            } else {
                append(key, newValue)
            }
        }
    }

    /// Adds a member unless its key is there; false when it is.
    mutating func insert(_ key: String, _ value: JSONValue) -> Bool {
        guard place(of: key) == nil else { return false }
        append(key, value)
        return true
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
        if !places.isEmpty {
            places[ExactKey(text: key)] = members.count - 1
        } else if members.count > Self.largestScanned {
            index()
        }
    }

    private mutating func remove(_ key: String) {
        guard let place = place(of: key) else { return }
        members.remove(at: place)
        places = [:]
        if members.count > Self.largestScanned { index() }
    }

    private mutating func index() {
        places.reserveCapacity(members.count * 2)
        for (place, member) in members.enumerated() { places[ExactKey(text: member.key)] = place }
    }

    private func place(of key: String) -> Int? {
        guard places.isEmpty else { return places[ExactKey(text: key)] }
        for place in members.indices where ExactKey.areEqual(members[place].key, key) { return place }
        return nil
    }

    /// The object with the members of `other` added; its values win.
    public func merging(_ other: JSONObject) -> JSONObject {
        var copy = self
        for (key, value) in other { copy[key] = value }
        return copy
    }
}

extension JSONObject: Sequence {
    /// Walks the members in order.
    public struct Iterator: IteratorProtocol {
        private var members: [Member].Iterator

        fileprivate init(_ members: [Member]) { self.members = members.makeIterator() }

        /// The next member, or nil after the last.
        public mutating func next() -> (key: String, value: JSONValue)? {
            members.next().map { (key: $0.key, value: $0.value) }
        }
    }

    /// Walks the members in order.
    public func makeIterator() -> Iterator { Iterator(members) }

    /// The number of members.
    public var underestimatedCount: Int { members.count }
}

extension JSONObject: Hashable {
    /// Equal with the same members in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the members whatever their order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members {
            var hasher = Hasher()
            hasher.combine(ExactKey(text: member.key))
            hasher.combine(member.value)
            combined ^= hasher.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object from a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
