import JSON

/// `$ref`, `$dynamicRef` and `$recursiveRef`: the schema at another place.
struct ReferenceKeyword: SchemaKeyword {
    private let target: SchemaCompiler.Reference

    /// Reads the three keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        ["$ref", "$dynamicRef", "$recursiveRef"].compactMap { keyword in
            guard let reference = compiler.text(site, keyword) else { return nil }
            if keyword == "$recursiveRef", reference != "#" {
                compiler.problem(site, keyword, "must be \"#\", is \(ValueSummary.quoted(reference))")
                return nil
            }
            return compiler.referenced(site, keyword, reference).map { ReferenceKeyword(target: $0) }
        }
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        let schema = target.dynamicName.flatMap { run.dynamicTarget($0) } ?? target.schema
        return try run.accepts(instance, schema)
    }
}
