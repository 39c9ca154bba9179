internal import CLibCurl
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Carries requests with libcurl: HTTP/1.1 with connections kept open, HTTP/2 over TLS, proxies of the environment.
///
/// One thread of its own drives all transfers; callers wait as tasks. Cancelling a task removes its transfer.
/// Proxies come from `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `ALL_PROXY` and `NO_PROXY`; what goes to loopback
/// never takes a proxy.
public final class HTTPEngine: HTTPTransport {
    private let mailbox: Mailbox
    private let identifiers = Atomic<UInt64>(0)

    /// Creates an engine and starts its thread.
    ///
    /// Errors are of the kind `system`: no memory, no thread.
    public init(configuration: HTTPConfiguration = HTTPConfiguration()) throws(HTTPError) {
        guard Self.isLibraryReady, let watch = SocketWatch() else {
            throw HTTPError(.system, "libcurl could not be loaded: is the package libcurl4 installed?")
        }
        mailbox = Mailbox(watch: watch)
        let loop = try TransferLoop(mailbox: mailbox, watch: watch, configuration: configuration)
        guard EngineThread.start(loop) else {
            throw HTTPError(.system, "the thread for requests could not be started")
        }
    }

    deinit { mailbox.close() }

    private static let isLibraryReady = evalrun_curl_load() == 0

    /// Sends a request and waits for the whole response, whatever its status; redirects are not followed.
    public func send(
        _ request: HTTPRequest, receive: (@Sendable (ArraySlice<UInt8>, Double) -> Void)?
    ) async throws(HTTPError) -> HTTPResponse {
        let id = identifiers.wrappingAdd(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let order = Mailbox.Order(
                    id: id, request: request, receive: receive, continuation: continuation)
                if !mailbox.post(order) {
                    continuation.resume(returning: .failure(HTTPError(.system, "the engine has ended")))
                }
                // A cancellation before this moment found nothing to cancel.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
        return try result.get()
    }
}

/// The thread that drives the transfers.
private enum EngineThread {
    /// Starts a thread that runs the loop until its mailbox is closed; false when there is none to be had.
    static func start(_ loop: TransferLoop) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // libcurl and the TLS library keep little on the stack.
        pthread_attr_setstacksize(&attributes, 1 << 20)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let context = Unmanaged.passRetained(loop).toOpaque()
        let status = pthread_create(&thread, &attributes, run, context)
        if status != 0 { Unmanaged<TransferLoop>.fromOpaque(context).release() }
        return status == 0
    }

    #if canImport(Darwin)
        private static let run: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
            Unmanaged<TransferLoop>.fromOpaque($0).takeRetainedValue().run()
            return nil
        }
    #else
        private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
            guard let context = $0 else { return nil }
            Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
            return nil
        }
    #endif
}
