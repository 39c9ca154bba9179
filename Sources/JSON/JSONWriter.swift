/// Writes JSON text; non-ASCII text stays as it is.
public struct JSONWriter: Sendable {
    /// The white space of the output.
    public enum Layout: Sendable {
        /// No white space at all.
        case compact
        /// One line, with `, ` and `: `.
        case spaced
        /// One member a line, indented by so many spaces a level.
        case indented(Int)
    }

    /// The white space of the output.
    public var layout: Layout
    /// Whether characters that drive terminals or hide (C1 controls, directional marks, U+FEFF) are escaped.
    public var escapesInvisible: Bool

    /// Creates a writer.
    public init(layout: Layout, escapesInvisible: Bool = false) {
        self.layout = layout
        self.escapesInvisible = escapesInvisible
    }

    /// Without white space.
    public static let compact = JSONWriter(layout: .compact)
    /// Without white space, and fit to be shown by a terminal.
    public static let safe = JSONWriter(layout: .compact, escapesInvisible: true)
    /// One line with `, ` and `: `.
    public static let spaced = JSONWriter(layout: .spaced)
    /// Two spaces a level.
    public static let pretty = JSONWriter(layout: .indented(2))

    /// The value as text.
    public func text(of value: JSONValue) -> String { String(decoding: bytes(of: value), as: UTF8.self) }

    /// The value as UTF-8.
    public func bytes(of value: JSONValue) -> [UInt8] {
        var output: [UInt8] = []
        write(value, to: &output)
        return output
    }

    /// Appends the value as UTF-8; `level` is the depth at which it stands.
    public func write(_ value: JSONValue, to output: inout [UInt8], level: Int = 0) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
        case .number(let number): output.append(contentsOf: number.text.utf8)
        case .string(let text): write(text, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                separate(index, level, &output)
                write(element, to: &output, level: level + 1)
            }
            close(elements.isEmpty, level, &output)
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                separate(index, level, &output)
                write(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                if case .compact = layout {} else { output.append(0x20) }
                write(member.value, to: &output, level: level + 1)
            }
            close(members.isEmpty, level, &output)
            output.append(UInt8(ascii: "}"))
        }
    }

    private func write(_ text: String, to output: inout [UInt8]) {
        guard escapesInvisible, text.unicodeScalars.contains(where: Self.isInvisible) else {
            return Self.writeString(text, to: &output)
        }
        output.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            if Self.isInvisible(scalar) {
                let digits = String(scalar.value, radix: 16)
                output.append(contentsOf: "\\u".utf8)
                output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
                output.append(contentsOf: digits.utf8)
            } else {
                var quoted: [UInt8] = []
                Self.writeString(String(scalar), to: &quoted)
                output.append(contentsOf: quoted.dropFirst().dropLast())
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Characters of the basic plane that drive a terminal, change the direction of text or are not seen.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7F..<0xA0, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
            0xFFF9...0xFFFB:
            true
        default: false
        }
    }

    private func separate(_ index: Int, _ level: Int, _ output: inout [UInt8]) {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        switch layout {
        case .compact: break
        case .spaced: if index > 0 { output.append(0x20) }
        case .indented(let width): newLine(width * (level + 1), &output)
        }
    }

    private func close(_ isEmpty: Bool, _ level: Int, _ output: inout [UInt8]) {
        if case .indented(let width) = layout, !isEmpty { newLine(width * level, &output) }
    }

    private func newLine(_ indentation: Int, _ output: inout [UInt8]) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: indentation))
    }

    /// Appends a quoted string; escapes only what JSON demands, in the form RFC 8785 fixes.
    static func writeString(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            output.append(UInt8(ascii: "\""))
            // What needs no escape is copied in one piece.
            var start = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                output.append(contentsOf: bytes[start..<index])
                escape(byte, to: &output)
                start = index + 1
            }
            output.append(contentsOf: bytes[start...])
            output.append(UInt8(ascii: "\""))
        }
    }

    private static func escape(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): output.append(contentsOf: "\\\"".utf8)
        case UInt8(ascii: "\\"): output.append(contentsOf: "\\\\".utf8)
        case 0x08: output.append(contentsOf: "\\b".utf8)
        case 0x09: output.append(contentsOf: "\\t".utf8)
        case 0x0A: output.append(contentsOf: "\\n".utf8)
        case 0x0C: output.append(contentsOf: "\\f".utf8)
        case 0x0D: output.append(contentsOf: "\\r".utf8)
        default:
            output.append(contentsOf: "\\u00".utf8)
            output.append(hexDigit(byte >> 4))
            output.append(hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
