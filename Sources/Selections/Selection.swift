public import JSON

/// What is taken from a JSON document: a JSON Pointer (RFC 6901) or a JSONPath (RFC 9535).
///
/// A path of names and single indices selects one value; any other path selects the list of all values found.
public struct Selection: Sendable {
    /// The forms that a path may have, for hints.
    public static let supportedForms =
        "write a JSONPath such as $.label, $.items[0].name, $['a b'], $.items[-1], $.items[*].id, $..id or "
        + "$.items[?@.price < 10], or a JSON Pointer such as /items/0/name"

    private enum Form: Sendable {
        case pointer(JSONPointer)
        case path(JSONPath)
    }

    private let form: Form

    /// Reads a path or pointer.
    public init(_ text: String) throws(SelectionError) {
        switch text.utf8.first {
        case UInt8(ascii: "$"):
            var parser = SelectionParser(text)
            form = .path(try parser.path())
        case UInt8(ascii: "/"):
            guard let pointer = JSONPointer(text) else {
                throw SelectionError("'\(text)' is not a JSON Pointer: '~' stands before 0 or 1 only")
            }
            form = .pointer(pointer)
        case nil: throw SelectionError("the path is empty")
        default: throw SelectionError("'\(text)' begins with neither '$' nor '/'")
        }
    }

    /// All values that the path finds, in the order of RFC 9535; a pointer finds one at most.
    ///
    /// Throws when the path takes too many steps in this document, or a pattern in it takes too long.
    public func nodes(in document: JSONValue) throws(SelectionError) -> [JSONValue] {
        switch form {
        case .pointer(let pointer): return pointer.resolve(in: document).map { [$0] } ?? []
        case .path(let path):
            var run = JSONPathRun(document)
            return try run.nodes(of: path, at: document)
        }
    }

    /// The value at the path; nil when there is nothing.
    ///
    /// A path that may find several values gives the list of them, and nil rather than an empty list. Throws when
    /// the path takes too many steps in this document, or a pattern in it takes too long.
    public func value(in document: JSONValue) throws(SelectionError) -> JSONValue? {
        let found = try nodes(in: document)
        if case .path(let path) = form, !path.isSingular { return found.isEmpty ? nil : .array(found) }
        return found.first
    }
}

/// Why a text is no path, or why a path could not be followed.
public struct SelectionError: Error, Sendable, Hashable {
    /// What is wrong, without a full stop.
    public let message: String

    init(_ message: String) { self.message = message }
}
