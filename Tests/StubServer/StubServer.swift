/// An HTTP/1.1 server on 127.0.0.1 that answers from a closure or a script, and remembers what it was asked.
///
/// It has a thread that accepts and a thread per connection. It keeps connections open, and reads bodies with a length
/// and in chunks. It stops when it is no longer used.
public final class StubServer: Sendable {
    /// The port, free before.
    public let port: Int
    private let listener: StubListener

    /// Starts a server that answers with a closure, which is called on the connections' threads.
    public init(_ handler: @escaping @Sendable (StubRequest) -> StubReply) throws {
        listener = try StubListener(handler)
        port = listener.port
    }

    /// Starts a server that answers the n-th request with the n-th reply, and all later ones with the last.
    ///
    /// An empty script closes every connection.
    public convenience init(script: [StubReply]) throws {
        try self.init { request in
            script.isEmpty ? .closedAtOnce : script[min(request.number, script.count) - 1]
        }
    }

    deinit { listener.stop() }

    /// The address, `http://127.0.0.1:PORT`, without a slash at its end.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// All requests so far, in the order in which they were complete.
    public var requests: [StubRequest] { listener.requests }

    /// How many connections there were so far.
    public var connections: Int { listener.connections }

    /// Closes all connections and waits for the threads; calling it again does nothing.
    public func stop() { listener.stop() }

    /// A port of 127.0.0.1 on which nobody listens: it was free a moment ago.
    public static func closedPort() throws -> Int {
        let server = try StubServer(script: [])
        defer { server.stop() }
        return server.port
    }
}
