import Evals
import Synchronization

/// Gives calls up when the run is interrupted, so that a slow provider does not hold the end back.
final class InterruptibleAnswering: Answering {
    private struct State {
        var tasks: [Int: Task<Result<Answer, EvaluationError>, Never>] = [:]
        var next = 0
        /// True once all calls were given up: one that comes later, after a long look for its recording, is too.
        var isOver = false
    }

    private let inner: any Answering
    private let state = Mutex(State())

    /// Puts the interruption before something that answers.
    init(_ inner: any Answering) { self.inner = inner }

    /// What the inner one answers; an error of the kind `interrupted` once the run is.
    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        let inner = inner
        let (number, task) = state.withLock { state in
            state.next += 1
            let task = Task { () async -> Result<Answer, EvaluationError> in
                do throws(EvaluationError) {
                    return .success(try await inner.answer(request))
                } catch {
                    return .failure(error)
                }
            }
            state.tasks[state.next] = task
            if state.isOver { task.cancel() }
            return (state.next, task)
        }
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        state.withLock { _ = $0.tasks.removeValue(forKey: number) }
        return try result.get()
    }

    /// Runs the body, and cancels all calls under way as soon as the run is interrupted.
    func watching<R>(isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> R)
        async rethrows
        -> R
    {
        let watch = Task { [weak self] in
            try await Interruption.requested()
            self?.cancelAll()
        }
        defer { watch.cancel() }
        return try await body()
    }

    private func cancelAll() {
        let tasks = state.withLock { state in
            state.isOver = true
            // Those that wait first, else they would get the places and the budget of those that are given up.
            return state.tasks.sorted { $0.key > $1.key }.map(\.value)
        }
        for task in tasks { task.cancel() }
    }
}
