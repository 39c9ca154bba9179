/// One event of a stream (`text/event-stream`, or one line of newline-delimited JSON).
public struct ServerSentEvent: Sendable, Hashable {
    /// The event's type; nil when the stream names none.
    public var type: String?
    /// The data, several lines joined by line feeds.
    public var data: String

    /// Creates an event.
    public init(type: String? = nil, data: String) {
        self.type = type
        self.data = data
    }
}
