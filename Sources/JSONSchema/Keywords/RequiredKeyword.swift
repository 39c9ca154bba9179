import JSON

/// `required`: members that an object must have.
struct RequiredKeyword: SchemaKeyword {
    private let names: [String]

    /// Reads `required`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        guard let value = site["required"] else { return [] }
        if value.bool != nil {
            compiler.problem(
                site, "required",
                "must be a list of names in the object's schema, not true or false in the member's")
            return []
        }
        guard let names = compiler.names(site, "required", value), !names.isEmpty else { return [] }
        return [RequiredKeyword(names: names)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        var fits = true
        for name in names where members[name] == nil {
            fits = run.fail("required", "the member \(ValueSummary.quoted(name)) is missing")
            if !run.collects { break }
        }
        return fits
    }
}

/// `minProperties` and `maxProperties`.
struct PropertyCountKeyword: SchemaKeyword {
    private let minimum: Int
    private let maximum: Int

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let minimum = compiler.count(site, "minProperties") ?? 0
        let maximum = compiler.count(site, "maxProperties") ?? .max
        return minimum == 0 && maximum == .max
            ? [] : [PropertyCountKeyword(minimum: minimum, maximum: maximum)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        let count = members.count
        if count < minimum {
            return run.fail(
                "minProperties", "expected at least \(ValueSummary.count(minimum, "member")), found \(count)")
        }
        if count > maximum {
            return run.fail(
                "maxProperties", "expected at most \(ValueSummary.count(maximum, "member")), found \(count)")
        }
        return true
    }
}
