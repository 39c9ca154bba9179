import JSON

/// `anyOf` and `oneOf`: at least, or exactly, one schema of a list.
struct AlternativesKeyword: SchemaKeyword {
    private let keyword: String
    private let schemas: [SchemaNodeID]
    private let labels: [BranchLabel]
    private let isExclusive: Bool

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        for keyword in ["anyOf", "oneOf"] {
            guard let schemas = compiler.schemaList(site, keyword, inPlace: true) else { continue }
            keywords.append(
                AlternativesKeyword(
                    keyword: keyword, schemas: schemas,
                    labels: schemas.indices.map { BranchLabel(site[keyword]?[$0]) },
                    isExclusive: keyword == "oneOf"))
        }
        return keywords
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        var fitting: [Int] = []
        for (index, schema) in schemas.enumerated() where try run.acceptsSilently(instance, schema) {
            if !isExclusive, !run.isAskedForEvaluated { return true }
            fitting.append(index)
            if isExclusive, fitting.count > 1, !run.collects { return false }
        }
        if fitting.count == 1 || !isExclusive && !fitting.isEmpty { return true }
        guard run.collects else { return false }
        if fitting.count > 1 {
            let places = ValueSummary.list(fitting.map { run.location(of: schemas[$0]) }, quotes: false)
            return run.fail(keyword, "fits \(fitting.count) of the alternatives (\(places)) instead of one")
        }
        guard run.listsMore else { return run.fail(keyword, "fits none of the alternatives") }
        return try explain(instance, in: &run)
    }

    /// Tries all branches again, now with reasons, and reports them.
    private func explain(
        _ instance: JSONValue, in run: inout ValidationRun
    ) throws(SchemaLimitError) -> Bool {
        let place = run.instanceLocation
        var branches: [AlternativesReport.Branch] = []
        for (index, schema) in schemas.enumerated() {
            let violations = try run.attempt(instance, schema, sharedBy: schemas.count - index) ?? []
            branches.append(
                AlternativesReport.Branch(
                    index: index, pointer: run.pointer(of: schema), label: labels[index],
                    violations: violations,
                    distance: BranchDistance(violations, depth: place.tokens.count)))
        }
        let report = AlternativesReport(branches, of: instance)
        return run.fail(
            keyword, report.sentence(at: place), causes: report.causes, nearestDistance: report.distance)
    }
}
