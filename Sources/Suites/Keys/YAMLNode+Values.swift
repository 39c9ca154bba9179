import Diagnostics
import JSON
import YAML

extension YAMLCore {
    /// True for text that the core schema takes as text.
    var isString: Bool { if case .string = self { true } else { false } }
}

extension YAMLNode {
    /// What the value is, in words.
    var typeName: String {
        switch kind {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: "null"
            case .bool: "a boolean"
            case .integer, .bigInteger, .double: "the number \(TerminalText.excerpt(scalar.text, limit: 30))"
            case .string: "'\(TerminalText.excerpt(scalar.text, limit: 40))'"
            }
        }
    }

    /// The text of a scalar that is not null.
    var text: String? { isNull ? nil : scalar?.text }

    /// The value of a boolean.
    var bool: Bool? { if case .bool(let value)? = scalar?.resolved { value } else { nil } }

    /// The value of a whole number that fits.
    var integer: Int? { if case .integer(let value)? = scalar?.resolved { Int(value) } else { nil } }

    /// The value of a number.
    var double: Double? {
        switch scalar?.resolved {
        case .integer(let value): Double(value)
        case .double(let value, _): value
        case .bigInteger(let digits): Double(digits)
        default: nil
        }
    }

    /// The elements of a list, or the value alone.
    var many: [YAMLNode] { items ?? [self] }

    /// The value as JSON; keys keep their order.
    var json: JSONValue {
        switch kind {
        case .sequence(let items): return .array(items.map(\.json))
        case .mapping(let entries): return .object(JSONObject(entries.map { ($0.keyText, $0.value.json) }))
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .integer(let value): return .integer(value)
            case .bigInteger(let digits):
                return JSONNumber(text: digits).map { .number($0) } ?? .string(scalar.text)
            case .double(let value, let literal):
                return JSONNumber(text: literal).map { .number($0) } ?? .double(value)
            case .string: return .string(scalar.text)
            }
        }
    }
}

/// The values of a mapping by canonical key.
struct Fields {
    /// The mapping's place.
    let mark: SourceMark
    private let entries: [String: YAMLEntry]
    private let misspelt: Set<String>

    /// Reads a mapping whose keys a table names; of two spellings of a key the first counts.
    init(_ node: YAMLNode, _ table: KeyTable) {
        mark = node.mark
        var entries: [String: YAMLEntry] = [:]
        var misspelt: Set<String> = []
        var unknown = 0
        for entry in node.entries ?? [] {
            guard let key = table.key(entry.keyText) else {
                unknown += 1
                // Comparing takes time, and no one misspells so many keys.
                if unknown <= SourceReader.mistakesPerFile,
                    let near = Spelling.nearest(to: entry.keyText, among: table.spellings)
                {
                    misspelt.insert(table.key(near)?.name ?? near)
                }
                continue
            }
            if entries[key.name] == nil { entries[key.name] = entry }
        }
        self.entries = entries
        self.misspelt = misspelt
    }

    /// The value of a key; nil when it is missing or null.
    subscript(key: String) -> YAMLNode? {
        guard let node = entries[key]?.value, !node.isNull else { return nil }
        return node
    }

    /// Whether the key was written at all.
    func has(_ key: String) -> Bool { entries[key] != nil }

    /// Whether the key is missing, and not merely misspelt, which is reported already.
    func lacks(_ key: String) -> Bool { entries[key] == nil && !misspelt.contains(key) }

    /// Where the key stands; the mapping's place when it does not.
    func keyMark(_ key: String) -> SourceMark { entries[key]?.keyMark ?? mark }

    /// The text of a scalar.
    func text(_ key: String) -> String? { self[key]?.text }

    /// The texts of a list, or of a single value.
    func texts(_ key: String) -> [String] { self[key]?.many.compactMap(\.text) ?? [] }
}
