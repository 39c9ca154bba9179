import JSON

/// `allOf`: every schema of a list.
struct AllOfKeyword: SchemaKeyword {
    private let schemas: [SchemaNodeID]

    /// Reads `allOf`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.schemaList(site, "allOf", inPlace: true).map { [AllOfKeyword(schemas: $0)] } ?? []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        var fits = true
        for schema in schemas where !(try run.accepts(instance, schema)) {
            fits = false
            if !run.collects { break }
        }
        return fits
    }
}

/// `not`: a schema that must not fit.
struct NotKeyword: SchemaKeyword {
    private let schema: SchemaNodeID

    /// Reads `not`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.schema(site, "not", inPlace: true).map { [NotKeyword(schema: $0)] } ?? []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard try run.acceptsSilently(instance, schema) else { return true }
        guard run.collects else { return false }
        let place = run.location(of: schema)
        return run.fail("not", "\(ValueSummary.text(instance)) fits \(place), which it must not")
    }
}

/// `if`, `then` and `else`.
struct ConditionalKeyword: SchemaKeyword {
    private let condition: SchemaNodeID
    private let consequence: SchemaNodeID?
    private let alternative: SchemaNodeID?

    /// Reads the three keywords; `then` and `else` have no effect without `if`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let consequence = compiler.schema(site, "then", inPlace: true)
        let alternative = compiler.schema(site, "else", inPlace: true)
        guard let condition = compiler.schema(site, "if", inPlace: true) else {
            for keyword in ["then", "else"] where site[keyword] != nil {
                compiler.warn(site, keyword, "'\(keyword)' has no effect without 'if'")
            }
            return []
        }
        // Alone `if` can't fail, but what it looks at counts as evaluated.
        if consequence == nil, alternative == nil, site.dialect.draft < .draft2019 { return [] }
        return [
            ConditionalKeyword(condition: condition, consequence: consequence, alternative: alternative)
        ]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        let branch = try run.acceptsSilently(instance, condition) ? consequence : alternative
        guard let branch else { return true }
        return try run.accepts(instance, branch)
    }
}
