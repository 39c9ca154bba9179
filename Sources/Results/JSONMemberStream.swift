import Diagnostics
import Files
import JSON

/// Takes the object that a JSON file holds apart, member by member, and one list in it element by element, so that
/// memory holds one of them at a time.
struct JSONMemberStream {
    /// A part of the object, as the bytes of its value.
    struct Part {
        /// The key of the member.
        var key: String
        /// True for one element of the list that is taken apart.
        var isElement: Bool
        /// The value.
        var bytes: [UInt8]
        /// The line at which it begins, from 1.
        var line: Int
    }

    private enum Place {
        case start, firstMember, afterMember, firstElement, afterElement, end
    }

    /// The largest member or element: 64 MiB.
    private static let largest = 64 << 20

    private let stream: ByteStream
    private let listKey: String
    private var piece: [UInt8] = []
    private var position = 0
    private var line = 1
    private var place = Place.start
    private var keys: Set<String> = []
    /// True once the list has been met.
    private(set) var hasList = false

    /// Reads a stream; the list under `listKey` is taken apart.
    init(_ stream: ByteStream, listKey: String) {
        self.stream = stream
        self.listKey = listKey
    }

    /// The next part; nil after the end of the object.
    ///
    /// Throws when the file is no object, or ends in the middle.
    mutating func next() throws(DiagnosticError) -> Part? {
        while true {
            let byte = try skipSpace()
            switch (place, byte) {
            case (.start, UInt8(ascii: "{")):
                position += 1
                place = .firstMember
            case (.firstMember, UInt8(ascii: "}")), (.afterMember, UInt8(ascii: "}")):
                position += 1
                place = .end
            case (.afterMember, UInt8(ascii: ",")):
                position += 1
                guard try skipSpace() == UInt8(ascii: "\"") else { throw unexpected() }
                if let part = try member() { return part }
            case (.firstMember, UInt8(ascii: "\"")):
                if let part = try member() { return part }
            case (.firstElement, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")):
                position += 1
                place = .afterMember
            case (.firstElement, _): return try element()
            case (.afterElement, UInt8(ascii: ",")):
                position += 1
                return try element()
            case (.end, nil): return nil
            case (_, nil): throw damaged("the file ends in the middle")
            default: throw unexpected()
            }
        }
    }

    private mutating func element() throws(DiagnosticError) -> Part {
        place = .afterElement
        _ = try skipSpace()
        let start = line
        return Part(key: listKey, isElement: true, bytes: try value(), line: start)
    }

    /// Reads a member; nil for the list, whose elements follow.
    private mutating func member() throws(DiagnosticError) -> Part? {
        let quoted = try value()
        guard case .string(let key) = try? JSONParser().parse(bytes: quoted) else { throw unexpected() }
        guard keys.insert(key).inserted else {
            throw damaged("the key '\(TerminalText.excerpt(key, limit: 60))' stands twice")
        }
        guard try skipSpace() == UInt8(ascii: ":") else { throw unexpected() }
        position += 1
        let first = try skipSpace()
        if key == listKey, first == UInt8(ascii: "[") {
            position += 1
            place = .firstElement
            hasList = true
            return nil
        }
        place = .afterMember
        let start = line
        return Part(key: key, isElement: false, bytes: try value(), line: start)
    }

    /// The bytes of a value: up to the bracket that closes it, or to the end of a text, number or word.
    ///
    /// Whether they are JSON is for the parser to say.
    private mutating func value() throws(DiagnosticError) -> [UInt8] {
        var bytes: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        while try fill() {
            var end = position
            var isDone = false
            scan: while end < piece.count {
                let byte = piece[end]
                if byte == 0x0A { line += 1 }
                end += 1
                if isInString {
                    if isEscaped {
                        isEscaped = false
                    } else if byte == UInt8(ascii: "\\") {
                        isEscaped = true
                    } else if byte == UInt8(ascii: "\"") {
                        isInString = false
                        isDone = depth == 0
                    }
                } else {
                    switch byte {
                    case UInt8(ascii: "\""): isInString = true
                    case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: ":"), 0x20,
                        0x0A,
                        0x0D, 0x09:
                        if depth == 0 {
                            // It belongs to what stands around the value.
                            end -= 1
                            if byte == 0x0A { line -= 1 }
                            isDone = true
                        } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                            depth -= 1
                            isDone = depth == 0
                        }
                    default: break
                    }
                }
                if isDone { break scan }
            }
            bytes += piece[position..<end]
            position = end
            guard bytes.count <= Self.largest else {
                throw damaged("a value is larger than \(Self.largest >> 20) MiB")
            }
            if isDone {
                guard !bytes.isEmpty else { throw unexpected() }
                return bytes
            }
        }
        throw damaged("the file ends in the middle")
    }

    /// Moves over white space; the byte after it, or nil at the end.
    private mutating func skipSpace() throws(DiagnosticError) -> UInt8? {
        while try fill() {
            switch piece[position] {
            case 0x0A: line += 1
            case 0x20, 0x0D, 0x09: break
            default: return piece[position]
            }
            position += 1
        }
        return nil
    }

    /// Reads on when the piece is used up; false at the end.
    private mutating func fill() throws(DiagnosticError) -> Bool {
        guard position == piece.count else { return true }
        do throws(FileError) {
            guard let more = try stream.next() else { return false }
            piece = more
            position = 0
            return true
        } catch {
            throw DiagnosticError(error.diagnostic())
        }
    }

    private func unexpected() -> DiagnosticError { damaged("the file is not JSON from here on") }

    /// The error for the present line.
    func damaged(_ message: String, line: Int? = nil) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "results-damaged", message, at: SourceMark(file: stream.shown, line: line ?? self.line),
                hint: "results are written with `--report json=FILE`; run again to write them anew"))
    }
}
