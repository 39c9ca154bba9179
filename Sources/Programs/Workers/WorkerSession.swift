import Subprocess
import Synchronization

/// A running process with its input and its output.
struct WorkerSession: Sendable {
    /// Ends it.
    let handle: ProcessHandle
    /// Writes to its input.
    let writer: StandardInputWriter
    /// What it printed.
    let box: OutputBox
    private let input = InputState()

    private final class InputState: Sendable {
        let state = Mutex((isWritten: false, isClosed: false))
    }

    /// How long a process may take to end after its input.
    private static let grace = Duration.seconds(1)

    /// Creates a session.
    init(handle: ProcessHandle, writer: StandardInputWriter, box: OutputBox) {
        self.handle = handle
        self.writer = writer
        self.box = box
    }

    /// True when the process can expect no more requests.
    var isInputClosed: Bool { input.state.withLock(\.isClosed) }

    /// Writes a request and waits for what `answer` takes; the process is killed when both last longer than the call
    /// allows.
    ///
    /// - Parameter patience: When its input is to be closed unless it has answered; nil: never; zero: at once.
    /// - Returns: What came, and whether it was too late.
    func exchange(
        _ call: ProgramCall, patience: Duration?, _ answer: @escaping @Sendable () async -> OutputBox.Piece
    ) async -> (OutputBox.Piece, isLate: Bool) {
        let isLate = Mutex(false)
        let piece = await Alarm.set(after: call.timeout) {
            isLate.withLock { $0 = true }
            handle.kill()
        } during: {
            await withTaskGroup(of: Void.self) { writing in
                writing.addTask {
                    // A program need not read its input to answer; one that is gone shows in its output.
                    _ = try? await writer.write(call.request)
                    input.state.withLock { $0.isWritten = true }
                    if patience == .zero { await closeInput() }
                }
                guard let patience, patience > .zero else { return await answer() }
                return await Alarm.set(after: patience) {
                    await closeInput()
                } during: {
                    await answer()
                }
            }
        }
        return (piece, isLate.withLock { $0 })
    }

    /// Ends the input, unless a request is being written: the program then is not reading anyway.
    private func closeInput() async {
        let isWritten = input.state.withLock { state in
            state.isClosed = state.isClosed || state.isWritten
            return state.isWritten
        }
        if isWritten { try? await writer.finish() }
    }

    /// Ends the input, gives the process a moment to end, and kills what is left.
    func end() async {
        if !handle.wasKilled {
            try? await writer.finish()
            _ = await handle.waitForExit(atMost: Self.grace)
        }
        handle.release()
    }
}
