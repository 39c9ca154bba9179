/// The bounds of batches; those of providers are wider.
public struct BatchLimits: Sendable, Hashable {
    /// Requests of a batch.
    public var requests: Int
    /// Bytes of a batch's requests, and of all that are being gathered at the same time.
    public var bytes: Int
    /// Bytes of results in memory at which no further batch's are read along.
    public var loaded: Int
    /// Seconds before the first question how far a batch is.
    public var firstPause: Double
    /// The longest pause between two such questions, in seconds.
    public var longestPause: Double

    /// Creates bounds: 50,000 requests, 64 MiB, 256 MiB, 5 to 60 seconds.
    public init(
        requests: Int = 50_000, bytes: Int = 64 << 20, loaded: Int = 256 << 20, firstPause: Double = 5,
        longestPause: Double = 60
    ) {
        self.requests = max(1, requests)
        self.bytes = max(1, bytes)
        self.loaded = max(1, loaded)
        self.firstPause = firstPause
        self.longestPause = longestPause
    }
}
