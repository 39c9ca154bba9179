/// `idn-hostname` (RFC 5890, section 2.3.2.3) and the encoded labels of `hostname`.
enum InternationalHostFormat {
    /// Whether a text is a domain name in any script.
    static func accepts(_ text: String) -> Bool {
        let dots: [Unicode.Scalar] = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]
        let parts = Array(text.unicodeScalars).split(omittingEmptySubsequences: false) { dots.contains($0) }
        guard parts.reduce(parts.count - 1, { $0 + $1.count }) <= 253 else { return false }
        var labels: [InternationalLabel] = []
        for part in parts {
            let bytes = part.map { $0.isASCII ? UInt8($0.value) : 0xFF }
            if isEncoded(bytes[...]) {
                guard bytes.count <= 63, let label = InternationalLabel(encoded: bytes[...]) else {
                    return false
                }
                labels.append(label)
            } else {
                // Letters of ASCII may be of any case; elsewhere capitals are no part of names.
                labels.append(InternationalLabel(part.map { lowered($0) }))
            }
        }
        let isBidi = labels.contains(where: \.hasRightToLeft)
        return labels.allSatisfy { $0.isValid(inBidi: isBidi) }
    }

    /// Whether the encoded labels of a name in ASCII stand for valid ones.
    static func areLabelsValid(_ labels: [ArraySlice<UInt8>]) -> Bool {
        labels.allSatisfy { label in
            !isEncoded(label) || InternationalLabel(encoded: label)?.isValid(inBidi: true) == true
                || InternationalLabel(encoded: label).map { !$0.hasRightToLeft && $0.isValid(inBidi: false) }
                    == true
        }
    }

    private static func isEncoded(_ label: ArraySlice<UInt8>) -> Bool {
        label.count >= 4 && label.prefix(4).map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } == Array("xn--".utf8)
    }

    private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
    }
}

/// `idn-email` (RFC 6531): letters of any script on both sides of the `@`.
enum InternationalEmailFormat {
    /// Whether a text is such an address.
    static func accepts(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let mark = scalars.lastIndex(of: "@") else { return false }
        // A letter of another script is like any letter of ASCII to the rules of the local part.
        let local = scalars[..<mark].map { $0.isASCII ? $0 : "a" }
        let domain = String(String.UnicodeScalarView(scalars[(mark + 1)...]))
        let bytes = Array("\(String(String.UnicodeScalarView(local)))@example.com".utf8)
        guard EmailFormat.accepts(bytes[...]) else { return false }
        return InternationalHostFormat.accepts(domain) || EmailFormat.accepts(Array("a@\(domain)".utf8)[...])
    }
}

/// `iri` and `iri-reference` (RFC 3987): a URI in which letters of all scripts need no escape.
enum IRIFormat {
    /// Whether a text is an IRI, or a reference.
    static func accepts(_ text: String, isReference: Bool) -> Bool {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard !scalar.isASCII else {
                bytes.append(UInt8(scalar.value))
                continue
            }
            guard isAllowed(scalar) else { return false }
            bytes += "%C3%A9".utf8
        }
        return URIFormat.accepts(bytes[...], isReference: isReference)
    }

    /// `ucschar` and `iprivate`.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xA0...0xD7FF, 0xE000...0xFDCF, 0xFDF0...0xFFEF: true
        case 0x10000...0x10FFFD: scalar.value & 0xFFFF < 0xFFFE
        default: false
        }
    }
}

/// `uri-template` (RFC 6570).
enum URITemplateFormat {
    /// Whether a text is literals and expressions in braces.
    static func accepts(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")), isExpression(rest[..<end]) else {
                    return false
                }
                rest = rest[(end + 1)...]
            case UInt8(ascii: "%"):
                guard rest.count >= 2, rest.prefix(2).allSatisfy(isHex) else { return false }
                rest = rest.dropFirst(2)
            case 0...0x20, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
                UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "}"):
                return false
            default: break
            }
        }
        return true
    }

    private static func isExpression(_ bytes: ArraySlice<UInt8>) -> Bool {
        var body = bytes
        if let first = body.first, "+#./;?&=,!@|".utf8.contains(first) { body.removeFirst() }
        return body.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy(
            isVariable)
    }

    /// A name, then `*` or `:` and a length of 1 to 9999.
    private static func isVariable(_ bytes: ArraySlice<UInt8>) -> Bool {
        var name = bytes
        if name.last == UInt8(ascii: "*") {
            name.removeLast()
        } else if let colon = name.firstIndex(of: UInt8(ascii: ":")) {
            let length = name[(colon + 1)...]
            guard (1...4).contains(length.count), length.allSatisfy(\.isDigit),
                length.first != UInt8(ascii: "0")
            else { return false }
            name = name[..<colon]
        }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isName)
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        guard !rest.isEmpty else { return false }
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, rest.prefix(2).allSatisfy(isHex) else { return false }
                rest = rest.dropFirst(2)
            } else if !(byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_")) {
                return false
            }
        }
        return true
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }
}
