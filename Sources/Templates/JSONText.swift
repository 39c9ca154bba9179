import JSON

/// Writes JSON as Python's `json.dumps(…, ensure_ascii=False)` does, within the limits of a rendering.
struct JSONText {
    /// The text so far.
    private(set) var bytes: [UInt8] = []
    private let indent: Int?

    /// Prepares to write on one line, or indented by so many spaces a level.
    init(indent: Int?) { self.indent = indent }

    /// Appends a value; false when the text grows beyond the limits.
    mutating func write(_ value: JSONValue, level: Int) -> Bool {
        guard bytes.count <= TemplateLimits.outputBytes, level <= 4 * TemplateLimits.valueDepth else {
            return false
        }
        switch value {
        case .number(let number): bytes.append(contentsOf: NumberText.text(of: number).utf8)
        case .null, .bool, .string: JSONWriter.spaced.write(value, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                separate(isFirst: index == 0, level + 1)
                guard write(element, level: level + 1) else { return false }
            }
            close(UInt8(ascii: "]"), isEmpty: elements.isEmpty, level)
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for (key, value) in members {
                separate(isFirst: isFirst, level + 1)
                isFirst = false
                JSONWriter.spaced.write(.string(key), to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                guard write(value, level: level + 1) else { return false }
            }
            close(UInt8(ascii: "}"), isEmpty: members.isEmpty, level)
        }
        return bytes.count <= TemplateLimits.outputBytes
    }

    private mutating func separate(isFirst: Bool, _ level: Int) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        if let indent {
            newLine(indent * level)
        } else if !isFirst {
            bytes.append(0x20)
        }
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool, _ level: Int) {
        if let indent, !isEmpty { newLine(indent * level) }
        bytes.append(bracket)
    }

    private mutating func newLine(_ width: Int) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: width))
    }
}
