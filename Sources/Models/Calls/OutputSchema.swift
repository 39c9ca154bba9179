import JSON

/// A prompt's `output_schema`, as structured outputs see it.
struct OutputSchema {
    /// The schema.
    let json: JSONValue

    /// Looks at a schema.
    init(_ json: JSONValue) { self.json = json }

    /// True when the answer itself is the value: a type of exactly `string` is judged as plain text, which no
    /// structured output can give.
    var isPlainText: Bool { json["type"]?.string == "string" }

    /// A name that APIs take: the title in `[A-Za-z0-9_-]`, at most 64 long; else `answer`.
    ///
    /// It shows in no answer.
    var name: String {
        var name = ""
        for scalar in (json["title"]?.string ?? "").unicodeScalars.prefix(64) {
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", "_", "-": name.unicodeScalars.append(scalar)
            default: name += "_"
            }
        }
        return name.isEmpty ? "answer" : name
    }
}
