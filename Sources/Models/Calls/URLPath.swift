/// Parts of a URL's path.
enum URLPath {
    /// A base URL with a path of an API behind its own: one slash between them, the queries of both at the end.
    ///
    /// - Parameter path: Empty, or a path that begins with a slash.
    static func joined(_ base: String, _ path: String) -> String {
        guard !path.isEmpty else { return base }
        let (front, ownQuery) = split(base)
        let (back, query) = split(path)
        let queries = [ownQuery, query].compactMap { $0 }.filter { !$0.isEmpty }
        let place = String(front.reversed().drop { $0 == "/" }.reversed()) + back
        return queries.isEmpty ? place : "\(place)?\(queries.joined(separator: "&"))"
    }

    private static func split(_ url: String) -> (front: Substring, query: Substring?) {
        guard let mark = url.firstIndex(of: "?") else { return (url[...], nil) }
        return (url[..<mark], url[url.index(after: mark)...])
    }

    /// The text as one segment: everything but unreserved characters (RFC 3986, section 2.3) as `%XX`.
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return result
    }
}
