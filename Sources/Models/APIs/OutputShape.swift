import JSON

/// What an output schema means for an API's structured output.
struct OutputShape {
    private let schema: JSONValue

    /// Looks at a prompt's `output_schema`.
    init(_ schema: JSONValue) { self.schema = schema }

    /// True when the answer itself is the value: a type of exactly `string` is judged as plain text, which no
    /// structured output can give.
    var isPlainText: Bool { schema["type"]?.string == "string" }

    /// A name that APIs take: the title in `[A-Za-z0-9_-]`, at most 64 long; else `output`.
    var name: String {
        var name = ""
        for scalar in (schema["title"]?.string ?? "").unicodeScalars.prefix(64) {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", "_", "-": name.unicodeScalars.append(scalar)
            default: name += "_"
            }
        }
        return name.isEmpty ? "output" : name
    }
}
