import Files
import JSON

/// A sheet as one page that loads nothing: texts are data in it, and its policy lets no script run but its own.
struct HTMLSheet: SheetWriting {
    private let sheet: ReviewSheet

    init(_ sheet: ReviewSheet) { self.sheet = sheet }

    func head() -> [UInt8] {
        let style = Self.text(PackageResources.review_css)
        let script = Self.text(PackageResources.review_js)
        let policy = [
            "default-src 'none'", "style-src 'sha256-\(Self.digest(style))'",
            "script-src 'sha256-\(Self.digest(script))'", "base-uri 'none'", "form-action 'none'",
        ]
        let page =
            Self.frame.before.replacing("@policy@", with: policy.joined(separator: "; "))
            .replacing("@style@", with: style)
        let head: [(String, JSONValue)] = [
            ("evalrun_review", .integer(ReviewSheet.version)), ("results", .string(sheet.results)),
            ("sheet", .string(sheet.hash)), ("count", .integer(sheet.ids.count)),
        ]
        let open = JSONWriter.safe.text(of: .object(pairs: head)).dropLast() + ",\"items\":["
        return Array((page + open).utf8)
    }

    func item(_ item: ReviewItem, number: Int) -> [UInt8] {
        var bytes = Array((number == 1 ? "\n" : ",\n").utf8)
        // `<` stands in texts alone, and its escape keeps them from ending the element. By bytes, since to Swift one
        // with an accent on it is another character.
        for byte in JSONWriter.safe.bytes(of: item.page) {
            if byte == UInt8(ascii: "<") { bytes += Array("\\u003c".utf8) } else { bytes.append(byte) }
        }
        return bytes
    }

    func tail() -> [UInt8] {
        Array(
            ("\n]}" + Self.frame.after.replacing("@script@", with: Self.text(PackageResources.review_js)))
                .utf8)
    }

    /// What of the page stands before and behind the data.
    private static var frame: (before: String, after: String) {
        let page = text(PackageResources.review_html)
        let parts = page.split(separator: "@data@", maxSplits: 1).map(String.init)
        return (parts.first ?? "", parts.dropFirst().first ?? "")
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// The SHA-256 of a text in base 64, as a content security policy names it.
    private static func digest(_ text: String) -> String {
        var digits = ContentHash.sha256Hex(Array(text.utf8))[...]
        var bytes: [UInt8] = []
        while !digits.isEmpty {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        return Base64.text(of: bytes)
    }
}
