/// A JavaScript literal such as `/refund/i`, taken apart.
struct PatternLiteral {
    /// The part between the slashes.
    var body: String
    /// How many Unicode scalars stand before the body.
    let bodyOffset = 1
    /// What the flags mean; `g`, `u` and `d` change nothing here.
    var options: PatternOptions

    /// Takes a source apart, or returns nil when it is no literal.
    ///
    /// Without a flag the slashes are part of the pattern: `/api/` is a path more often than a literal.
    init?(_ source: String) {
        guard source.utf8.first == UInt8(ascii: "/"), let end = source.utf8.lastIndex(of: UInt8(ascii: "/")),
            end > source.startIndex
        else { return nil }
        let body = source[source.utf8.index(after: source.startIndex)..<end]
        let flags = source[source.utf8.index(after: end)...].unicodeScalars
        guard !flags.isEmpty, !body.isEmpty, Set(flags).count == flags.count,
            Self.isOneBody(body)
        else { return nil }
        var options: PatternOptions = []
        for flag in flags {
            switch flag {
            case "i": options.insert(.ignoreCase)
            case "m": options.insert(.multiline)
            case "s": options.insert(.dotMatchesAll)
            case "y": options.insert(.sticky)
            case "g", "u", "d": break
            default: return nil
            }
        }
        self.body = String(body)
        self.options = options
    }

    /// Whether no slash of the body would have ended the literal earlier: all are escaped or in a class.
    private static func isOneBody(_ body: Substring) -> Bool {
        var escaped = false
        var inClass = false
        for byte in body.utf8 {
            if escaped {
                escaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): escaped = true
            case UInt8(ascii: "["): inClass = true
            case UInt8(ascii: "]"): inClass = false
            case UInt8(ascii: "/") where !inClass: return false
            default: break
            }
        }
        return !escaped
    }
}
