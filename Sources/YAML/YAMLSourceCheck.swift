import Diagnostics

/// Checks the bytes of a file before libyaml sees them: UTF-8, byte order mark, control characters.
struct YAMLSourceCheck {
    private let bytes: [UInt8]
    private let file: String
    private var line = 1
    private var column = 1
    /// What was found; a file with any of these is not parsed.
    private(set) var diagnostics: [Diagnostic] = []
    /// True when the text has a character that YAML 1.1, but not 1.2, takes as a line break.
    private(set) var hasForeignBreaks = false

    /// How many bad characters are reported in one file.
    private static let mostReported = 20

    /// Checks all bytes.
    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
            report(
                "not-utf8", "this file is UTF-16, not UTF-8",
                hint: "save it as UTF-8 in your editor, or run: iconv -f UTF-16 -t UTF-8")
            return
        }
        scan()
    }

    private mutating func scan() {
        bytes.withUnsafeBufferPointer { bytes in
            var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while position < bytes.count, diagnostics.count < Self.mostReported {
                let byte = bytes[position]
                switch byte {
                case 0x0A:
                    nextLine()
                    position += 1
                case 0x0D:
                    if position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
                    nextLine()
                    position += 1
                case 0x09, 0x20..<0x7F:
                    column += 1
                    position += 1
                case 0..<0x80:
                    reportControl(UInt32(byte))
                    column += 1
                    position += 1
                default:
                    guard let (value, length) = Self.decode(bytes, at: position) else {
                        report(
                            "not-utf8", "this line is not valid UTF-8",
                            hint: "save the file as UTF-8; the byte here is 0x"
                                + Self.hex(UInt32(byte), width: 2))
                        return
                    }
                    check(value)
                    column += 1
                    position += length
                }
            }
        }
    }

    private mutating func check(_ value: UInt32) {
        switch value {
        case 0x85, 0x2028, 0x2029: hasForeignBreaks = true
        case 0x80..<0xA0, 0xFFFE, 0xFFFF: reportControl(value)
        default: break
        }
    }

    private mutating func nextLine() {
        line += 1
        column = 1
    }

    private mutating func reportControl(_ value: UInt32) {
        let name = value == 0 ? "a NUL character" : "the control character U+" + Self.hex(value, width: 4)
        let escape = value < 0x100 ? "\\x" + Self.hex(value, width: 2) : "\\u" + Self.hex(value, width: 4)
        report(
            "control-character", "\(name) is not allowed here",
            hint: "remove it, or write it as \(escape) inside double quotes")
    }

    private mutating func report(_ id: String, _ message: String, hint: String) {
        diagnostics.append(
            Diagnostic(id, message, at: SourceMark(file: file, line: line, column: column), hint: hint))
    }

    private static func hex(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The scalar at a position and its length in bytes; nil when it is malformed (Unicode 15, table 3-7).
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (UInt32, Int)? {
        let first = bytes[position]
        func continuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> UInt32? {
            guard position + offset < bytes.count, range.contains(bytes[position + offset]) else {
                return nil
            }
            return UInt32(bytes[position + offset] & 0x3F)
        }
        switch first {
        case 0xC2...0xDF:
            guard let second = continuation(1) else { return nil }
            return (UInt32(first & 0x1F) << 6 | second, 2)
        case 0xE0...0xEF:
            let range: ClosedRange<UInt8> =
                first == 0xE0 ? 0xA0...0xBF : first == 0xED ? 0x80...0x9F : 0x80...0xBF
            guard let second = continuation(1, range), let third = continuation(2) else { return nil }
            return (UInt32(first & 0x0F) << 12 | second << 6 | third, 3)
        case 0xF0...0xF4:
            let range: ClosedRange<UInt8> =
                first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
            guard let second = continuation(1, range), let third = continuation(2),
                let fourth = continuation(3)
            else { return nil }
            return (UInt32(first & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
        default:
            return nil
        }
    }
}
