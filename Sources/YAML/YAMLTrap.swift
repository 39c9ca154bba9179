import Diagnostics

/// A value that must be quoted because YAML takes its first characters, or a `: ` inside, for syntax.
struct YAMLTrap {
    /// `yaml-unquoted-template` or `yaml-syntax`.
    var id: String
    /// What is wrong.
    var message: String
    /// The quoted spelling.
    var hint: String
    /// The change that writes the quotes.
    var fix: SourceFix

    /// The longest line, in bytes, that is searched for traps.
    static let longestLine = 10_000

    /// The trap in the block value of a line, when its shape is suspicious.
    static func inBlockValue(line number: Int, of text: YAMLText) -> YAMLTrap? {
        guard text.length(ofLine: number) <= longestLine else { return nil }
        let scalars = text.line(number)
        guard let value = BlockValue(scalars), let reason = reason(Array(scalars[value.range])) else {
            return nil
        }
        return trap(reason, lead: value.lead, range: value.range, line: number, scalars: scalars)
    }

    /// The traps in the values of flow mappings that stand in one line, the likeliest first.
    static func inFlowValues(line number: Int, of text: YAMLText) -> [YAMLTrap] {
        guard text.length(ofLine: number) <= longestLine else { return [] }
        let scalars = text.line(number)
        return FlowValue.candidates(in: scalars).compactMap { value in
            reason(Array(scalars[value.range]), isInFlow: true).map {
                trap($0, lead: value.lead, range: value.range, line: number, scalars: scalars)
            }
        }
    }

    /// The trap of a `{{ … }}` without quotes that begins at a column, counted from 1.
    static func template(at place: YAMLPlace, of text: YAMLText) -> YAMLTrap? {
        guard text.length(ofLine: place.line) <= longestLine else { return nil }
        let scalars = text.line(place.line)
        let start = place.column - 1
        guard start >= 0, start + 1 < scalars.count, scalars[start] == "{", scalars[start + 1] == "{" else {
            return nil
        }
        if let value = BlockValue(scalars), value.range.lowerBound == start {
            return trap(.template, lead: value.lead, range: value.range, line: place.line, scalars: scalars)
        }
        var end = start + 2
        while end + 1 < scalars.count, !(scalars[end] == "}" && scalars[end + 1] == "}") { end += 1 }
        guard end + 1 < scalars.count else { return nil }
        return trap(.template, lead: "", range: start..<(end + 2), line: place.line, scalars: scalars)
    }

    /// The traps of all `{{ … }}` outside quotes in a line.
    static func templates(line number: Int, of text: YAMLText) -> [YAMLTrap] {
        guard text.length(ofLine: number) <= longestLine else { return [] }
        let scalars = text.line(number)
        var found: [YAMLTrap] = []
        var quote: Unicode.Scalar?
        var index = 0
        while index < scalars.count, found.count < 20 {
            let scalar = scalars[index]
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if let trap = template(at: YAMLPlace(line: number, column: index + 1), of: text) {
                found.append(trap)
                index = trap.fix.columns.upperBound - 2
            }
            index += 1
        }
        return found
    }

    /// The trap of a value from a position to the end of its line, such as an unknown alias.
    static func value(at place: YAMLPlace, of text: YAMLText) -> YAMLTrap? {
        guard let trap = inBlockValue(line: place.line, of: text),
            trap.fix.columns.lowerBound == place.column
        else { return nil }
        return trap
    }

    private enum Reason {
        case template
        case syntax(String)
        /// Backslashes that are no escapes, and the text that single quotes would keep.
        case escapes(BadEscapes)
    }

    private struct BadEscapes {
        var first: String
        var text: [Unicode.Scalar]
    }

    /// The place of the quote that ends a quoted value; nil when none does.
    private static func closingQuote(of value: [Unicode.Scalar]) -> Int? {
        var index = 1
        while index < value.count {
            if value[0] == "\"", value[index] == "\\" {
                index += 2
                continue
            }
            if value[index] == value[0] {
                guard value[0] == "'", index + 1 < value.count, value[index + 1] == "'" else { return index }
                index += 1
            }
            index += 1
        }
        return nil
    }

