public import JSON

/// How a prompt's `output_schema` is sent to the APIs of OpenAI.
///
/// A schema that strict mode takes is sent with `strict: true`, and the service holds the answer to it. One that strict
/// mode would reject is sent with `strict: false`: the model sees it, and the request goes through. A schema without
/// an object at its root is taken in neither mode, and is not sent: the prompt has to say what is wanted, and the
/// answer is judged by `schema` as ever.
public struct OpenAIOutputFormat: Sendable, Hashable {
    /// The schema.
    public let schema: JSONValue
    /// Whether the service holds the answer to it.
    public let isStrict: Bool

    /// How a schema is sent; nil when it is not.
    public init?(_ schema: JSONValue) {
        guard schema["type"]?.string == "object", schema["anyOf"] == nil else { return nil }
        self.schema = schema
        isStrict = StrictSchema.complaints(about: schema).isEmpty
    }

    /// `{name, schema, strict}`.
    public var members: JSONObject {
        ["name": .string(OutputSchema(schema).name), "schema": schema, "strict": .bool(isStrict)]
    }

    /// Warnings for a schema that the service does not hold the answer to.
    ///
    /// A schema of a text has none: a plain text is what is wanted then.
    public static func complaints(about schema: JSONValue) -> [RequestComplaint] {
        guard !OutputSchema(schema).isPlainText else { return [] }
        var complaints = StrictSchema.complaints(about: schema)
        guard !complaints.isEmpty else { return [] }
        let consequence =
            OpenAIOutputFormat(schema) == nil
            ? "until then the schema is not sent"
            : "until then it is sent with strict: false, as advice to the model"
        for index in complaints.indices {
            complaints[index].hint = (complaints[index].hint.map { $0 + "; " } ?? "") + consequence
        }
        return complaints
    }
}
