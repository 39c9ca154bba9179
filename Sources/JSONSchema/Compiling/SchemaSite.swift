import JSON

/// One schema object in the document while it is compiled.
struct SchemaSite {
    /// The keywords as written, those hidden by `$ref` or foreign to the draft removed.
    let members: JSONObject
    /// The place.
    let place: SchemaPlace
    /// The rules that it follows.
    let dialect: SchemaDialect
    /// Its number in the graph.
    let id: SchemaNodeID

    /// The value of a keyword.
    subscript(keyword: String) -> JSONValue? { members[keyword] }
}
