import Evals
import Models

/// Takes the answers under test from batches, and makes a call for everything that is asked about them.
///
/// What judges and the like are asked depends on the answers, so it is known only once the batches have ended.
struct BatchedAnswers: Answering {
    /// Has the answers under test.
    let batches: BatchModels
    /// Asks all else, a call each, at the usual price.
    let single: any Answering

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        request.site.purpose == "answer"
            ? try await batches.answer(request) : try await single.answer(request)
    }
}
