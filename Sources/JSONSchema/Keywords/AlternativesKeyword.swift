import JSON

/// `anyOf` and `oneOf`: at least, or exactly, one schema of a list.
struct AlternativesKeyword: SchemaKeyword {
    private let keyword: String
    private let schemas: [SchemaNodeID]
    private let isExclusive: Bool

    /// Reads both keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        for keyword in ["anyOf", "oneOf"] {
            guard let schemas = compiler.schemaList(site, keyword, inPlace: true) else { continue }
            keywords.append(
                AlternativesKeyword(keyword: keyword, schemas: schemas, isExclusive: keyword == "oneOf"))
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
        var branches: [(index: Int, violations: [SchemaViolation])] = []
        for (index, schema) in schemas.enumerated() {
            branches.append((index, try run.attempt(instance, schema) ?? []))
        }
        let place = run.instanceLocation
        let ranked = branches.map { (rank: Self.rank($0.violations, at: place), branch: $0) }
            .sorted { ($0.rank, $0.branch.index) < ($1.rank, $1.branch.index) }
        let causes = ranked.flatMap(\.branch.violations)
        let nearest = causes.first.map { "; the nearest fails because of \($0.message)" } ?? ""
        let count = ValueSummary.count(schemas.count, "alternative")
        return run.fail(
            keyword, "\(ValueSummary.text(instance)) fits none of \(count)\(nearest)", causes: causes)
    }

    /// How far a branch is from fitting: a wrong kind of value is farthest, then a wrong fixed value (which
    /// tells variants apart), then the number of violations.
    private static func rank(_ violations: [SchemaViolation], at place: JSONPointer) -> Int {
        let depth = place.tokens.count
        var rank = min(violations.count, 1000)
        for violation in violations {
            let below = violation.instanceLocation.tokens.count - depth
            if below == 0, violation.keyword == "type" || violation.keyword == "false" { return 1_000_000 }
            if below <= 1, violation.keyword == "const" || violation.keyword == "enum" { rank += 10_000 }
        }
        return rank
    }
}
