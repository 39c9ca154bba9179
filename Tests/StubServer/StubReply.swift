/// What the stub server does with one request.
public struct StubReply: Sendable {
    /// The bytes to send and what to do between them, in order.
    public enum Step: Sendable {
        /// Sends bytes.
        case send([UInt8])
        /// Sends bytes over and over until the client goes away or the server stops.
        case sendForever([UInt8])
        /// Waits, but not longer than the client does.
        ///
        /// For time-outs of the client only: no test may measure it.
        case pause(milliseconds: Int)
        /// Sends nothing more until the client goes away or the server stops.
        case hang
        /// Says that no more will come, and leaves the connection open for what the client sends.
        case finishSending
        /// Closes the connection with a reset.
        case reset
        /// Closes the connection in order.
        case close
    }

    /// The steps.
    ///
    /// After the last one the connection is open for the next request, unless a step closed it or the request asked
    /// for the end.
    public var steps: [Step]

    /// Creates a reply of steps.
    public init(steps: [Step]) { self.steps = steps }
}
