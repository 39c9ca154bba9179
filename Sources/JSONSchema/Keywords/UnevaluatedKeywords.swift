import JSON

/// A keyword for the parts of a value that no other keyword of its schema has looked at; checked after all others.
protocol UnevaluatedKeyword: SchemaKeyword {}

/// `unevaluatedProperties`: the schema of members that nothing else has looked at.
struct UnevaluatedPropertiesKeyword: UnevaluatedKeyword {
    private let schema: SchemaNodeID

    /// Reads `unevaluatedProperties`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.schema(site, "unevaluatedProperties").map { [UnevaluatedPropertiesKeyword(schema: $0)] }
            ?? []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        var fits = true
        for (name, value) in members where !run.isEvaluated(name) {
            if run.acceptsNothing(schema) {
                fits = run.fail("unevaluatedProperties", at: .key(name), "this member is not allowed here")
            } else if !(try run.accepts(value, schema, at: .key(name))) {
                fits = false
            }
            if !fits, !run.collects { return false }
            run.noteEvaluated(name)
        }
        return fits
    }
}

/// `unevaluatedItems`: the schema of elements that nothing else has looked at.
struct UnevaluatedItemsKeyword: UnevaluatedKeyword {
    private let schema: SchemaNodeID

    /// Reads `unevaluatedItems`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.schema(site, "unevaluatedItems").map { [UnevaluatedItemsKeyword(schema: $0)] } ?? []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .array(let elements) = instance else { return true }
        var fits = true
        for (index, element) in elements.enumerated() where !run.isEvaluated(index) {
            if run.acceptsNothing(schema) {
                fits = run.fail("unevaluatedItems", at: .index(index), "this element is not allowed here")
            } else if !(try run.accepts(element, schema, at: .index(index))) {
                fits = false
            }
            if !fits, !run.collects { return false }
        }
        run.noteEvaluated(prefix: elements.count)
        return fits
    }
}
