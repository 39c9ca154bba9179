import JSON

/// What a branch of `anyOf` or `oneOf` is called, and what it says of the value as a whole.
struct BranchLabel: Sendable {
    /// Its `title`, else the end of its `$ref`; nil for a branch with neither.
    let name: String?
    /// The types it names, as in messages.
    let types: [String]
    /// The values in its `const` or `enum`, as in messages; nil without these keywords.
    let values: [String]?

    /// Reads a branch as it was written.
    init(_ schema: JSONValue?) {
        let end = schema?["$ref"]?.string.flatMap { $0.split { $0 == "/" || $0 == "#" }.last }
        name = schema?["title"]?.string ?? end.map(String.init)
        let written = schema?["type"]
        types = (written?.array ?? written.map { [$0] } ?? []).compactMap(\.string).map(TypeKeyword.phrase)
        values = (schema?["const"].map { [$0] } ?? schema?["enum"]?.array)?.map(ValueSummary.text)
    }
}
