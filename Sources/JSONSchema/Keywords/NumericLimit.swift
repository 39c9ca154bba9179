import JSON

/// `minimum`, `maximum` and their exclusive forms, compared exactly.
struct NumericLimit: SchemaKeyword {
    private let keyword: String
    private let bound: JSONNumber
    private let isLower: Bool
    private let isExclusive: Bool

    /// Reads all four keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compile(site, "minimum", "exclusiveMinimum", isLower: true, &compiler)
            + compile(site, "maximum", "exclusiveMaximum", isLower: false, &compiler)
    }

    private static func compile(
        _ site: SchemaSite, _ plain: String, _ exclusive: String, isLower: Bool,
        _ compiler: inout SchemaCompiler
    ) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        var plainIsExclusive = false
        if let flag = site[exclusive]?.bool {
            if !site.dialect.allowsBooleanExclusive {
                compiler.problem(
                    site, exclusive, "must be a number since draft 6; write the bound itself into it")
            } else if site[plain] == nil {
                compiler.problem(site, exclusive, "needs '\(plain)' beside it when it is true or false")
            }
            plainIsExclusive = flag
        } else if site[exclusive] != nil, !site.dialect.allowsNumericExclusive {
            compiler.problem(site, exclusive, "must be true or false in draft 4")
        } else if let bound = compiler.number(site, exclusive) {
            keywords.append(
                NumericLimit(keyword: exclusive, bound: bound, isLower: isLower, isExclusive: true))
        }
        if let bound = compiler.number(site, plain) {
            keywords.append(
                NumericLimit(keyword: plain, bound: bound, isLower: isLower, isExclusive: plainIsExclusive))
        }
        return keywords
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .number(let number) = instance else { return true }
        let isInside = isLower ? bound < number : number < bound
        if isInside || !isExclusive && number == bound { return true }
        let relation =
            switch (isLower, isExclusive) {
            case (true, false): "at least"
            case (true, true): "more than"
            case (false, false): "at most"
            case (false, true): "less than"
            }
        return run.fail(keyword, "expected \(relation) \(bound.text), found \(ValueSummary.text(instance))")
    }
}
