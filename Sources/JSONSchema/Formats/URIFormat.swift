/// `uri` and `uri-reference` (RFC 3986).
enum URIFormat {
    /// Whether the bytes are a URI or, where allowed, a relative reference.
    static func accepts(_ bytes: ArraySlice<UInt8>, isReference: Bool) -> Bool {
        var rest = bytes
        if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
            guard isText(rest[(mark + 1)...], "!$&'()*+,;=:@/?") else { return false }
            rest = rest[..<mark]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            guard isText(rest[(mark + 1)...], "!$&'()*+,;=:@/?") else { return false }
            rest = rest[..<mark]
        }
        let colon = rest.firstIndex(of: UInt8(ascii: ":"))
        let slash = rest.firstIndex(of: UInt8(ascii: "/"))
        if let colon, colon < slash ?? .max {
            // A colon in the first segment ends a scheme; a relative path can't have one there.
            guard isScheme(rest[..<colon]) else { return false }
            rest = rest[(colon + 1)...]
        } else if !isReference {
            return false
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            guard isAuthority(rest[..<end]) else { return false }
            rest = rest[end...]
        }
        return isText(rest, "!$&'()*+,;=:@/")
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first.isLetter else { return false }
        return bytes.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        if let mark = rest.lastIndex(of: UInt8(ascii: "@")) {
            guard isText(rest[..<mark], "!$&'()*+,;=:") else { return false }
            rest = rest[(mark + 1)...]
        }
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")), isLiteral(rest[..<end].dropFirst())
            else { return false }
            rest = rest[(end + 1)...]
            guard rest.isEmpty || rest.take(":") else { return false }
            return rest.allSatisfy(\.isDigit)
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: ":")) {
            guard rest[(mark + 1)...].allSatisfy(\.isDigit) else { return false }
            rest = rest[..<mark]
        }
        return isText(rest, "!$&'()*+,;=")
    }

    /// An IPv6 address or a future form such as `v1.x`.
    private static func isLiteral(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first | 0x20 == UInt8(ascii: "v") else {
            return AddressFormat.isIPv6(bytes)
        }
        let parts = bytes.dropFirst().split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isHexDigit)
            && !parts[1].isEmpty && !parts[1].contains(UInt8(ascii: "%")) && isText(parts[1], "!$&'()*+,;=:")
    }

    /// Unreserved characters, the extra ones, and percent escapes.
    private static func isText(_ bytes: ArraySlice<UInt8>, _ extra: String) -> Bool {
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) || extra.utf8.contains(byte) {
                continue
            }
            guard byte == UInt8(ascii: "%"), rest.count >= 2, rest.prefix(2).allSatisfy(\.isHexDigit) else {
                return false
            }
            rest.removeFirst(2)
        }
        return true
    }
}
