public import HTTP

/// What an API sent back: one body, or the events of a stream.
public struct APIResponse: Sendable {
    /// The status code.
    public var status: Int
    /// The header fields.
    public var headers: HeaderFields
    /// The body; empty for a stream.
    public var body: [UInt8]
    /// The events of a stream, in order; nil when the response is no stream.
    public var events: [ServerSentEvent]?

    /// Creates a response.
    public init(
        status: Int, headers: HeaderFields = [:], body: [UInt8] = [], events: [ServerSentEvent]? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.events = events
    }
}
