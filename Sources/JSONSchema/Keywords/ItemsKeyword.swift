import JSON

/// `prefixItems`, `items` and `additionalItems`: schemas of the elements of a list.
struct ItemsKeyword: SchemaKeyword {
    private let first: [SchemaNodeID]
    private let rest: SchemaNodeID?
    private let restKeyword: String

    /// Reads the keywords; a list in `items` is the older form of `prefixItems`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let prefix = compiler.schemaList(site, "prefixItems")
        guard let list = site["items"]?.array else {
            let rest = compiler.schema(site, "items")
            if site["additionalItems"] != nil {
                _ = compiler.schema(site, "additionalItems")
                compiler.warn(
                    site, "additionalItems", "'additionalItems' has no effect without a list in 'items'")
            }
            if prefix == nil, rest == nil { return [] }
            return [ItemsKeyword(first: prefix ?? [], rest: rest, restKeyword: "items")]
        }
        guard site.dialect.allowsItemsList, prefix == nil else {
            compiler.problem(
                site, "items",
                "must be a schema in draft 2020-12; schemas by position belong in 'prefixItems'")
            return []
        }
        let first = list.indices.map { compiler.subschema(site, ["items", "\($0)"]) }
        let rest = compiler.schema(site, "additionalItems")
        return [ItemsKeyword(first: first, rest: rest, restKeyword: "additionalItems")]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .array(let elements) = instance else { return true }
        var fits = true
        for (index, schema) in zip(elements.indices, first) {
            if !(try run.accepts(elements[index], schema, at: .index(index))) { fits = false }
            if !fits, !run.collects { return false }
        }
        run.noteEvaluated(prefix: rest == nil ? min(first.count, elements.count) : elements.count)
        guard let rest, elements.count > first.count else { return fits }
        if run.acceptsNothing(rest) {
            return run.fail(
                restKeyword,
                "expected at most \(ValueSummary.count(first.count, "element")), found \(elements.count)")
        }
        for index in first.count..<elements.count {
            if !(try run.accepts(elements[index], rest, at: .index(index))) { fits = false }
            if !fits, !run.collects { return false }
        }
        return fits
    }
}

/// `minItems` and `maxItems`.
struct ItemCountKeyword: SchemaKeyword {
    private let minimum: Int
    private let maximum: Int

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let minimum = compiler.count(site, "minItems") ?? 0
        let maximum = compiler.count(site, "maxItems") ?? .max
        return minimum == 0 && maximum == .max ? [] : [ItemCountKeyword(minimum: minimum, maximum: maximum)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .array(let elements) = instance else { return true }
        let count = elements.count
        if count < minimum {
            return run.fail(
                "minItems", "expected at least \(ValueSummary.count(minimum, "element")), found \(count)")
        }
        if count > maximum {
            return run.fail(
                "maxItems", "expected at most \(ValueSummary.count(maximum, "element")), found \(count)")
        }
        return true
    }
}
