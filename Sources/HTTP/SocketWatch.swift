internal import CLibCurl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Waits for sockets of which there may be thousands, and for a wake-up from another thread.
///
/// Waiting costs by what happens, not by how many sockets there are. Only `wake` may be called from any thread.
final class SocketWatch: Sendable {
    /// What is waited for, or has happened.
    struct Interest: OptionSet, Sendable {
        let rawValue: Int

        /// There is something to read.
        static let reading = Interest(rawValue: 1)
        /// Something can be written.
        static let writing = Interest(rawValue: 2)
        /// The socket has failed or was closed by the other side.
        static let failure = Interest(rawValue: 4)
    }

    /// What has happened at a socket.
    struct Event {
        var socket: Int32
        var interest: Interest
    }

    private static let mostEvents = 512

    #if os(Linux)
        private let queue: Int32
        private let signal: Int32

        /// Creates a watch of nothing; nil when the system has no descriptors left.
        init?() {
            let queue = epoll_create1(Int32(EPOLL_CLOEXEC))
            let signal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
            var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data(fd: signal))
            guard queue >= 0, signal >= 0, epoll_ctl(queue, EPOLL_CTL_ADD, signal, &event) == 0 else {
                if queue >= 0 { close(queue) }
                if signal >= 0 { close(signal) }
                return nil
            }
            self.queue = queue
            self.signal = signal
        }

        deinit {
            close(queue)
            close(signal)
        }

        /// Ends a wait, this one or the next.
        func wake() {
            var one: UInt64 = 1
            // It fails only when a wake-up is waiting already.
            _ = write(signal, &one, 8)
        }

        /// Changes what is waited for at a socket; nothing forgets it.
        func set(_ interest: Interest, for socket: Int32) {
            var event = epoll_event()
            event.data.fd = socket
            if interest.contains(.reading) { event.events |= EPOLLIN.rawValue }
            if interest.contains(.writing) { event.events |= EPOLLOUT.rawValue }
            guard !interest.isEmpty else {
                _ = epoll_ctl(queue, EPOLL_CTL_DEL, socket, &event)
                return
            }
            if epoll_ctl(queue, EPOLL_CTL_MOD, socket, &event) != 0 {
                _ = epoll_ctl(queue, EPOLL_CTL_ADD, socket, &event)
            }
        }

        /// Waits until something happens or the time has passed, and gives what happened.
        func wait(milliseconds: Int) -> [Event] {
            withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.mostEvents) { buffer in
                let count = epoll_wait(
                    queue, buffer.baseAddress, Int32(Self.mostEvents), Int32(clamping: milliseconds))
                guard count > 0 else { return [] }
                var events: [Event] = []
                events.reserveCapacity(Int(count))
                for event in buffer.prefix(Int(count)) {
                    if event.data.fd == signal {
                        var number: UInt64 = 0
                        _ = read(signal, &number, 8)
                        continue
                    }
                    var interest: Interest = []
                    if event.events & EPOLLIN.rawValue != 0 { interest.insert(.reading) }
                    if event.events & EPOLLOUT.rawValue != 0 { interest.insert(.writing) }
                    if event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 {
                        interest.insert(.failure)
                    }
                    events.append(Event(socket: event.data.fd, interest: interest))
                }
                return events
            }
        }
    #else
        private let queue: Int32

        /// Creates a watch of nothing; nil when the system has no descriptors left.
        init?() {
            queue = kqueue()
            guard queue >= 0 else { return nil }
            var change = kevent()
            change.filter = Int16(EVFILT_USER)
            change.flags = UInt16(EV_ADD | EV_CLEAR)
            guard kevent(queue, &change, 1, nil, 0, nil) == 0 else {
                close(queue)
                return nil
            }
        }

        deinit { close(queue) }

        /// Ends a wait, this one or the next.
        func wake() {
            var change = kevent()
            change.filter = Int16(EVFILT_USER)
            change.fflags = UInt32(NOTE_TRIGGER)
            _ = kevent(queue, &change, 1, nil, 0, nil)
        }

        /// Changes what is waited for at a socket; nothing forgets it.
        func set(_ interest: Interest, for socket: Int32) {
            for (filter, part) in [(EVFILT_READ, Interest.reading), (EVFILT_WRITE, Interest.writing)] {
                var change = kevent()
                change.ident = UInt(socket)
                change.filter = Int16(filter)
                change.flags = UInt16(interest.contains(part) ? EV_ADD : EV_DELETE)
                // Forgetting what was not waited for fails, and does no harm.
                _ = kevent(queue, &change, 1, nil, 0, nil)
            }
        }

        /// Waits until something happens or the time has passed, and gives what happened.
        func wait(milliseconds: Int) -> [Event] {
            var limit = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
            var found = [kevent](repeating: kevent(), count: Self.mostEvents)
            let count = kevent(queue, nil, 0, &found, Int32(Self.mostEvents), &limit)
            return found.prefix(Int(max(0, count))).compactMap { event in
                guard event.filter != Int16(EVFILT_USER) else { return nil }
                var interest: Interest = event.filter == Int16(EVFILT_READ) ? .reading : .writing
                if event.flags & UInt16(EV_ERROR) != 0 { interest.insert(.failure) }
                return Event(socket: Int32(event.ident), interest: interest)
            }
        }
    #endif
}
