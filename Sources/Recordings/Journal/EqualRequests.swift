import Evals
import Synchronization

/// Sees to it that an equal request is under way once at a time: the others wait for its answer.
///
/// Without it, what two cases with the same request cost would depend on how close together they come.
final class EqualRequests: Sendable {
    private typealias Outcome = Result<Answer, EvaluationError>
    /// Gets the outcome, or nil when there is nothing left to wait for.
    private typealias Continuation = CheckedContinuation<Outcome?, Never>

    private struct Waiting {
        let model: String
        let continuation: Continuation
    }

    private let underWay = Mutex<[String: [Waiting]]>([:])

    /// Creates a gate that nothing has passed.
    init() {}

    /// The answer of `ask`, or of an equal request that is under way.
    ///
    /// Such an answer, if live, is `cached`: it was paid for once. An error is shared by requests to the same model of
    /// the project alone: another one with an equal request may be asked at another place, with another key.
    ///
    /// - Parameter model: The alias or inline name of the model that is asked.
    func answer(
        toKey key: String, of model: String, _ ask: () async throws(EvaluationError) -> Answer
    ) async throws(EvaluationError) -> Answer {
        while !begin(key) {
            guard let outcome = await outcome(ofKey: key, for: model) else { continue }
            var answer = try outcome.get()
            if answer.source == .live { answer.source = .cached }
            return answer
        }
        do throws(EvaluationError) {
            let answer = try await ask()
            finish(key, .success(answer), of: model)
            return answer
        } catch {
            finish(key, .failure(error), of: model)
            throw error
        }
    }

    private func begin(_ key: String) -> Bool {
        underWay.withLock { underWay in
            guard underWay[key] == nil else { return false }
            underWay[key] = []
            return true
        }
    }

    private func outcome(ofKey key: String, for model: String) async -> Outcome? {
        await withCheckedContinuation { continuation in
            let isWaiting = underWay.withLock { underWay in
                underWay[key]?.append(Waiting(model: model, continuation: continuation)) != nil
            }
            if !isWaiting { continuation.resume(returning: nil) }
        }
    }

    private func finish(_ key: String, _ outcome: Outcome, of model: String) {
        for waiting in underWay.withLock({ $0.removeValue(forKey: key) }) ?? [] {
            var isShared = waiting.model == model
            if case .success = outcome { isShared = true }
            waiting.continuation.resume(returning: isShared ? outcome : nil)
        }
    }
}
