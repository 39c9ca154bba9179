/// What tags do to a value.
enum YAMLTags {
    /// The kinds of node that a tag can stand on.
    enum Shape {
        case scalar
        case sequence
        case mapping
    }

    /// Why a tag does not fit; nil when it does.
    static func problem(_ tag: String, on shape: Shape) -> String? {
        guard tag != "!" else { return nil }
        guard let name = core(tag) else { return "the tag '\(shown(tag))' is not known" }
        let fits =
            switch shape {
            case .scalar: ["str", "int", "float", "bool", "null"].contains(name)
            case .sequence: name == "seq"
            case .mapping: name == "map"
            }
        return fits ? nil : "the tag '\(shown(tag))' does not fit this value"
    }

    /// What a tagged scalar stands for; nil when the text does not fit the tag.
    static func resolve(_ text: String, tag: String) -> YAMLCore? {
        guard tag != "!", let name = core(tag), name != "str" else { return .string }
        let resolved = YAMLCore.resolve(plain: text)
        switch (name, resolved) {
        case ("int", .integer), ("int", .bigInteger), ("float", .double), ("bool", .bool), ("null", .null):
            return resolved
        case ("float", .integer(let value)):
            return .double(Double(value), literal: text)
        default:
            return nil
        }
    }

    /// The tag as written in a file.
    static func shown(_ tag: String) -> String {
        core(tag).map { "!!" + $0 } ?? tag
    }

    private static func core(_ tag: String) -> String? {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : nil
    }
}
