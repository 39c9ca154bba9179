import JSON

/// A place in one of the documents that a schema is made of.
struct SchemaPlace: Hashable, Sendable {
    /// The number of the document; 0 is the schema itself.
    var document: Int
    /// The place in it.
    var pointer: JSONPointer

    /// The root of the schema itself.
    static let root = SchemaPlace(document: 0, pointer: .root)

    /// A place below this one.
    func appending(_ token: String) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(token))
    }

    /// A place below this one.
    func appending(_ tokens: [String]) -> SchemaPlace {
        SchemaPlace(document: document, pointer: JSONPointer(tokens: pointer.tokens + tokens))
    }
}
