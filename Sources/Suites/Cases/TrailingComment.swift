import Diagnostics
import YAML

/// A text of an assertion that ends before a `#`: `ticket #1234` is `ticket` to YAML.
enum TrailingComment {
    /// Warns of each such text in a value or a list.
    static func warn(of node: YAMLNode, in type: String, reader: SourceReader) {
        for item in node.items ?? [node] {
            guard let scalar = item.scalar, let comment = scalar.trailingComment else { continue }
            let text = scalar.text + " " + comment
            reader.add(
                Diagnostic(
                    "trailing-comment",
                    "'\(type)' looks for '\(TerminalText.excerpt(scalar.text, limit: 60))' alone, for ' #' begins a comment",
                    at: item.mark,
                    hint:
                        "to mean the text, write \(YAMLQuoting.quoted(text)); a comment has a space behind its #",
                    severity: .warning))
        }
    }
}
