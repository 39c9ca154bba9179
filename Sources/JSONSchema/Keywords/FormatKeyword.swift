import JSON

/// `format`: a string in a known notation.
struct FormatKeyword: SchemaKeyword {
    private let format: SchemaFormat

    /// Reads `format`; unknown formats and all formats when they are annotations check nothing.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        guard let name = compiler.text(site, "format"),
            compiler.options.assertsFormat || site.dialect.assertsFormat
        else { return [] }
        guard let format = SchemaFormat(rawValue: name) else {
            compiler.warn(
                site, "format",
                "the format \(ValueSummary.quoted(name)) is not checked; known are "
                    + SchemaFormat.allCases.map(\.rawValue).joined(separator: ", "))
            return []
        }
        return [FormatKeyword(format: format)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .string(let text) = instance, !format.accepts(text) else { return true }
        return run.fail("format", "\(ValueSummary.text(instance)) is not \(format.phrase)")
    }
}
