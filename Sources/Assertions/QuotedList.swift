/// A list in one text: items between commas, quoted where they hold commas themselves.
///
/// Space around items does not count. In quotes `""` and `\"` stand for a quote. Items without quotes that
/// are empty are dropped, quoted ones are kept.
enum QuotedList {
    /// The items; throws when a quote has no end, or text follows it.
    static func items(of text: String) throws(QuotedListError) -> [String] {
        var items: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            rest = rest.drop(while: WhiteSpace.isSpace)
            if rest.first == "\"" {
                items.append(try quoted(&rest))
                rest = rest.drop(while: WhiteSpace.isSpace)
                if let next = rest.first, next != "," {
                    throw QuotedListError(message: "text follows the quoted item \(items.count)")
                }
            } else {
                let item = rest.prefix { $0 != "," }
                rest = rest[item.endIndex...]
                let trimmed = WhiteSpace.trimmed(String(item))
                if !trimmed.isEmpty { items.append(trimmed) }
            }
            guard rest.popFirst() == "," else { return items }
        }
    }

    private static func quoted(
        _ rest: inout Substring.UnicodeScalarView
    ) throws(QuotedListError) -> String {
        rest.removeFirst()
        var item = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where rest.first == "\"", "\\" where rest.first == "\"":
                item.append("\"")
                rest.removeFirst()
            case "\"": return String(item)
            default: item.append(scalar)
            }
        }
        throw QuotedListError(message: "a quote has no end")
    }
}

/// What is wrong with the quotes of a list.
struct QuotedListError: Error, Sendable, Hashable {
    /// What is wrong, without a full stop.
    let message: String
}