    /// The backslashes of a double-quoted value that are no escapes of YAML, as in a pattern; nil when there is none, or
    /// real escapes stand beside them, so that what is meant can't be told.
    private static func escapes(in value: [Unicode.Scalar]) -> BadEscapes? {
        guard value[0] == "\"" else { return nil }
        var text: [Unicode.Scalar] = []
        var first: String?
        var index = 1
        while index < value.count - 1 {
            guard value[index] == "\\" else {
                text.append(value[index])
                index += 1
                continue
            }
            let letter = value[index + 1]
            switch letter {
            case "\"": text.append(letter)
            case "\\", "/": text += ["\\", letter]
            case _ where "0abt\tnvfre NLPxuU_".unicodeScalars.contains(letter): return nil
            default:
                first = first ?? "\\\(letter)"
                text += ["\\", letter]
            }
            index += 2
        }
        return first.map { BadEscapes(first: $0, text: text) }
    }

    private static func trap(
        _ reason: Reason, lead: String, range: Range<Int>, line: Int, scalars: [Unicode.Scalar]
    ) -> YAMLTrap {
        var quoted = YAMLQuoting.quoted(scalars[range], preferDouble: isTemplate(reason))
        if case .escapes(let bad) = reason { quoted = YAMLQuoting.quoted(bad.text[...], preferDouble: false) }
        var original = ""
        original.unicodeScalars.append(contentsOf: scalars[range])
        let fix = SourceFix(
            line: line, columns: (range.lowerBound + 1)..<(range.upperBound + 1), original: original,
            replacement: quoted)
        switch reason {
        case .template:
            return YAMLTrap(
                id: "yaml-unquoted-template",
                message: "a value that begins with a template needs quotes, for '{' begins a mapping in YAML",
                hint: lead + quoted, fix: fix)
        case .syntax(let message):
            return YAMLTrap(
                id: "yaml-syntax", message: message, hint: "quote the text: " + lead + quoted, fix: fix)
        case .escapes(let bad):
            return YAMLTrap(
                id: "yaml-syntax", message: "'\(bad.first)' is no escape in double quotes",
                hint: "single quotes leave backslashes as they are: " + lead + quoted, fix: fix)
        }
    }

    private static func isTemplate(_ reason: Reason) -> Bool {
        if case .template = reason { true } else { false }
    }

    /// Why a value is suspicious; nil when it is not.
    private static func reason(_ value: [Unicode.Scalar], isInFlow: Bool = false) -> Reason? {
        guard let first = value.first else { return nil }
        let second: Unicode.Scalar = value.count > 1 ? value[1] : " "
        switch first {
        case "{" where second == "{" || second == "%":
            return .template
        case "[", "{":
            let close: Unicode.Scalar = first == "[" ? "]" : "}"
            guard let end = value.firstIndex(of: close), end < value.count - 1 else { return nil }
            let shape = first == "[" ? "list" : "mapping"
            return .syntax("'\(first)' begins a \(shape) in YAML, but text follows its '\(close)'")
        case "#" where isInFlow:
            return .syntax("' #' begins a comment in YAML, which hides the rest of the line")
        case "*":
            return .syntax("'*' begins an alias in YAML")
        case "&":
            return .syntax("'&' begins an anchor in YAML")
        case "!":
            return .syntax("'!' begins a tag in YAML")
        case "@", "`", "%", "]", "}", ",":
            return .syntax("a value can't begin with '\(first)' in YAML")
        case "|", ">":
            return .syntax("'\(first)' begins a block of text in YAML, whose text stands in the lines below")
        case "-" where second == " ", "?" where second == " ":
            return .syntax("'\(first) ' can't stand behind a key in the same line")
        case "\"", "'":
            guard let end = closingQuote(of: value), end > 0 else { return nil }
            guard end == value.count - 1 else {
                return .syntax("text stands outside the quotes, or a quote inside the text ends it")
            }
            return escapes(in: value).map { .escapes($0) }
        default:
            for index in value.indices where value[index] == ":" {
                if index + 1 == value.count || value[index + 1] == " " {
                    return .syntax("': ' inside a value begins a mapping in YAML")
                }
            }
            return nil
        }
    }
}
