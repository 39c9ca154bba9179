import JSON

/// A line of JSON that tells whether it is whole: `{"check":"1a2b3c4d","request_sha256":"9f2c…",…}`.
///
/// `check` is the first 8 hexadecimal digits of the SHA-256 of what follows it in the line. The key comes next, at a
/// fixed place, so that an index can be made without reading the JSON.
enum CheckedLine {
    /// The longest line: 64 MiB.
    static let longest = 64 << 20

    private static let opening = Array("{\"check\":\"".utf8)
    private static let digits = 8
    private static let closing = Array("\",".utf8)
    private static let keyOpening = Array("\"request_sha256\":\"".utf8)
    /// Where the part begins that the check is about.
    private static let start = opening.count + digits + closing.count

    /// The line with its line feed; `members` are all but `check` and the key.
    static func bytes(key: String, members: JSONObject) -> [UInt8] {
        var all: JSONObject = ["request_sha256": .string(key)]
        for (name, value) in members { all[name] = value }
        let body = JSONWriter.compact.bytes(of: .object(all)).dropFirst()
        var line = opening
        line.reserveCapacity(start + body.count + 1)
        line += RequestKey.sha256(of: Array(body)).utf8.prefix(digits)
        line += closing
        line += body
        line.append(0x0A)
        return line
    }

    /// The key of a line without its line feed; nil when the line is damaged.
    static func key(of line: [UInt8]) -> String? {
        guard line.count > start, line.starts(with: opening), line[..<start].suffix(2).elementsEqual(closing)
        else { return nil }
        let body = Array(line[start...])
        guard
            line[opening.count..<opening.count + digits].elementsEqual(
                RequestKey.sha256(of: body).utf8.prefix(digits)), body.starts(with: keyOpening)
        else { return nil }
        let key = String(decoding: body.dropFirst(keyOpening.count).prefix { $0 != 0x22 }, as: UTF8.self)
        return RequestKey.isKey(key) ? key : nil
    }

    /// The key and the other members of a line without its line feed; nil when the line is damaged.
    static func read(_ line: [UInt8]) -> (key: String, members: JSONObject)? {
        guard let key = key(of: line),
            // A reply nested as deep as a parser allows stands some levels deeper here.
            let value = try? JSONParser(maximumDepth: 1100, rejectsDuplicateKeys: true).parse(bytes: line),
            var members = value.object
        else { return nil }
        members["check"] = nil
        members["request_sha256"] = nil
        return (key, members)
    }
}
