import Diagnostics
import JSON

/// A value while a template is rendered.
enum TemplateValue {
    /// Plain data.
    case json(JSONValue)
    /// No value: any use but `is defined` and `default` is a mistake.
    indirect case undefined(UndefinedValue)
    /// The variable `loop`.
    case loop(LoopState)
    /// What `namespace()` makes.
    case namespace(Namespace)
}

/// Why there is no value.
struct UndefinedValue {
    /// What is missing, as a sentence without a full stop.
    var message: String
    /// What to do.
    var hint: String?
    /// The last name that was looked for.
    var name = ""
    /// The names known there.
    var known: [String] = []
    /// The text in which it was looked up.
    var source: TemplateSource
    /// The offset of the token.
    var offset: Int
    /// True for an inline `if` without `else`, which Jinja prints as nothing even where it is strict.
    var isEmptyText = false

    /// The mistake of using it.
    var error: TemplateError {
        let nearest = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
        return TemplateError(
            source.diagnostic("template-undefined", message, at: offset, hint: nearest ?? hint))
    }
}

/// The variable `loop` of one loop.
final class LoopState {
    /// The elements walked.
    let elements: [JSONValue]
    /// The index of the element at hand.
    var index = 0

    private var lastSeen: [JSONValue]?

    /// Whether values differ from those of the last call; the first call says yes.
    func changes(to values: [JSONValue]) -> Bool {
        defer { lastSeen = values }
        return lastSeen != values
    }

    /// Starts a loop.
    init(_ elements: [JSONValue]) {
        self.elements = elements
    }

    /// The names that `loop` has.
    static let names = [
        "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem",
        "depth",
        "depth0", "cycle", "changed",
    ]

    /// An attribute of `loop`; nil when there is none, or no such neighbor.
    func attribute(_ name: String) -> JSONValue? {
        switch name {
        case "index": .integer(index + 1)
        case "index0": .integer(index)
        case "revindex": .integer(elements.count - index)
        case "revindex0": .integer(elements.count - index - 1)
        case "first": .bool(index == 0)
        case "last": .bool(index == elements.count - 1)
        case "length": .integer(elements.count)
        // In Jinja only recursive loops, which are not supported here, go deeper.
        case "depth": 1
        case "depth0": 0
        case "previtem": index > 0 ? elements[index - 1] : JSONValue?.none
        case "nextitem": index + 1 < elements.count ? elements[index + 1] : JSONValue?.none
        default: JSONValue?.none
        }
    }
}

/// Variables that a loop can set for the text after it.
final class Namespace {
    /// The variables.
    var members: JSONObject

    /// Starts with some variables.
    init(_ members: JSONObject) { self.members = members }
}
