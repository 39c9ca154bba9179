/// One request over HTTP or HTTPS, with the bounds it must keep.
public struct HTTPRequest: Sendable {
    /// How long the phases of a request may take, in seconds.
    public struct Timeouts: Sendable, Hashable {
        /// From the start until the connection stands, name resolution and TLS included.
        public var connect: Double
        /// From the start until the first byte of the response; nil: no bound beside `total`.
        public var firstByte: Double?
        /// From the start until the last byte.
        public var total: Double

        /// Creates bounds.
        public init(connect: Double = 10, firstByte: Double? = nil, total: Double = 60) {
            self.connect = connect
            self.firstByte = firstByte
            self.total = total
        }
    }

    /// What AWS wants a request signed with (Signature Version 4).
    public struct AWSSignature: Sendable, Hashable {
        /// The access key's id.
        public var accessKey: String
        /// The secret access key.
        public var secretKey: String
        /// The token of temporary credentials.
        public var sessionToken: String?
        /// The region, such as `us-east-1`.
        public var region: String
        /// The service, such as `bedrock`.
        public var service: String

        /// Creates a signature's parts.
        public init(
            accessKey: String, secretKey: String, sessionToken: String? = nil, region: String, service: String
        ) {
            self.accessKey = accessKey
            self.secretKey = secretKey
            self.sessionToken = sessionToken
            self.region = region
            self.service = service
        }
    }

    /// The method, such as `GET` or `POST`.
    public var method: String
    /// The address, with scheme `http` or `https`.
    public var url: String
    /// Header fields beside those that the engine adds (`Content-Length`, `Accept-Encoding`, …).
    public var headers: HeaderFields
    /// The body; empty for none.
    public var body: [UInt8]
    /// How long it may take.
    public var timeouts: Timeouts
    /// The largest response body, in bytes after decompression.
    public var responseLimit: Int
    /// Set when AWS wants a signature.
    public var signature: AWSSignature?
    /// True for what must not be sent twice: it goes over a connection of its own, since the engine sends again what a
    /// kept connection has swallowed.
    public var isSentOnce = false

    /// Creates a request.
    public init(
        method: String = "POST", url: String, headers: HeaderFields = [:], body: [UInt8] = [],
        timeouts: Timeouts = Timeouts(), responseLimit: Int = 64 << 20, signature: AWSSignature? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.responseLimit = responseLimit
        self.signature = signature
    }
}
