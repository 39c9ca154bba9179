/// A template such as `{{ name }}` in the code of a script: promptfoo would fill it in, and a text of a case would become
/// code.
enum TemplateInCode {
    /// The name in the first template of the code; nil when there is none.
    static func first(in code: String) -> String? {
        let bytes = Array(code.utf8)
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") else {
                index += 1
                continue
            }
            var end = index + 2
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            let start = end
            while end < bytes.count, isName(bytes[end]) { end += 1 }
            let name = bytes[start..<end]
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            if let first = name.first, !isDigit(first), end + 1 < bytes.count,
                bytes[end] == UInt8(ascii: "}"), bytes[end + 1] == UInt8(ascii: "}")
            {
                return String(decoding: name, as: UTF8.self)
            }
            index = max(index + 1, start)
        }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
