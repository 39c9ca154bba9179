import Foundation
import StubServer
import Synchronization

/// A provider that answers so many requests and is silent then, until it is woken up.
final class DrowsyProvider: Sendable {
    private let answers: Int
    private let state = Mutex((isAwake: false, answered: 0))
    /// Signaled at each request that gets no answer.
    let silent = DispatchSemaphore(value: 0)

    /// Creates a provider that answers so many requests.
    init(answers: Int) { self.answers = answers }

    /// From now on every request is answered.
    func wake() { state.withLock { $0.isAwake = true } }

    /// Says `answer N` to question N.
    func reply(to request: StubRequest) -> StubReply {
        reply(to: request, saying: "answer \(LiveProject.number(request) ?? 0)")
    }

    /// Says a text, or nothing.
    func reply(to request: StubRequest, saying text: String) -> StubReply {
        let speaks = state.withLock { state in
            guard state.isAwake || state.answered < answers else { return false }
            state.answered += 1
            return true
        }
        if speaks {
            return .json(200, LiveProject.completion(text))
        }
        silent.signal()
        return .noResponse
    }
}
