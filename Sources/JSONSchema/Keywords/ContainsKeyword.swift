import JSON

/// `contains`, `minContains` and `maxContains`: how many elements fit a schema.
struct ContainsKeyword: SchemaKeyword {
    private let schema: SchemaNodeID
    private let minimum: Int
    private let maximum: Int
    private let hasMinimum: Bool
    private let evaluates: Bool

    /// Reads the keywords; the counts have no effect without `contains`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let minimum = compiler.count(site, "minContains")
        let maximum = compiler.count(site, "maxContains")
        guard let schema = compiler.schema(site, "contains") else {
            for keyword in ["minContains", "maxContains"] where site[keyword] != nil {
                compiler.warn(site, keyword, "'\(keyword)' has no effect without 'contains'")
            }
            return []
        }
        let evaluates = site.dialect.containsEvaluates
        if minimum == 0, maximum == nil, !evaluates { return [] }
        return [
            ContainsKeyword(
                schema: schema, minimum: minimum ?? 1, maximum: maximum ?? .max, hasMinimum: minimum != nil,
                evaluates: evaluates)
        ]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .array(let elements) = instance else { return true }
        var count = 0
        let marks = evaluates && run.isAskedForEvaluated
        if minimum == 0, maximum == .max, !marks { return true }
        for (index, element) in elements.enumerated() where try run.acceptsPartSilently(element, schema) {
            count += 1
            if marks {
                run.noteEvaluated(index: index)
            } else if count > maximum || count >= minimum && maximum == .max {
                break
            }
        }
        if count >= minimum, count <= maximum { return true }
        guard run.collects else { return false }
        let place = run.location(of: schema)
        if count < minimum {
            return run.fail(
                hasMinimum ? "minContains" : "contains",
                "expected at least \(ValueSummary.count(minimum, "element")) that fits "
                    + "\(place), found \(count)")
        }
        return run.fail(
            "maxContains",
            "expected at most \(ValueSummary.count(maximum, "element")) that fits \(place), found more")
    }
}

/// `uniqueItems`: no two elements are equal.
struct UniqueItemsKeyword: SchemaKeyword {
    /// Reads `uniqueItems`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.flag(site, "uniqueItems") == true ? [UniqueItemsKeyword()] : []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .array(let elements) = instance, elements.count > 1 else { return true }
        var seen: [ExactValue: Int] = [:]
        seen.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            if let first = seen.updateValue(index, forKey: ExactValue(value: element)) {
                return run.fail(
                    "uniqueItems",
                    "the elements \(first) and \(index) are equal, but all must be different: "
                        + ValueSummary.text(element))
            }
        }
        return true
    }
}
