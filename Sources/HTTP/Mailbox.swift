import Synchronization

/// What callers want of the engine's thread: requests to start and to cancel.
final class Mailbox: Sendable {
    /// A request to start, and who waits for it.
    struct Order: Sendable {
        var id: UInt64
        var request: HTTPRequest
        var receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
        var continuation: CheckedContinuation<Result<HTTPResponse, HTTPError>, Never>
    }

    /// What has come in since the last look.
    struct Content {
        var orders: [Order] = []
        var cancelled: [UInt64] = []
        var isClosed = false
    }

    private let content = Mutex(Content())
    private let watch: SocketWatch

    /// Creates the mailbox of a thread that waits at a watch.
    init(watch: SocketWatch) { self.watch = watch }

    /// Hands in a request; false when nobody will take it any more.
    func post(_ order: Order) -> Bool {
        change {
            guard !$0.isClosed else { return false }
            $0.orders.append(order)
            return true
        }
    }

    /// Asks for a request to be given up; one that has ended is no longer known.
    func cancel(_ id: UInt64) {
        _ = change { content in
            content.cancelled.append(id)
            return true
        }
    }

    /// Lets the thread end: what is under way is given up.
    func close() {
        _ = change { content in
            content.isClosed = true
            return true
        }
    }

    /// Takes everything out.
    func take() -> (orders: [Order], cancelled: [UInt64], isClosed: Bool) {
        content.withLock { content in
            defer {
                content.orders = []
                content.cancelled = []
            }
            return (content.orders, content.cancelled, content.isClosed)
        }
    }

    private func change(_ body: (inout sending Content) -> Bool) -> Bool {
        content.withLock { content in
            let wasQuiet = content.orders.isEmpty && content.cancelled.isEmpty
            let result = body(&content)
            // One wake-up is enough until the thread has looked.
            if wasQuiet || content.isClosed { watch.wake() }
            return result
        }
    }
}
