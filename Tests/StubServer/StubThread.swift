#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A thread that is waited for.
struct StubThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// The thread's handle as a number, which is a pointer on some systems.
    private let handle: UInt

    /// Starts a thread.
    init(_ run: @escaping @Sendable () -> Void) throws {
        let body = Unmanaged.passRetained(Body(run))
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = pthread_create(
                &thread, nil,
                { pointer in
                    Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, body.toOpaque())
            handle = UInt(bitPattern: thread)
        #else
            var thread = pthread_t()
            let code = pthread_create(
                &thread, nil,
                { pointer in
                    guard let pointer else { return nil }
                    Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                    return nil
                }, body.toOpaque())
            handle = UInt(thread)
        #endif
        guard code == 0 else {
            body.release()
            throw StubSocket.Failure(call: "pthread_create", code: code)
        }
    }

    /// Waits until it has ended.
    func join() {
        #if canImport(Darwin)
            if let thread = pthread_t(bitPattern: handle) { pthread_join(thread, nil) }
        #else
            pthread_join(pthread_t(handle), nil)
        #endif
    }
}
