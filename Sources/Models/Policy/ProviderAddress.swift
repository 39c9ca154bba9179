/// The address of a provider, read strictly: what could mean another host to another reader is refused.
///
/// Programs differ in how they read `http://127.0.0.1@evil.com`, `https:/\evil.com` or `http://127.1`, and a key must
/// not go astray over such a difference. So only the plain form is taken:
/// `http(s)://HOST`, `:PORT` if wanted, then nothing or a path with a query. No user names, fragments, escapes in
/// the host, backslashes, spaces, control characters or letters beyond ASCII.
public struct ProviderAddress: Sendable, Hashable {
    /// What is wrong with an address, as the end of a sentence that begins with "the address".
    public struct Problem: Error, Sendable, Hashable {
        /// The end of the sentence, without any part of the address that could be secret.
        public let message: String
    }

    /// True for `https`.
    public let isSecure: Bool
    /// The host in small letters; an IPv6 address has its brackets.
    public let host: String
    /// The port, when one is written.
    public let port: Int?

    /// Reads an address.
    public init(_ text: String) throws(Problem) {
        for byte in text.utf8 where !(0x21...0x7E).contains(byte) || Self.forbidden.contains(byte) {
            throw Problem(message: Self.explain(byte))
        }
        let lowered = text.lowercased()
        let rest: Substring
        if lowered.hasPrefix("https://") {
            isSecure = true
            rest = lowered.dropFirst(8)
        } else if lowered.hasPrefix("http://") {
            isSecure = false
            rest = lowered.dropFirst(7)
        } else {
            throw Problem(message: "must begin with https:// or http://")
        }
        // A query right behind the host is legal, but not everyone ends the host there.
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else {
            throw Problem(message: "must not have a user name or password in it")
        }
        let (host, port) = try Self.hostAndPort(authority)
        self.host = host
        self.port = port
    }

    /// True for this machine: 127.0.0.0/8 in plain decimal, `[::1]` and `localhost`, nothing that a name server or
    /// another spelling decides.
    public var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" || host == "[0:0:0:0:0:0:0:1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                // `08` is decimal to some and octal to others.
                guard let number = UInt8(part), "\(number)" == part else { return false }
                return true
            }
    }

    private static let forbidden = Set("\\\"<>^`{|}#".utf8)

    private static func explain(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "#"): "must not have a fragment (#…)"
        case UInt8(ascii: "\\"): "must not have a backslash in it"
        case 0..<0x20, 0x7F: "must not have a control character in it"
        case UInt8(ascii: " "): "must not have a space in it"
        case 0x80...:
            "must not have letters beyond ASCII in it; write a host in Punycode, a path with % escapes"
        default: "must not have the character \(Character(Unicode.Scalar(byte))) in it"
        }
    }

    private static func hostAndPort(_ authority: Substring) throws(Problem) -> (String, Int?) {
        let host: Substring
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else {
                throw Problem(message: "has a bracket that is not closed")
            }
            host = authority[...end]
            let inside = host.dropFirst().dropLast()
            guard inside.contains(":"), inside.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
                throw Problem(message: "has brackets around what is no IPv6 address")
            }
        } else {
            host = authority.prefix { $0 != ":" }
            guard !host.isEmpty else { throw Problem(message: "has no host") }
            let isName = host.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard isName else {
                throw Problem(message: "has a character in its host that no host's name has")
            }
        }
        let rest = authority.dropFirst(host.count)
        guard !rest.isEmpty else { return (String(host), nil) }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits), port > 0
        else { throw Problem(message: "has no number from 1 to 65535 as port") }
        return (String(host), Int(port))
    }
}
