import Dispatch
import Files
import Synchronization

/// Lets many appends share one wait for the disk, on a queue of its own: no task blocks a thread that others need.
///
/// While one group is being synced the next gathers, so that the number of waits adapts to the disk by itself.
final class GroupCommit: Sendable {
    /// Where the line begins, or why it is not on the disk.
    typealias Outcome = Result<Int, FileError>

    private struct Waiting {
        var line: [UInt8]
        var continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var waiting: [Waiting] = []
        var isWriting = false
    }

    /// Adds bytes at the end of a file durably, and gives the place of the first.
    typealias Sink = @Sendable ([UInt8]) -> Outcome

    private let sink: Sink
    private let queue = DispatchQueue(label: "evalrun.journal", qos: .userInitiated)
    private let state = Mutex(State())

    /// Writes through `sink`, which nobody else uses.
    init(_ sink: @escaping Sink) { self.sink = sink }

    /// Adds a line; returns when the disk has it, or refused.
    func append(_ line: [UInt8]) async -> Outcome {
        await withCheckedContinuation { continuation in
            let mustStart = state.withLock { state in
                state.waiting.append(Waiting(line: line, continuation: continuation))
                defer { state.isWriting = true }
                return !state.isWriting
            }
            if mustStart { queue.async { self.writeGroups() } }
        }
    }

    private func writeGroups() {
        while true {
            let group = state.withLock { state in
                let group = state.waiting
                state.waiting = []
                state.isWriting = !group.isEmpty
                return group
            }
            if group.isEmpty { return }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(group.reduce(0) { $0 + $1.line.count })
            for waiting in group { bytes += waiting.line }
            let outcome = sink(bytes)
            var offset = 0
            for waiting in group {
                waiting.continuation.resume(returning: outcome.map { [offset] in $0 + offset })
                offset += waiting.line.count
            }
        }
    }
}
