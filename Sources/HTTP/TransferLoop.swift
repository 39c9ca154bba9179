internal import CLibCurl

/// The engine's thread: starts transfers, moves their bytes, and hands the results back.
///
/// Everything here, the easy handles above all, is touched by this one thread only.
final class TransferLoop {
    private let multi: MultiHandle
    private let mailbox: Mailbox
    private let watch: SocketWatch
    private let configuration: HTTPConfiguration
    private var transfers: [UInt64: Transfer] = [:]
    private var byHandle: [UnsafeMutableRawPointer: UInt64] = [:]
    private var idle: [EasyHandle] = []
    /// When libcurl wants to be called although nothing has happened; nil: never.
    private var timer: ContinuousClock.Instant?
    /// The earliest moment at which a first byte is overdue; nil: none is waited for.
    private var nextDeadline: ContinuousClock.Instant?

    /// Handles kept for reuse; one costs about 6 KB.
    private static let mostIdle = 256
    /// The longest sleep; every event ends it early.
    private static let longestSleepMS = 60_000

    /// Creates the loop; the error is of the kind `system`.
    init(mailbox: Mailbox, watch: SocketWatch, configuration: HTTPConfiguration) throws(HTTPError) {
        self.mailbox = mailbox
        self.watch = watch
        self.configuration = configuration
        multi = try MultiHandle()
        let context = Unmanaged.passUnretained(self).toOpaque()
        try multi.check(evalrun_curl_multi_set_socket(multi.pointer, Self.onSocket, context))
        try multi.check(evalrun_curl_multi_set_timer(multi.pointer, Self.onTimer, context))
        try multi.check(
            evalrun_curl_multi_set_long(multi.pointer, CURLMOPT_MAXCONNECTS, configuration.keptConnections))
    }

    /// Runs until the mailbox is closed.
    func run() {
        while true {
            let news = mailbox.take()
            for order in news.orders { start(order) }
            for id in news.cancelled {
                finish(id, .failure(HTTPError(.cancelled, "the request was cancelled")))
            }
            if news.isClosed { break }
            for event in watch.wait(milliseconds: sleepMS) { act(on: event.socket, event.interest) }
            if let due = timer, due <= .now {
                timer = nil
                act(on: CURL_SOCKET_TIMEOUT, [])
            }
            collect()
            giveUpOverdue()
        }
        failAll("the engine has ended")
        idle = []
        // Closing the connections must not call back into what is going away.
        _ = evalrun_curl_multi_set_socket(multi.pointer, nil, nil)
        _ = evalrun_curl_multi_set_timer(multi.pointer, nil, nil)
    }

    private func act(on socket: Int32, _ interest: SocketWatch.Interest) {
        var mask: Int32 = 0
        if interest.contains(.reading) { mask |= CURL_CSELECT_IN }
        if interest.contains(.writing) { mask |= CURL_CSELECT_OUT }
        if interest.contains(.failure) { mask |= CURL_CSELECT_ERR }
        var running: Int32 = 0
        let status = evalrun_curl_multi_socket_action(multi.pointer, socket, mask, &running)
        // A socket that libcurl has closed meanwhile is no fault.
        guard status != CURLM_OK, status != CURLM_BAD_SOCKET else { return }
        failAll("libcurl failed: \(String(cString: evalrun_curl_multi_strerror(status)))")
    }

    private static let onSocket: evalrun_curl_socket = { _, socket, what, context, _ in
        guard let context else { return 0 }
        let loop = Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue()
        let interest: SocketWatch.Interest =
            switch what {
            case CURL_POLL_IN: .reading
            case CURL_POLL_OUT: .writing
            case CURL_POLL_INOUT: [.reading, .writing]
            default: []
            }
        loop.watch.set(interest, for: socket)
        return 0
    }

    private static let onTimer: evalrun_curl_timer = { _, milliseconds, context in
        guard let context else { return 0 }
        let loop = Unmanaged<TransferLoop>.fromOpaque(context).takeUnretainedValue()
        loop.timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
        return 0
    }

    private var sleepMS: Int {
        let wake = [timer, nextDeadline].compactMap { $0 }.min()
        guard let wake else { return Self.longestSleepMS }
        let left = (wake - .now) / .milliseconds(1)
        return min(Self.longestSleepMS, max(0, Int(left.rounded(.up))))
    }

    private func start(_ order: Mailbox.Order) {
        guard let handle = idle.popLast() ?? EasyHandle() else {
            order.continuation.resume(returning: .failure(HTTPError(.system, "there is no memory left")))
            return
        }
        let transfer = Transfer(order: order, handle: handle)
        do throws(HTTPError) {
            try transfer.prepare(configuration)
        } catch {
            order.continuation.resume(returning: .failure(error))
            return
        }
        let status = evalrun_curl_multi_add_handle(multi.pointer, handle.pointer)
        guard status == CURLM_OK else {
            order.continuation.resume(
                returning: .failure(
                    HTTPError(
                        .system, "libcurl failed: \(String(cString: evalrun_curl_multi_strerror(status)))")))
            return
        }
        transfers[order.id] = transfer
        byHandle[handle.pointer] = order.id
        if let deadline = transfer.firstByteDeadline {
            nextDeadline = min(nextDeadline ?? deadline, deadline)
        }
    }

    /// Takes the transfers that have ended.
    private func collect() {
        var waiting: Int32 = 0
        while let message = evalrun_curl_multi_info_read(multi.pointer, &waiting) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let id = byHandle[handle], let transfer = transfers[id]
            else { continue }
            finish(id, transfer.result(evalrun_curl_result(message)))
        }
    }

    private func finish(_ id: UInt64, _ result: Result<HTTPResponse, HTTPError>) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        byHandle[transfer.handle.pointer] = nil
        // Takes the handle out in any state; its connection is closed when it is in the middle of a response.
        let status = evalrun_curl_multi_remove_handle(multi.pointer, transfer.handle.pointer)
        // A handle whose transfer failed early keeps buffers, and then refuses to have their size set.
        if status == CURLM_OK, case .success = result, idle.count < Self.mostIdle {
            transfer.handle.reset()
            idle.append(transfer.handle)
        }
        transfer.continuation.resume(returning: result)
    }

    private func failAll(_ reason: String) {
        for id in Array(transfers.keys) { finish(id, .failure(HTTPError(.system, reason))) }
        for order in mailbox.take().orders {
            order.continuation.resume(returning: .failure(HTTPError(.system, reason)))
        }
    }

    private func giveUpOverdue() {
        let now = ContinuousClock.now
        guard let deadline = nextDeadline, deadline <= now else { return }
        var next: ContinuousClock.Instant?
        for (id, transfer) in transfers {
            guard let deadline = transfer.firstByteDeadline, !transfer.hasFirstByte else { continue }
            if deadline <= now {
                finish(id, .failure(transfer.overdue()))
            } else {
                next = min(next ?? deadline, deadline)
            }
        }
        nextDeadline = next
    }
}
