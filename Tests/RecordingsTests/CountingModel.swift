import Evals
import Synchronization

/// A live model of tests: answers with the number of the call, and keeps what it was asked.
final class CountingModel: Answering {
    private struct State {
        var requests: [ModelRequest] = []
        var failures = 0
        var gate: [CheckedContinuation<Void, Never>] = []
        var isOpen = true
    }

    private let state = Mutex(State())
    private let source: Answer.Source
    private let text: String
    private let notice: String?

    /// Creates a model; the first `failures` calls end in a time-out.
    init(failures: Int = 0, source: Answer.Source = .live, text: String = "", notice: String? = nil) {
        self.source = source
        self.text = text
        self.notice = notice
        state.withLock { $0.failures = failures }
    }

    /// What it was asked so far.
    var requests: [ModelRequest] { state.withLock { $0.requests } }

    /// Holds answers back until `open`.
    func close() { state.withLock { $0.isOpen = false } }

    /// Gives the answers that were held back.
    func open() {
        let held = state.withLock { state in
            defer { state.gate = [] }
            state.isOpen = true
            return state.gate
        }
        for continuation in held { continuation.resume() }
    }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let (number, fails) = state.withLock { state in
            state.requests.append(request)
            state.failures -= 1
            return (state.requests.count, state.failures >= 0)
        }
        await withCheckedContinuation { continuation in
            let mustWait = state.withLock { state in
                if !state.isOpen { state.gate.append(continuation) }
                return !state.isOpen
            }
            if !mustWait { continuation.resume() }
        }
        if fails { throw EvaluationError(.timeout, "no answer in time (call \(number))") }
        return Answer(
            reply: Reply(
                content: "\(number)\(text)", finishReason: "stop",
                usage: Usage(inputTokens: 5, outputTokens: 2), latencyMS: 12.5),
            source: source, notice: notice)
    }
}
