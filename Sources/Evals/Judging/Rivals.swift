import Synchronization

/// The answers of one case and sample by all its prompts and models, each asked for once, whoever needs it first.
///
/// For assertions that compare answers: the model under test is not paid twice for being compared.
public final class Rivals: Sendable {
    /// One prompt × model of the case.
    public struct Rival: Sendable {
        /// The prompt's reference.
        public var prompt: String
        /// The model's name.
        public var model: String
        /// The request, or why it can't be made.
        public var request: Result<ModelRequest, EvaluationError>

        /// Creates a rival.
        public init(prompt: String, model: String, request: Result<ModelRequest, EvaluationError>) {
            self.prompt = prompt
            self.model = model
            self.request = request
        }
    }

    /// All of them, in the plan's order, the judged one included.
    public let all: [Rival]

    private let answering: any Answering
    private let tasks = Mutex<[Int: Task<Result<Answer, EvaluationError>, Never>]>([:])

    /// Creates the rivals of one case and sample.
    public init(_ all: [Rival], answering: any Answering) {
        self.all = all
        self.answering = answering
    }

    /// The answer of one of them.
    public func answer(of index: Int) async throws(EvaluationError) -> Answer {
        guard all.indices.contains(index) else {
            throw EvaluationError(.assertion, "there is no such answer to compare with")
        }
        let request = try all[index].request.get()
        let task = tasks.withLock { tasks in
            if let known = tasks[index] { return known }
            let task = Task { [answering] () async -> Result<Answer, EvaluationError> in
                do throws(EvaluationError) {
                    return .success(try await answering.answer(request))
                } catch {
                    return .failure(error)
                }
            }
            tasks[index] = task
            return task
        }
        return try await task.value.get()
    }
}
