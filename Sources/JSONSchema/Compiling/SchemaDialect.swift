/// The rules that a schema (resource) follows.
struct SchemaDialect: Sendable, Hashable {
    /// The draft.
    let draft: SchemaDraft
    /// False when nothing names the draft: then the forms of all drafts are understood.
    let isDeclared: Bool

    /// Whether a known keyword is one here.
    func has(_ entry: KeywordTable.Entry) -> Bool {
        !isDeclared || (entry.first <= draft && draft <= entry.last)
    }

    /// Whether `$ref` hides the keywords beside it.
    var referenceHidesSiblings: Bool { draft <= .draft7 }

    /// The keyword that names a schema.
    var identifier: String { draft == .draft4 ? "id" : "$id" }

    /// Whether lists of schemas in `items` are understood.
    var allowsItemsList: Bool { !isDeclared || draft < .draft2020 }

    /// Whether `exclusiveMinimum` may be the draft 4 boolean.
    var allowsBooleanExclusive: Bool { !isDeclared || draft == .draft4 }

    /// Whether `exclusiveMinimum` may be a number.
    var allowsNumericExclusive: Bool { draft > .draft4 }

    /// Whether `true` and `false` are schemas.
    var allowsBooleanSchemas: Bool { draft > .draft4 }
}
