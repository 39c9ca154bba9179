import Evals
import Synchronization

/// A live model that answers from a table, and remembers what it was asked.
final class ScriptedModel: Answering {
    /// What it says to a text; without one it fails.
    typealias Script = @Sendable (ModelRequest) throws(EvaluationError) -> Reply

    private let script: Script
    private let log = Mutex<[ModelRequest]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// One that always says the same.
    convenience init(saying text: String) { self.init { _ in Reply(content: text, finishReason: "stop") } }

    /// What was asked so far.
    var requests: [ModelRequest] { log.withLock { $0 } }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        log.withLock { $0.append(request) }
        return Answer(reply: try script(request), source: .live)
    }
}
