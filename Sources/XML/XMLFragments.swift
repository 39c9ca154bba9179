/// The elements that stand in a text which is not XML as a whole.
///
/// Found by their tags alone, in one pass: an element goes from its start tag to the end tag that fits, and an end tag
/// that fits nothing closes everything that is open. What is inside of an element that was found is not looked at.
/// Whether a fragment is well-formed the reader has to say.
public struct XMLFragments {
    /// The most fragments that are kept, and the most elements that may be open at a time.
    public static let maximumCount = 100_000

    /// The places of the fragments in UTF-8 bytes, in the order of the text, none inside another.
    public private(set) var ranges: [Range<Int>] = []
    /// True when there are more of them than are kept.
    public private(set) var isCut = false

    private var open: [(name: Range<Int>, start: Int)] = []

    /// Finds the fragments of a text in a part of its bytes.
    public init(of bytes: UnsafeBufferPointer<UInt8>, in part: Range<Int>) {
        var position = part.lowerBound
        var hasComment = true
        var hasSection = true
        var hasInstruction = true
        while position < part.upperBound, !isCut {
            guard bytes[position] == UInt8(ascii: "<") else {
                position += 1
                continue
            }
            let bytes = UnsafeBufferPointer(rebasing: bytes[..<part.upperBound])
            // A comment without an end is text; that there is no end need be found once only.
            if hasComment, XMLProlog.starts(bytes, at: position, with: "<!--") {
                let end = XMLProlog.find("-->", in: bytes, from: position + 4)
                hasComment = end != nil
                position = end ?? position + 4
            } else if hasSection, XMLProlog.starts(bytes, at: position, with: "<![CDATA[") {
                let end = XMLProlog.find("]]>", in: bytes, from: position + 9)
                hasSection = end != nil
                position = end ?? position + 9
            } else if hasInstruction, XMLProlog.starts(bytes, at: position, with: "<?") {
                let end = XMLProlog.find("?>", in: bytes, from: position + 2)
                hasInstruction = end != nil
                position = end ?? position + 2
            } else {
                position = readTag(in: bytes, at: position)
            }
        }
    }

    /// Reads the tag at a place; gives the place behind it, or behind its '<' when it is none.
    private mutating func readTag(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
        let isEnd = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "/")
        let nameStart = start + (isEnd ? 2 : 1)
        var position = nameStart
        while position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
        let name = nameStart..<position
        guard let first = name.first.map({ bytes[$0] }), Self.isNameStart(first) else { return start + 1 }
        guard let close = Self.tagEnd(in: bytes, from: position) else { return start + 1 }
        let end = close + 1
        if isEnd {
            if let last = open.last, bytes[last.name].elementsEqual(bytes[name]) {
                open.removeLast()
                while let inner = ranges.last, inner.lowerBound > last.start { ranges.removeLast() }
                add(last.start..<end)
            } else {
                open.removeAll(keepingCapacity: true)
            }
        } else if bytes[close - 1] == UInt8(ascii: "/") {
            add(start..<end)
        } else {
            open.append((name, start))
            if open.count > Self.maximumCount { isCut = true }
        }
        return end
    }

    private mutating func add(_ range: Range<Int>) {
        ranges.append(range)
        if ranges.count > Self.maximumCount { isCut = true }
    }

    /// The '>' of a tag; quotes are respected, and a '<' outside of them ends the search.
    private static func tagEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var position = start
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            if let open = quote {
                if byte == open { quote = nil }
            } else {
                switch byte {
                case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                case UInt8(ascii: "<"): return nil
                case UInt8(ascii: ">"): return position
                default: break
                }
            }
            position += 1
        }
        return nil
    }

    private static func isNameStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), 0x80...:
            true
        default: false
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: isNameStart(byte)
        }
    }
}
