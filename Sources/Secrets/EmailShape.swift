/// E-mail addresses: a local part, `@`, and a host with a top-level domain of letters.
enum EmailShape {
    private static let longestLocal = 64
    private static let longestHost = 253

    /// Endings of file names that are no top-level domains, as in `icon@2x.png`.
    private static let fileEndings = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "css", "js", "jsx", "tsx", "html", "htm", "pdf", "json",
        "xml", "yaml",
        "yml", "txt", "csv", "tar", "exe", "dll", "lock",
    ]

    /// The address around an `@`.
    static func range(around place: TextPlace) -> Range<Int>? {
        var begin = place.start
        while begin > place.floor, place.start - begin < longestLocal, isLocal(place.at(begin - 1)) {
            begin -= 1
        }
        // Dots and quotes at its ends belong to the sentence.
        while begin < place.start, TextPlace.contains(".-'+", place.at(begin)) { begin += 1 }
        guard begin < place.start, place.at(place.start - 1) != UInt8(ascii: ".") else { return nil }

        var end = place.start + 1
        var label = end
        var labels: [Range<Int>] = []
        while end - place.start <= longestHost {
            while isHost(place.at(end)) { end += 1 }
            guard end > label, place.at(label) != UInt8(ascii: "-") else { break }
            labels.append(label..<end)
            guard place.at(end) == UInt8(ascii: "."), isHost(place.at(end + 1)) else { break }
            end += 1
            label = end
        }
        while let last = labels.last, !isTopLevel(last, place) { labels.removeLast() }
        guard labels.count >= 2, let last = labels.last else { return nil }
        // `git@host.tld:owner/repository` is no address.
        if place.at(last.upperBound) == UInt8(ascii: ":"),
            KeyScan.isAlphanumeric(place.at(last.upperBound + 1))
        {
            let local = String(decoding: place.bytes[begin..<place.start], as: UTF8.self)
            if local == "git" { return nil }
        }
        return begin..<last.upperBound
    }

    private static func isTopLevel(_ range: Range<Int>, _ place: TextPlace) -> Bool {
        guard range.count >= 2, range.count <= 24 else { return false }
        let text = String(decoding: place.bytes[range], as: UTF8.self).lowercased()
        if text.hasPrefix("xn--") { return true }
        return place.bytes[range].allSatisfy(TextPlace.isLetter) && !fileEndings.contains(text)
    }

    /// Letters of other scripts count, so that what is masked is rather too much.
    private static func isLocal(_ byte: UInt8) -> Bool {
        byte >= 0x80 || KeyScan.isAlphanumeric(byte) || TextPlace.contains("._%+-'", byte)
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        KeyScan.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
    }
}
