/// `hostname` (RFC 1123, section 2.1).
enum HostFormat {
    /// Whether the bytes are labels of letters, digits and inner hyphens, up to 63 bytes each and 253 in all.
    static func isHostname(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= 253 else { return false }
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy(isLabel) && InternationalHostFormat.areLabelsValid(labels)
    }

    private static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen,
            label.allSatisfy({ $0.isLetter || $0.isDigit || $0 == hyphen })
        else { return false }
        // Two hyphens in the third and fourth place are reserved for names such as `xn--…` (RFC 5891, 4.2.3.1).
        let start = label.startIndex
        guard label.count >= 4, label[start + 2] == hyphen, label[start + 3] == hyphen else { return true }
        return label.count > 4 && label[start] | 0x20 == UInt8(ascii: "x")
            && label[start + 1] | 0x20 == UInt8(ascii: "n")
    }
}

/// `email` (RFC 5321, section 4.1.2, `Mailbox`).
enum EmailFormat {
    /// Whether the bytes are a local part, `@` and a domain or an address in brackets.
    static func accepts(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let mark = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let local = bytes[..<mark]
        let domain = bytes[(mark + 1)...]
        guard (1...64).contains(local.count), isDotAtom(local) || isQuoted(local) else { return false }
        guard domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]"), domain.count > 2 else {
            return HostFormat.isHostname(domain)
        }
        let address = domain.dropFirst().dropLast()
        let prefix = Array("IPv6:".utf8)
        return address.starts(with: prefix)
            ? AddressFormat.isIPv6(address.dropFirst(prefix.count)) : AddressFormat.isIPv4(address)
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        let extra = "!#$%&'*+-/=?^_`{|}~".utf8
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            atom in
            !atom.isEmpty && atom.allSatisfy { $0.isLetter || $0.isDigit || extra.contains($0) }
        }
    }

    private static func isQuoted(_ bytes: ArraySlice<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return false }
        var rest = bytes.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            guard byte >= 0x20, byte < 0x7F, byte != quote else { return false }
            if byte == UInt8(ascii: "\\") {
                guard let escaped = rest.popFirst(), escaped >= 0x20, escaped < 0x7F else { return false }
            }
        }
        return true
    }
}
