import Diagnostics
import YAML

/// Compares a YAML value with its shape and reports every difference.
struct ShapeChecker {
    /// What was found.
    private(set) var diagnostics: [Diagnostic] = []

    /// Past so many mistakes nobody reads further ones, and looking for them takes long in a large file.
    private static let limit = SourceReader.mistakesPerFile + 1

    /// Reports where `node` is not as `shape` says; `what` names the value in messages.
    mutating func check(_ node: YAMLNode, _ shape: Shape, what: String) {
        guard diagnostics.count < Self.limit else { return }
        if node.isNull {
            if case .any = shape { return }
            reportEmpty(node, shape, what)
            return
        }
        guard shape.fits(node) else {
            // One mistake, one report: the reader of YAML has reported such a number.
            if node.scalar?.isRefusedNumber == true { return }
            report(node, shape, what)
            return
        }
        switch shape {
        case .list(let element):
            for (index, item) in (node.items ?? []).enumerated() {
                check(item, element, what: "item \(index + 1) of \(what)")
            }
        case .oneOrMany(let element):
            for item in node.items ?? [node] { check(item, element, what: what) }
        case .map(let value):
            for entry in node.entries ?? [] { check(entry.value, value, what: "\(what).\(entry.keyText)") }
        case .named(let value):
            for entry in node.entries ?? [] {
                if !Shape.isName(entry.keyText) {
                    diagnostics.append(
                        Diagnostic(
                            "bad-name", "'\(entry.keyText)' is not \(Shape.name.summary)", at: entry.keyMark))
                }
                check(entry.value, value, what: "\(what).\(entry.keyText)")
            }
        case .record(let table): checkRecord(node, table)
        case .either(let shapes):
            if let fitting = shapes.first(where: { $0.fits(node) }) { check(node, fitting, what: what) }
        default: break
        }
    }

    private mutating func checkRecord(_ node: YAMLNode, _ table: KeyTable) {
        var seen: [String: YAMLEntry] = [:]
        for entry in node.entries ?? [] where diagnostics.count < Self.limit {
            guard let key = table.key(entry.keyText) else {
                diagnostics.append(
                    Diagnostic(
                        "unknown-key", "unknown key '\(entry.keyText)' in \(table.title)", at: entry.keyMark,
                        hint: Spelling.hint(for: entry.keyText, among: table.spellings)))
                continue
            }
            if let first = seen[key.name] {
                diagnostics.append(
                    Diagnostic(
                        "duplicate-key", "'\(entry.keyText)' is another spelling of '\(first.keyText)'",
                        at: entry.keyMark, hint: "keep one of them",
                        notes: [.init("first written here", at: first.keyMark)]))
                continue
            }
            seen[key.name] = entry
            check(entry.value, key.shape, what: "'\(entry.keyText)'")
        }
    }

    private mutating func reportEmpty(_ node: YAMLNode, _ shape: Shape, _ what: String) {
        var hint = "write \(shape.summary), or leave it out"
        if let comment = node.scalar?.hiddenComment {
            hint = "' #' begins a comment; to mean the text, write it in quotes: \"\(comment)\""
        }
        diagnostics.append(
            Diagnostic(
                "empty-value", "\(what) has no value", at: node.mark, hint: hint,
                fix: node.scalar?.commentFix(at: node.mark)))
    }

    private mutating func report(_ node: YAMLNode, _ shape: Shape, _ what: String) {
        var hint: String?
        var fix: SourceFix?
        if let scalar = node.scalar, case .text = shape.textual, scalar.resolved.isString == false {
            hint = "to mean the text, write it in quotes: \"\(scalar.text)\""
            fix = scalar.quotingFix(at: node.mark)
        }
        if let percent = node.scalar.flatMap({ Self.share($0.text) }), shape.isNumber {
            hint = "\(percent.written) is written \(percent.share)"
        }
        if let words = shape.choices, let scalar = node.scalar {
            hint = Spelling.hint(for: scalar.text, among: words)
        }
        diagnostics.append(
            Diagnostic(
                "wrong-type", "\(what) must be \(shape.summary), not \(node.typeName)", at: node.mark,
                hint: hint, fix: fix))
    }

    /// A percentage as a share: `95%` is 0.95.
    private static func share(_ text: String) -> (written: String, share: Double)? {
        guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number) else {
            return nil
        }
        return (text, number / 100)
    }
}

extension Shape {
    /// True for whole and other numbers.
    fileprivate var isNumber: Bool {
        switch self {
        case .number, .integer: true
        default: false
        }
    }

    /// Whether the value looks like this shape on the outside; what is inside is checked separately.
    func fits(_ node: YAMLNode) -> Bool {
        switch self {
        case .any, .assertion: return true
        case .text: return node.scalar?.resolved.isString == true
        case .scalarText: return node.scalar != nil && !node.isNull
        case .name: return node.scalar.map { Self.isName($0.text) } ?? false
        case .integer(let range): return node.integer.map(range.contains) ?? false
        case .number(let range): return node.double.map { $0.isFinite && range.contains($0) } ?? false
        case .boolean: return node.bool != nil
        case .date: return node.scalar.map { Self.isDate($0.text) } ?? false
        case .choice(let words): return node.scalar.map { words.contains($0.text) } ?? false
        case .list: return node.items != nil
        case .oneOrMany(let element): return node.items != nil || element.fits(node)
        case .map, .named, .record: return node.entries != nil
        case .either(let shapes): return shapes.contains { $0.fits(node) }
        }
    }

    /// The words of a choice, also of one among several shapes or of an element of a list.
    fileprivate var choices: [String]? {
        switch self {
        case .choice(let words): words
        case .oneOrMany(let element): element.choices
        case .either(let shapes): shapes.lazy.compactMap(\.choices).first
        default: nil
        }
    }

    /// The shape that stands for text in messages: the first textual one of several.
    fileprivate var textual: Shape {
        if case .either(let shapes) = self {
            return shapes.first { if case .text = $0 { true } else { false } } ?? self
        }
        if case .oneOrMany(let element) = self { return element.textual }
        return self
    }

    /// Whether text is a name: `[A-Za-z0-9][A-Za-z0-9._-]*`, at most 100 long.
    static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 100, isAlphanumeric(first) else { return false }
        return bytes.allSatisfy {
            isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
                || $0 == UInt8(ascii: "-")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Whether text is a day of the calendar, `YYYY-MM-DD`.
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...days[month - 1]).contains(day)
    }
}
