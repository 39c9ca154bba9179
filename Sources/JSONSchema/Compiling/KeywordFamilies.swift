/// All families of keywords, in the order in which they are checked: cheap and telling ones first, those
/// that depend on others last.
enum KeywordFamilies {
    /// The compiled keywords of a schema.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        var keywords: [any SchemaKeyword] = []
        keywords += TypeKeyword.compile(site, &compiler)
        keywords += EnumKeyword.compile(site, &compiler)
        keywords += NumericLimit.compile(site, &compiler)
        keywords += MultipleOfKeyword.compile(site, &compiler)
        keywords += LengthKeyword.compile(site, &compiler)
        keywords += PatternKeyword.compile(site, &compiler)
        keywords += FormatKeyword.compile(site, &compiler)
        keywords += RequiredKeyword.compile(site, &compiler)
        keywords += PropertyCountKeyword.compile(site, &compiler)
        keywords += PropertiesKeyword.compile(site, &compiler)
        keywords += PropertyNamesKeyword.compile(site, &compiler)
        keywords += DependenciesKeyword.compile(site, &compiler)
        keywords += ItemCountKeyword.compile(site, &compiler)
        keywords += ItemsKeyword.compile(site, &compiler)
        keywords += ContainsKeyword.compile(site, &compiler)
        keywords += UniqueItemsKeyword.compile(site, &compiler)
        keywords += ReferenceKeyword.compile(site, &compiler)
        keywords += AllOfKeyword.compile(site, &compiler)
        keywords += AlternativesKeyword.compile(site, &compiler)
        keywords += NotKeyword.compile(site, &compiler)
        keywords += ConditionalKeyword.compile(site, &compiler)
        keywords += UnevaluatedPropertiesKeyword.compile(site, &compiler)
        keywords += UnevaluatedItemsKeyword.compile(site, &compiler)
        compileDefinitions(site, &compiler)
        return keywords
    }

    /// Definitions are compiled even when nothing refers to them, so that mistakes in them are found.
    private static func compileDefinitions(_ site: SchemaSite, _ compiler: inout SchemaCompiler) {
        for keyword in ["$defs", "definitions"] {
            _ = compiler.schemaMap(site, keyword)
        }
    }
}
