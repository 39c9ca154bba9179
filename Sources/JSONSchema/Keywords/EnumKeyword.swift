import JSON

/// `enum` and `const`: the values that are allowed.
struct EnumKeyword: SchemaKeyword {
    private let keyword: String
    private let values: [JSONValue]
    private let index: Set<ExactValue>

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        if let value = site["enum"] {
            if let values = value.array {
                keywords.append(EnumKeyword("enum", values))
            } else {
                compiler.problem(site, "enum", "must be a list of values, is \(ValueSummary.text(value))")
            }
        }
        if let value = site["const"] { keywords.append(EnumKeyword("const", [value])) }
        return keywords
    }

    private init(_ keyword: String, _ values: [JSONValue]) {
        self.keyword = keyword
        self.values = values
        index = Set(values.map(ExactValue.init))
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        if index.contains(ExactValue(value: instance)) { return true }
        let expected = values.map(ValueSummary.text)
        return run.fail(
            keyword,
            expected.isEmpty
                ? "no value is allowed, the list of values is empty"
                : "expected \(ValueSummary.alternatives(expected)), found \(ValueSummary.text(instance))")
    }
}
