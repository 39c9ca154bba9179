import JSON

/// What a judge says of one item of a list, such as a statement.
struct RagasVerdict: Sendable, Hashable {
    /// The item.
    var text: String
    /// Whether it has the property that the judge looked for.
    var holds: Bool
    /// Why, in the judge's words.
    var reason: String

    /// The verdict as it stands in the details.
    ///
    /// - Parameter property: What holds or does not, such as `supported`.
    func json(_ property: String) -> JSONValue {
        .object(
            pairs: [("text", .string(text)), (property, .bool(holds)), ("reason", .string(reason))])
    }
}
