internal import CLibCurl

/// The engine's thread: starts transfers, moves their bytes, and hands the results back.
///
/// Everything here, the easy handles above all, is touched by this one thread only.
final class TransferLoop {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private let configuration: HTTPConfiguration
    private var transfers: [UInt64: Transfer] = [:]
    private var byHandle: [UnsafeMutableRawPointer: UInt64] = [:]
    private var idle: [EasyHandle] = []
    /// The earliest moment at which a first byte is overdue; nil: none is waited for.
    private var nextDeadline: ContinuousClock.Instant?

    /// Handles kept for reuse; one costs about 6 KB.
    private static let mostIdle = 256
    /// The longest sleep; every event ends it early.
    private static let longestSleepMS = 60_000

    /// Creates the loop of a multi handle, which it frees at its end.
    init(multi: UnsafeMutableRawPointer, mailbox: Mailbox, configuration: HTTPConfiguration) {
        self.multi = multi
        self.mailbox = mailbox
        self.configuration = configuration
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
            var running: Int32 = 0
            let status = curl_multi_perform(multi, &running)
            guard status == CURLM_OK else {
                failAll("libcurl failed: \(String(cString: curl_multi_strerror(status)))")
                continue
            }
            collect()
            giveUpOverdue()
            _ = curl_multi_poll(multi, nil, 0, Int32(sleepMS), nil)
        }
        mailbox.end()
        failAll("the engine has ended")
        idle = []
        curl_multi_cleanup(multi)
    }

    private var sleepMS: Int {
        guard let nextDeadline else { return Self.longestSleepMS }
        let left = (nextDeadline - .now) / .milliseconds(1)
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
        let status = curl_multi_add_handle(multi, handle.pointer)
        guard status == CURLM_OK else {
            order.continuation.resume(
                returning: .failure(
                    HTTPError(.system, "libcurl failed: \(String(cString: curl_multi_strerror(status)))")))
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
        while let message = curl_multi_info_read(multi, &waiting) {
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
        let status = curl_multi_remove_handle(multi, transfer.handle.pointer)
        if status == CURLM_OK, idle.count < Self.mostIdle {
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
