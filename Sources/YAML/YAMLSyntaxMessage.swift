import Diagnostics

/// libyaml's messages in plain words.
enum YAMLSyntaxMessage {
    /// The diagnostic for a failure, with its place already inside the text.
    static func diagnostic(
        for failure: YAMLEventStream.Failure, at place: YAMLPlace, contextPlace: YAMLPlace?, file: String
    ) -> Diagnostic {
        let (message, hint) = explain(failure.problem, context: failure.context ?? "")
        var notes: [Diagnostic.Note] = []
        if let contextPlace, contextPlace != place, let context = failure.context {
            let mark = SourceMark(file: file, line: contextPlace.line, column: contextPlace.column)
            notes.append(.init("\(doing(context)) begins here", at: mark))
        }
        return Diagnostic(
            "yaml-syntax", message, at: SourceMark(file: file, line: place.line, column: place.column),
            hint: hint, notes: notes)
    }

    private static func explain(_ problem: String, context: String) -> (message: String, hint: String) {
        for (fragment, message, hint) in table
        where problem.contains(fragment) || "\(context): \(problem)".contains(fragment) {
            return (message, hint)
        }
        let place = context.isEmpty ? "" : ", \(context)"
        return (
            "this is not valid YAML: \(problem)\(place)",
            "quote the text if it has characters with a meaning in YAML, and check the indentation"
        )
    }

    /// The first match counts.
    private static let table: [(fragment: String, message: String, hint: String)] = [
        (
            "mapping values are not allowed", "a ': ' is not allowed here",
            "quote the text if the ': ' belongs to it; else check the indentation of this line"
        ),
        (
            "scanning a quoted scalar: found unexpected end of stream", "a quoted text is never closed",
            "add the closing quote; in double quotes a quote inside is written \\\", in single quotes ''"
        ),
        (
            "scanning a quoted scalar: found unexpected document", "a quoted text is never closed",
            "add the closing quote before the '---' or '...'"
        ),
        (
            "did not find expected ',' or ']'",
            "a list that begins with '[' is not closed where it should be",
            "separate its items with ',' and close it with ']'; quote text that begins with '['"
        ),
        (
            "did not find expected ',' or '}'",
            "a mapping that begins with '{' is not closed where it should be",
            "separate its entries with ',' and close it with '}'; quote text that begins with '{'"
        ),
        (
            "could not find expected ':'", "a line is neither 'key: value' nor part of the value above it",
            "add the ':' and a space behind the key, or indent the line, or write the text as a '|' block"
        ),
        (
            "did not find expected key", "a key is expected here",
            "check the indentation of this line, and that a quote inside the text above does not end it"
        ),
        (
            "did not find expected '-' indicator", "a list item that begins with '- ' is expected here",
            "indent the line like its list, or further if it belongs to the item above"
        ),
        (
            "block sequence entries are not allowed", "a '- ' is not allowed here",
            "begin the list in a line of its own, or quote the text"
        ),
        (
            "block mapping keys", "a '? ' is not allowed here", "quote the text if the '?' belongs to it"
        ),
        (
            "cannot start any token", "a value can't begin with this character",
            "quote the text"
        ),
        (
            "unknown escape character", "an unknown escape in double quotes",
            "write \\\\ for a backslash, or use single quotes, where a backslash is nothing special"
        ),
        (
            "did not find expected hexdecimal number", "an escape lacks its hexadecimal digits",
            "write \\xHH, \\uHHHH or \\UHHHHHHHH, or use single quotes"
        ),
        (
            "invalid Unicode character escape", "an escape names a character that does not exist",
            "for characters beyond U+FFFF write \\UHHHHHHHH or the character itself"
        ),
        (
            "undefined tag handle", "a tag handle that was not declared",
            "quote the text if the '!' belongs to it"
        ),
        (
            "did not find expected <document start>", "text stands where a document should begin or end",
            "check the indentation of this line, and quotes or brackets that end too early above it"
        ),
        (
            "did not find expected comment or line break", "text stands behind '|' or '>'",
            "put the text of the block into the lines below, indented, or quote the text"
        ),
        (
            "incompatible YAML document", "this version of YAML is not known", "remove the %YAML line"
        ),
        (
            "did not find expected alphabetic or numeric character",
            "the name of an anchor or alias is expected here",
            "quote the text if the '*' or '&' belongs to it"
        ),
    ]

    private static func doing(_ context: String) -> String {
        let known = [
            "a quoted scalar": "the quoted text", "a flow sequence": "the list",
            "a flow mapping": "the mapping",
            "a block mapping": "the mapping", "a block collection": "the list", "a simple key": "the line",
            "a plain scalar": "the text", "a block scalar": "the block of text", "an alias": "the alias",
            "an anchor": "the anchor", "a tag": "the tag",
        ]
        return known.first { context.contains($0.key) }?.value ?? "what is being read"
    }
}
