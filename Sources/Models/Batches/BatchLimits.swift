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
    /// Seconds after its submission within which a batch must have ended; providers end it after 24 hours.
    public var longestWait: Double
    /// Seconds for which questions how far a batch is may fail, one after the other.
    public var longestTrouble: Double

    /// Creates bounds: 50,000 requests, 64 MiB, 256 MiB, 5 to 60 seconds, 25 hours, 30 minutes.
    public init(
        requests: Int = 50_000, bytes: Int = 64 << 20, loaded: Int = 256 << 20, firstPause: Double = 5,
        longestPause: Double = 60, longestWait: Double = 25 * 3600, longestTrouble: Double = 30 * 60
    ) {
        self.requests = max(1, requests)
        self.bytes = max(1, bytes)
        self.loaded = max(1, loaded)
        self.firstPause = firstPause
        self.longestPause = longestPause
        self.longestWait = longestWait
        self.longestTrouble = longestTrouble
    }
}
