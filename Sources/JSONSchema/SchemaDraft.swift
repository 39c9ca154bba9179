/// A published version of JSON Schema.
public enum SchemaDraft: Int, Sendable, Hashable, CaseIterable, Comparable {
    /// Draft 4 (2013).
    case draft4 = 4
    /// Draft 6 (2017).
    case draft6 = 6
    /// Draft 7 (2018).
    case draft7 = 7
    /// Draft 2019-09.
    case draft2019 = 2019
    /// Draft 2020-12.
    case draft2020 = 2020

    /// The name in messages, such as `draft 2020-12`.
    public var name: String {
        switch self {
        case .draft4: "draft 4"
        case .draft6: "draft 6"
        case .draft7: "draft 7"
        case .draft2019: "draft 2019-09"
        case .draft2020: "draft 2020-12"
        }
    }

    /// The draft that a `$schema` names; nil for any other URI.
    public init?(schemaURI: String) {
        var uri = schemaURI
        if uri.hasSuffix("#") { uri.removeLast() }
        for scheme in ["http://", "https://"] where uri.hasPrefix(scheme) {
            uri.removeFirst(scheme.count)
            break
        }
        guard let draft = Self.allCases.first(where: { $0.metaschemaPath == uri }) else { return nil }
        self = draft
    }

    private var metaschemaPath: String {
        switch self {
        case .draft4: "json-schema.org/draft-04/schema"
        case .draft6: "json-schema.org/draft-06/schema"
        case .draft7: "json-schema.org/draft-07/schema"
        case .draft2019: "json-schema.org/draft/2019-09/schema"
        case .draft2020: "json-schema.org/draft/2020-12/schema"
        }
    }

    /// Orders by age, the oldest first.
    public static func < (left: SchemaDraft, right: SchemaDraft) -> Bool { left.rawValue < right.rawValue }
}
