/// A set of keywords that a metaschema can switch on (since draft 2019-09).
enum SchemaVocabulary: String, Sendable, Hashable, CaseIterable {
    /// `$id`, `$ref`, `$defs` … which no metaschema can switch off.
    case core
    /// Keywords that apply schemas to parts of a value, or to the value itself.
    case applicator
    /// `unevaluatedItems` and `unevaluatedProperties`, part of the applicators in 2019-09.
    case unevaluated
    /// `type`, `minimum`, `required` …
    case validation
    /// `title`, `default` …
    case metaData = "meta-data"
    /// `format` as an annotation.
    case formatAnnotation = "format-annotation"
    /// `format` as an assertion.
    case formatAssertion = "format-assertion"
    /// `contentEncoding` and its kin.
    case content

    /// The vocabulary that a URI names in a draft; nil for unknown ones.
    init?(uri: String, draft: SchemaDraft) {
        let prefix = "https://json-schema.org/draft/\(draft == .draft2019 ? "2019-09" : "2020-12")/vocab/"
        guard draft >= .draft2019, uri.hasPrefix(prefix) else { return nil }
        let name = String(uri.dropFirst(prefix.count))
        if name == "format", draft == .draft2019 {
            self = .formatAnnotation
        } else {
            self.init(rawValue: name)
        }
    }
}
