import JSON

/// A value and a count in the words of a message.
enum ValueSummary {
    /// A short form of a value: scalars as JSON (long strings cut), else `an object` and `an array`.
    static func text(_ value: JSONValue) -> String {
        switch value {
        case .null, .bool: return value.description
        case .number(let number): return cut(number.text)
        case .string(let text): return quoted(text)
        case .array(let elements): return elements.isEmpty ? "an empty array" : "an array"
        case .object(let members): return members.isEmpty ? "an empty object" : "an object"
        }
    }

    /// A string in quotes, cut when long.
    static func quoted(_ text: String) -> String { JSONValue.string(cut(text)).description }

    /// `1 element`, `2 elements`.
    static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    /// `a`, `a or b`, `a, b or c`; at most 20 of them.
    static func alternatives(_ names: [String]) -> String {
        let shown = names.prefix(20)
        if names.count > 20 { return shown.joined(separator: ", ") + " or one of \(names.count - 20) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " or " + last
    }

    /// Names in quotes with commas; at most 10 of them.
    static func list(_ names: [String], quotes: Bool = true) -> String {
        let shown = names.prefix(10).map { quotes ? quoted($0) : $0 }.joined(separator: ", ")
        return names.count > 10 ? shown + ", …" : shown
    }

    /// A text of at most so many Unicode scalars, with `…` where something was cut.
    static func cut(_ text: String, to length: Int = 60) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
