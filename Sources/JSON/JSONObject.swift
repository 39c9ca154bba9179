import OrderedCollections

/// A key that is compared by code point: to `String` a composed and a decomposed `é` are the same.
private struct ExactKey: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactKey, right: ExactKey) -> Bool {
        // Over the bytes themselves, since a walk over two string views is the hottest loop of a run.
        let isSame = left.text.utf8.withContiguousStorageIfAvailable { first in
            right.text.utf8.withContiguousStorageIfAvailable { second in
                first.count == second.count && first.elementsEqual(second)
            }
        }
        return (isSame ?? nil) ?? left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// The members of a JSON object, in the order in which they were written.
public struct JSONObject: Sendable {
    private var members: OrderedDictionary<ExactKey, JSONValue>

    /// Creates an empty object.
    public init() { members = [:] }

    /// Creates an object from pairs; a later pair with the same key replaces the value of the earlier.
    public init(_ pairs: some Sequence<(String, JSONValue)>) {
        members = OrderedDictionary(pairs.lazy.map { (ExactKey($0.0), $0.1) }, uniquingKeysWith: { $1 })
    }

    /// The keys in order.
    public var keys: [String] { members.keys.map(\.text) }
    /// The number of members.
    public var count: Int { members.count }
    /// True without members.
    public var isEmpty: Bool { members.isEmpty }

    /// Reads, sets or (with nil) removes a member.
    public subscript(key: String) -> JSONValue? {
        get { members[ExactKey(key)] }
        set { members[ExactKey(key)] = newValue }
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
    public func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
        var iterator = members.makeIterator()
        return AnyIterator { iterator.next().map { (key: $0.key.text, value: $0.value) } }
    }
}

extension JSONObject: Hashable {
    /// Equal with the same members in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        return left.members.allSatisfy { right.members[$0.key] == $0.value }
    }

    /// Hashes the members whatever their order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for (key, value) in members {
            var member = Hasher()
            member.combine(key)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(members.count)
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Creates an object from a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
