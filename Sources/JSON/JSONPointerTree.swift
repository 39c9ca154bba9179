/// JSON Pointers as a tree of their tokens, so that one walk over a document finds the places of all of them.
public struct JSONPointerTree: Sendable {
    /// The numbers of the pointers that end here or go on from here.
    public private(set) var numbers: [Int] = []
    private var branches: [String: JSONPointerTree] = [:]

    /// Creates a tree; a pointer's number is its index.
    public init(_ pointers: [JSONPointer]) {
        for (number, pointer) in pointers.enumerated() { insert(pointer.tokens[...], number) }
    }

    private init() {}

    /// The pointers that go on with a token, without it; nil when there is none.
    public subscript(token: String) -> JSONPointerTree? { branches[token] }

    /// True when no pointer goes on from here.
    public var isLeaf: Bool { branches.isEmpty }

    private mutating func insert(_ tokens: ArraySlice<String>, _ number: Int) {
        numbers.append(number)
        guard let first = tokens.first else { return }
        branches[first, default: JSONPointerTree()].insert(tokens.dropFirst(), number)
    }
}
