/// What the stub server does with one request.
public struct StubReply: Sendable {
    /// The bytes to send and what to do between them, in order.
    public enum Step: Sendable {
        /// Sends bytes.
        case send([UInt8])
        /// Sends nothing more until the client goes away or the server stops.
        case hang
        /// Closes the connection with a reset.
        case reset
        /// Closes the connection in order.
        case close
    }

    /// The steps.
    public var steps: [Step]

    /// Creates a reply of steps.
    public init(steps: [Step]) { self.steps = steps }
}
