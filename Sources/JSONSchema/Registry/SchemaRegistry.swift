public import JSON

/// Documents that references may lead to, by URI: nothing is ever fetched.
///
/// The metaschemas of all drafts are always there.
public struct SchemaRegistry: Sendable, Hashable {
    private var documents: [String: JSONValue]

    /// Creates a registry of documents by their absolute URI, without fragment.
    public init(_ documents: [String: JSONValue] = [:]) { self.documents = documents }

    /// Reads, sets or removes the document of a URI.
    public subscript(uri: String) -> JSONValue? {
        get { documents[uri] ?? Metaschema.document(uri) }
        set { documents[uri] = newValue }
    }
}
