import JSON

extension RequestDraft {
    /// Warns of what a schema says beyond a provider's subset, the first five places being named.
    ///
    /// - Parameter effect: What the provider does with it: `rejects`, `ignores`.
    mutating func checkSchema(_ schema: JSONValue, _ what: String, _ subset: SchemaSubset, effect: String) {
        let found = subset.findings(in: schema)
        guard !found.isEmpty else { return }
        let rest = found.count > 5 ? " and \(found.count - 5) more" : ""
        warn(
            "unsupported-schema",
            "\(what) says what \(api) \(effect) in structured outputs: "
                + found.prefix(5).joined(separator: ", ") + rest,
            hint: "say it in a description too, and let assertions check it")
    }

    /// True when the schema can be sent; plain text needs none, and `true` and `false` are no objects.
    mutating func accepts(outputSchema schema: JSONValue) -> Bool {
        guard schema.object != nil else {
            refuse(
                "unsupported-schema",
                "output_schema is \(schema) for \(model), and \(api) takes objects only",
                hint: "write a schema such as {type: object, …}")
            return false
        }
        return !OutputSchema(schema).isPlainText
    }
}
