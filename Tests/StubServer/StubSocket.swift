#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The calls of the system that the server needs.
enum StubSocket {
    /// A call that failed.
    struct Failure: Error {
        /// Its name.
        let call: String
        /// The system's number for the reason.
        let code: Int32
    }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif
    #if canImport(Darwin)
        /// The argument of `shutdown` that ends both directions.
        static let bothWays = SHUT_RDWR
        /// The argument of `shutdown` that ends sending.
        static let sending = SHUT_WR
    #else
        /// The argument of `shutdown` that ends both directions.
        static let bothWays = Int32(SHUT_RDWR)
        /// The argument of `shutdown` that ends sending.
        static let sending = Int32(SHUT_WR)
    #endif

    /// A listening socket on a free port of 127.0.0.1.
    static func listen() throws(Failure) -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, stream, 0)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        keepFromChildren(descriptor)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer -> Int32 in
                guard bind(descriptor, pointer, length) == 0, systemListen(descriptor) == 0,
                    getsockname(descriptor, pointer, &length) == 0
                else { return errno }
                return 0
            }
        }
        guard code == 0 else {
            close(descriptor)
            throw Failure(call: "bind", code: code)
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// The ends of a pipe.
    static func pipe() throws(Failure) -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [-1, -1]
        guard systemPipe(&ends) == 0 else { throw Failure(call: "pipe", code: errno) }
        for end in ends { keepFromChildren(end) }
        return (ends[0], ends[1])
    }

    /// Waits until a listening socket has a connection; false when the other descriptor has something to read.
    static func wait(for socket: Int32, or wake: Int32) -> Bool {
        var watched = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&watched, nfds_t(watched.count), -1) < 0 {
            guard errno == EINTR else { return false }
        }
        return watched[1].revents == 0
    }

    /// The next connection of a listening socket; nil when it went away again.
    static func accept(_ socket: Int32) -> Int32? {
        let descriptor = systemAccept(socket)
        guard descriptor >= 0 else { return nil }
        keepFromChildren(descriptor)
        var isOn: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // Each send is a packet of its own, so that pieces arrive as pieces.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, size)
        #if canImport(Darwin)
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, size)
        #endif
        return descriptor
    }

    /// Sends all bytes; false when the other side has gone.
    @discardableResult
    static func send(_ bytes: [UInt8], to descriptor: Int32, isSocket: Bool = true) -> Bool {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        return bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                let count =
                    isSocket
                    ? systemSend(descriptor, rest.baseAddress, rest.count, flags)
                    : write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    sent += count
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    /// What has come, at least a byte; nil when the other side has gone.
    static func receive(_ descriptor: Int32) -> ArraySlice<UInt8>? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 { return buffer[..<count] }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    /// Waits; false when the other side went away or the server stops.
    static func pause(_ descriptor: Int32, milliseconds: Int) -> Bool {
        guard milliseconds > 0 else { return true }
        #if canImport(Darwin)
            let events: Int16 = 0
        #else
            // POLLRDHUP, which the module of the C library does not have.
            let events: Int16 = 0x2000
        #endif
        var watched = pollfd(fd: descriptor, events: events, revents: 0)
        return poll(&watched, 1, Int32(milliseconds)) == 0
    }

    /// Makes closing a reset, which the other side sees at once.
    static func resetWhenClosed(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Closes a descriptor.
    static func close(_ descriptor: Int32) { _ = systemClose(descriptor) }

    /// A program that a test starts must not hold a connection open.
    private static func keepFromChildren(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
}

// The names of the members above hide the system's.
private func systemAccept(_ socket: Int32) -> Int32 { accept(socket, nil, nil) }

private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }

private func systemSend(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32
) -> Int { send(descriptor, bytes, count, flags) }

private func systemListen(_ descriptor: Int32) -> Int32 { listen(descriptor, 1024) }

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
