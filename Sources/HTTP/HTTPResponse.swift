/// A complete response, and how long its parts took.
public struct HTTPResponse: Sendable {
    /// Milliseconds from the start of the request; 0 for phases that an open connection made needless.
    public struct Timings: Sendable, Hashable {
        /// Until the name was resolved.
        public var resolved = 0.0
        /// Until the connection stood.
        public var connected = 0.0
        /// Until TLS stood.
        public var secured = 0.0
        /// Until the first byte of the response.
        public var firstByte = 0.0
        /// Until the last byte.
        public var total = 0.0

        /// Creates timings of zero.
        public init() {}
    }

    /// The status code, 100 to 599.
    public var status: Int
    /// The header fields of the last response (not of interim ones).
    public var headers: HeaderFields
    /// The body, decompressed; empty when it was handed to a receiver.
    public var body: [UInt8]
    /// How long the phases took.
    public var timings: Timings
    /// `1.0`, `1.1`, `2` or `3`.
    public var version: String

    /// Creates a response.
    public init(
        status: Int, headers: HeaderFields = [:], body: [UInt8] = [], timings: Timings = Timings(),
        version: String = "1.1"
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.timings = timings
        self.version = version
    }
}
