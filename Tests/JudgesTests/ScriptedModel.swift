import Evals
import JSON
import Synchronization

/// A model for tests that answers from a script and remembers what it was asked.
///
///     let judge = ScriptedModel { _ in .says(["reason": "fine", "pass": true]) }
final class ScriptedModel: Answering {
    /// What the model answers to a request.
    typealias Script = @Sendable (ModelRequest) throws(EvaluationError) -> Reply

    private let script: Script
    private let asked = Mutex<[ModelRequest]>([])

    /// Creates a model; the script must not depend on the order of concurrent requests.
    init(_ script: @escaping Script) { self.script = script }

    /// Creates a model that gives these texts one after the other, and an error of the kind `provider` when it has no
    /// more.
    convenience init(inTurn texts: [String]) {
        let rest = Mutex(texts[...])
        self.init { (_: ModelRequest) throws(EvaluationError) -> Reply in
            guard let text = rest.withLock({ $0.popFirst() }) else {
                throw EvaluationError(.provider, "the script has no more answers")
            }
            return Reply(content: text, finishReason: "stop")
        }
    }

    /// What it was asked, in the order of arrival.
    var requests: [ModelRequest] { asked.withLock { $0 } }

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        asked.withLock { $0.append(request) }
        return Answer(reply: try script(request), source: .live)
    }
}

extension Reply {
    /// An answer that is one JSON value.
    static func says(_ value: JSONValue) -> Reply {
        Reply(content: JSONWriter.compact.text(of: value), finishReason: "stop")
    }
}

extension ModelRequest {
    /// All that is said in it, to look for a text.
    var text: String { messages.map(\.text).joined(separator: "\n") }
}
