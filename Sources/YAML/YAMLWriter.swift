/// Writes YAML that reads back as the same value: block style, keys in the order given, text as blocks.
///
/// The same value always gives the same bytes.
public struct YAMLWriter {
    private var output: [UInt8] = []
    /// libyaml and others take a key of up to 1024 characters in a line.
    private static let longestKey = 1000

    /// Writes a document, with a line feed at its end.
    public static func write(_ root: YAMLOutput) -> [UInt8] {
        var writer = YAMLWriter()
        switch root {
        case .list(let items, flow: false) where !items.isEmpty:
            writer.writeItems(items, indent: 0, isFirstInLine: true)
        case .mapping(let entries, flow: false) where !entries.isEmpty:
            writer.writeEntries(entries, indent: 0, isFirstInLine: true)
        default:
            writer.writeInline(root, inFlow: false)
            writer.add("\n")
        }
        return writer.output
    }

    /// Writes a document as text.
    public static func text(_ root: YAMLOutput) -> String {
        String(decoding: write(root), as: UTF8.self)
    }

    // MARK: - Blocks

    /// Writes the items of a list; the first one goes on in the current line when that is indented already.
    private mutating func writeItems(_ items: [YAMLOutput], indent: Int, isFirstInLine: Bool) {
        for (index, item) in items.enumerated() {
            if index > 0 || isFirstInLine { add(spaces: indent) }
            add("-")
            switch item {
            case .list(let inner, flow: false) where !inner.isEmpty:
                add(" ")
                writeItems(inner, indent: indent + 2, isFirstInLine: false)
            case .mapping(let inner, flow: false) where !inner.isEmpty:
                add(" ")
                writeEntries(inner, indent: indent + 2, isFirstInLine: false)
            default:
                writeValue(item, indent: indent)
            }
        }
    }

    private mutating func writeEntries(_ entries: [YAMLOutput.Entry], indent: Int, isFirstInLine: Bool) {
        for (index, entry) in entries.enumerated() {
            if index > 0 || isFirstInLine { add(spaces: indent) }
            let key = Self.inline(entry.key, inFlow: false)
            if key.utf8.count > Self.longestKey {
                add("? " + key + "\n")
                add(spaces: indent)
            } else {
                add(key)
            }
            add(":")
            switch entry.value {
            case .list(let inner, flow: false) where !inner.isEmpty:
                add("\n")
                writeItems(inner, indent: indent + 2, isFirstInLine: true)
            case .mapping(let inner, flow: false) where !inner.isEmpty:
                add("\n")
                writeEntries(inner, indent: indent + 2, isFirstInLine: true)
            default:
                writeValue(entry.value, indent: indent)
            }
        }
    }

    /// Writes a space and a value that begins in the current line, and ends the line.
    private mutating func writeValue(_ value: YAMLOutput, indent: Int) {
        add(" ")
        guard case .string(let text) = value, let block = LiteralBlock(text) else {
            writeInline(value, inFlow: false)
            add("\n")
            return
        }
        add(block.header + "\n")
        for line in block.lines {
            if !line.isEmpty {
                add(spaces: indent + LiteralBlock.indentation)
                output += line
            }
            add("\n")
        }
    }

    // MARK: - One line

    private mutating func writeInline(_ value: YAMLOutput, inFlow: Bool) {
        switch value {
        case .null: add("null")
        case .bool(let value): add(value ? "true" : "false")
        case .integer(let value): add(String(value))
        case .number(let literal): add(Self.number(literal, inFlow: inFlow))
        case .string(let text): add(Self.inline(text, inFlow: inFlow))
        case .list(let items, _):
            add("[")
            for (index, item) in items.enumerated() {
                if index > 0 { add(", ") }
                writeInline(item, inFlow: true)
            }
            add("]")
        case .mapping(let entries, _):
            add("{")
            for (index, entry) in entries.enumerated() {
                if index > 0 { add(", ") }
                let key = Self.inline(entry.key, inFlow: true)
                add(key.utf8.count > Self.longestKey ? "? " + key : key)
                add(": ")
                writeInline(entry.value, inFlow: true)
            }
            add("}")
        }
    }

    private static func number(_ literal: String, inFlow: Bool) -> String {
        switch YAMLCore.resolve(plain: literal) {
        case .integer, .bigInteger, .double: literal
        default: inline(literal, inFlow: inFlow)
        }
    }

    private static func inline(_ text: String, inFlow: Bool) -> String {
        if PlainScalar.isSafe(text, inFlow: inFlow) { return text }
        let scalars = Array(text.unicodeScalars)
        let wantsSingle = scalars.contains("\"") || scalars.contains("\\")
        return YAMLQuoting.quoted(scalars[...], preferDouble: !wantsSingle)
    }

    private mutating func add(_ text: String) {
        output += text.utf8
    }

    private mutating func add(spaces count: Int) {
        output.append(contentsOf: repeatElement(0x20, count: count))
    }
}
