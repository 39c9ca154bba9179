import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The listening socket of a server, its threads and what they have seen.
final class StubListener: Sendable {
    private struct State {
        var isStopping = false
        var requests: [StubRequest] = []
        var connections = 0
        var open: Set<Int32> = []
        var threads: [StubThread] = []
    }

    /// The port that the system chose.
    let port: Int
    private let socket: Int32
    private let wake: (reader: Int32, writer: Int32)
    private let handler: @Sendable (StubRequest) -> StubReply
    private let state = Mutex(State())

    /// Listens on a free port, and starts the thread that accepts.
    init(_ handler: @escaping @Sendable (StubRequest) -> StubReply) throws {
        self.handler = handler
        (socket, port) = try StubSocket.listen()
        wake = try StubSocket.pipe()
        let thread = try StubThread { [self] in accept() }
        state.withLock { $0.threads.append(thread) }
    }

    deinit {
        StubSocket.close(wake.reader)
        StubSocket.close(wake.writer)
    }

    /// All requests so far.
    var requests: [StubRequest] { state.withLock { $0.requests } }

    /// How many connections there were so far.
    var connections: Int { state.withLock { $0.connections } }

    /// Wakes all threads and waits for them.
    func stop() {
        let threads = state.withLock { state -> [StubThread] in
            state.isStopping = true
            for connection in state.open { shutdown(connection, StubSocket.bothWays) }
            defer { state.threads = [] }
            return state.threads
        }
        StubSocket.send([0], to: wake.writer, isSocket: false)
        for thread in threads { thread.join() }
    }

    private func accept() {
        while StubSocket.wait(for: socket, or: wake.reader) {
            guard let connection = StubSocket.accept(socket) else { continue }
            start(connection)
        }
        // Nobody may wait for an answer in the queue.
        StubSocket.close(socket)
    }

    private func start(_ descriptor: Int32) {
        state.withLock { state in
            guard !state.isStopping else { return StubSocket.close(descriptor) }
            state.connections += 1
            let connection = StubConnection(descriptor: descriptor, number: state.connections)
            guard let thread = try? StubThread({ [self] in serve(connection) }) else {
                return StubSocket.close(descriptor)
            }
            state.open.insert(descriptor)
            state.threads.append(thread)
        }
    }

    private func serve(_ connection: StubConnection) {
        var connection = connection
        while var request = connection.nextRequest() {
            state.withLock { state in
                request.number = state.requests.count + 1
                state.requests.append(request)
            }
            let isOpen = connection.perform(handler(request))
            if !isOpen || request.header("Connection")?.lowercased() == "close" { break }
        }
        // Out of the list before it is closed: the number may belong to another connection at once.
        _ = state.withLock { $0.open.remove(connection.descriptor) }
        StubSocket.close(connection.descriptor)
    }
}
