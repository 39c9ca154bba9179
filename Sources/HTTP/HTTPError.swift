/// Why there is no complete response.
public struct HTTPError: Error, Sendable, Hashable {
    /// What went wrong.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The address can't be used.
        case badURL
        /// The name of the host or proxy was not found.
        case resolve
        /// No connection to the host or proxy.
        case connect
        /// TLS failed: certificate, trust store or handshake.
        case tls
        /// The connection did not stand in time.
        case connectTimeout
        /// No first byte in time.
        case firstByteTimeout
        /// No last byte in time.
        case totalTimeout
        /// The response is larger than allowed.
        case tooLarge
        /// The connection was closed or reset before the response was complete.
        case brokenOff
        /// What came is no HTTP, or can't be decompressed.
        case malformed
        /// The task was cancelled.
        case cancelled
        /// Something of this machine: memory, files, the engine itself.
        case system
    }

    /// What went wrong.
    public var kind: Kind
    /// What happened, without credentials, path and query of the address.
    public var message: String

    /// Creates an error.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
