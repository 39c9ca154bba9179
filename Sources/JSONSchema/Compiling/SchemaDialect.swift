import JSON

/// The rules that a schema (resource) follows.
struct SchemaDialect: Sendable, Hashable {
    /// The draft.
    let draft: SchemaDraft
    /// False when nothing names the draft: then the forms of all drafts are understood.
    let isDeclared: Bool
    /// The vocabularies that a metaschema of the user's own switches on; nil: all of the draft.
    var vocabularies: Set<SchemaVocabulary>?

    /// Creates the dialect of a draft.
    init(draft: SchemaDraft, isDeclared: Bool) {
        self.draft = draft
        self.isDeclared = isDeclared
    }

    /// Whether a known keyword is one here.
    func has(_ entry: KeywordTable.Entry) -> Bool {
        guard !isDeclared || (entry.first <= draft && draft <= entry.last) else { return false }
        guard let vocabularies, entry.vocabulary != .core else { return true }
        // Formats have two vocabularies, and unevaluated… belonged to the applicators at first.
        switch entry.vocabulary {
        case .formatAnnotation: return true
        case .unevaluated where draft == .draft2019: return vocabularies.contains(.applicator)
        case let vocabulary: return vocabularies.contains(vocabulary)
        }
    }

    /// True when the metaschema makes `format` an assertion.
    var assertsFormat: Bool { vocabularies?.contains(.formatAssertion) == true }

    /// Whether `$ref` hides the keywords beside it.
    var referenceHidesSiblings: Bool { draft <= .draft7 }

    /// The keyword that names a schema.
    var identifier: String { draft == .draft4 ? "id" : "$id" }

    /// Whether lists of schemas in `items` are understood.
    var allowsItemsList: Bool { !isDeclared || draft < .draft2020 }

    /// Whether elements that `contains` has found count as evaluated.
    var containsEvaluates: Bool { draft >= .draft2020 }

    /// Whether `exclusiveMinimum` may be the draft 4 boolean.
    var allowsBooleanExclusive: Bool { !isDeclared || draft == .draft4 }

    /// Whether `exclusiveMinimum` may be a number.
    var allowsNumericExclusive: Bool { draft > .draft4 }

    /// Whether `true` and `false` are schemas.
    var allowsBooleanSchemas: Bool { draft > .draft4 }
}
