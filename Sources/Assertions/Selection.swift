public import JSON

/// What `select:` takes from an answer that is JSON: a JSON Pointer or a path in a subset of JSONPath.
///
/// `$`, `.name`, `['name']`, `[0]`, `[-1]` (from the end), `[*]` and `.*` (every element or member). A path
/// with a `*` selects the list of all values found, any other path selects one value.
public struct Selection: Sendable, Hashable {
    /// One step of a path.
    enum Step: Sendable, Hashable {
        /// The member of an object.
        case name(String)
        /// The element of a list, counted from the end when negative.
        case index(Int)
        /// The member with this key, or the element with this index: what a pointer's token means.
        case token(String)
        /// Every element or member.
        case all
    }

    /// The forms that a path may have, for hints.
    static let supportedForms =
        "write a path such as $.label, $.items[0].name, $['a b'], $.items[-1] or $.items[*].id, "
        + "or a JSON Pointer such as /items/0/name"

    let steps: [Step]

    /// Reads a path or pointer.
    public init(_ text: String) throws(SelectionError) {
        switch text.utf8.first {
        case UInt8(ascii: "$"):
            var parser = SelectionParser(text)
            steps = try parser.steps()
        case UInt8(ascii: "/"):
            guard let pointer = JSONPointer(text) else {
                throw SelectionError("'\(text)' is not a JSON Pointer: '~' stands before 0 or 1 only")
            }
            steps = pointer.tokens.map { .token($0) }
        case nil: throw SelectionError("the path is empty")
        default: throw SelectionError("'\(text)' begins with neither '$' nor '/'")
        }
    }

    /// The value at the path; nil when there is nothing.
    ///
    /// A path with `*` gives the list of what it finds, and nil rather than an empty list.
    public func value(in document: JSONValue) -> JSONValue? {
        var found = [document]
        for step in steps {
            found = found.flatMap { Self.children(of: $0, at: step) }
            if found.isEmpty { return nil }
        }
        return steps.contains(.all) ? .array(found) : found.first
    }

    private static func children(of value: JSONValue, at step: Step) -> [JSONValue] {
        switch (step, value) {
        case (.name(let name), .object(let members)): members[name].map { [$0] } ?? []
        case (.index(let index), .array(let elements)):
            value[index < 0 ? elements.count + index : index].map { [$0] } ?? []
        case (.token(let token), _): JSONPointer(tokens: [token]).resolve(in: value).map { [$0] } ?? []
        case (.all, .array(let elements)): elements
        case (.all, .object(let members)): members.map(\.value)
        default: []
        }
    }
}

/// Why a text is no path.
public struct SelectionError: Error, Sendable, Hashable {
    /// What is wrong, without a full stop.
    public let message: String

    init(_ message: String) { self.message = message }
}
