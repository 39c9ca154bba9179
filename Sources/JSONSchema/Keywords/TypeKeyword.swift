import JSON

/// `type`: the kinds of value that are allowed.
struct TypeKeyword: SchemaKeyword {
    private let names: [String]
    private let kinds: Set<String>

    private static let known = ["null", "boolean", "object", "array", "number", "integer", "string"]

    /// Reads `type`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        guard let value = site["type"] else { return [] }
        let names: [String]
        if let name = value.string {
            names = [name]
        } else {
            guard let list = compiler.names(site, "type", value) else { return [] }
            names = list
        }
        guard !names.isEmpty else {
            compiler.problem(site, "type", "must name at least one type")
            return []
        }
        for name in names where !known.contains(name) {
            compiler.problem(
                site, "type",
                "names the unknown type \(ValueSummary.quoted(name)); known are \(known.joined(separator: ", "))"
            )
        }
        return [TypeKeyword(names: names, kinds: Set(names))]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        if kinds.contains(instance.typeName) { return true }
        if case .number(let number) = instance, number.isInteger, kinds.contains("integer") { return true }
        return run.fail(
            "type",
            "expected \(ValueSummary.alternatives(names.map(Self.phrase))), found \(ValueSummary.text(instance))"
        )
    }

    /// A type in the words of a message.
    static func phrase(_ name: String) -> String {
        switch name {
        case "null": "null"
        case "object", "array", "integer": "an \(name)"
        default: "a \(name)"
        }
    }
}
