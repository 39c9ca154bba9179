/// The parts of an address that decide how a request travels.
public struct HTTPAddress: Sendable {
    /// `https`, not `http`.
    public let isSecure: Bool
    /// True for `localhost`, 127.0.0.0/8 and ::1.
    public let isLoopback: Bool
    /// Scheme, host and port for messages: no user, no path, no query.
    public let shown: String
    /// False for other schemes, without a host, and with control characters or spaces.
    public let isUsable: Bool

    /// Reads an address.
    public init(_ url: String) {
        let hasBadBytes = url.utf8.contains { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
        let parts = url.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let scheme = parts.count == 2 ? parts[0].lowercased() : ""
        isSecure = scheme == "https"
        let rest = parts.count == 2 ? parts[1] : ""
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        shown = "\(scheme.isEmpty ? "?" : scheme)://\(host.prefix(100))"
        isUsable = (scheme == "http" || scheme == "https") && !host.isEmpty && !hasBadBytes
        isLoopback = Self.isLoopback(host.lowercased())
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host.hasPrefix("[") {
            // Zeros and colons, and a one at the end, in any of their spellings.
            let inside = host.dropFirst().prefix { $0 != "]" }
            return inside.hasSuffix("1") && inside.dropLast().allSatisfy { $0 == "0" || $0 == ":" }
        }
        let name = host.prefix { $0 != ":" }
        if name == "localhost" { return true }
        let numbers = name.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
    }
}
