import JSON

/// Finds the dialect that a `$schema` names: a draft, or a metaschema of the user's own in the registry.
struct DialectReader {
    /// The documents that may be metaschemas.
    let registry: SchemaRegistry

    /// How many metaschemas may describe one another.
    private static let longestChain = 8

    /// Why a `$schema` can't be followed.
    struct Mistake: Error {
        /// What is wrong, without a full stop.
        let message: String
    }

    /// The dialect of a `$schema`.
    func dialect(_ uri: String) throws(Mistake) -> SchemaDialect { try dialect(uri, chain: 0) }

    private func dialect(_ uri: String, chain: Int) throws(Mistake) -> SchemaDialect {
        if let draft = SchemaDraft(schemaURI: uri) { return SchemaDialect(draft: draft, isDeclared: true) }
        let name = URIReference(uri).document
        guard let metaschema = registry[name]?.object, chain < Self.longestChain else {
            throw Mistake(
                message: "the draft \(ValueSummary.quoted(uri)) is not known; write "
                    + "\"https://json-schema.org/draft/2020-12/schema\" or leave it out")
        }
        var dialect = SchemaDialect(draft: .draft2020, isDeclared: true)
        if let own = metaschema["$schema"]?.string, URIReference(own).document != name {
            dialect = try self.dialect(own, chain: chain + 1)
        }
        guard dialect.draft >= .draft2019, let listed = metaschema["$vocabulary"]?.object else {
            dialect.vocabularies = nil
            return dialect
        }
        var vocabularies: Set<SchemaVocabulary> = []
        for (uri, isRequired) in listed {
            if let vocabulary = SchemaVocabulary(uri: uri, draft: dialect.draft) {
                vocabularies.insert(vocabulary)
            } else if isRequired == true {
                throw Mistake(
                    message: "the metaschema \(ValueSummary.quoted(name)) demands the vocabulary "
                        + "\(ValueSummary.quoted(uri)), which is not known")
            }
        }
        dialect.vocabularies = vocabularies
        return dialect
    }
}
