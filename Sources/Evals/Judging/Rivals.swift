public import JSON
import Synchronization

/// The answers of one case and sample by all its prompts and models, each asked for once, whoever needs it first.
///
/// For assertions that compare answers: the model under test is not paid twice for being compared. The calls are tasks
/// of their own, since several executions wait for the same one; an execution is only cancelled with the whole run, so
/// that the first one that is takes the call along.
public final class Rivals: Sendable {
    /// One prompt × model of the case.
    public struct Rival: Sendable {
        /// The prompt's reference.
        public var prompt: String
        /// The model's name.
        public var model: String
        /// The request, or why it can't be made.
        public var request: Result<ModelRequest, EvaluationError>
        /// True when this run has an execution of it, which counts what its answer cost.
        public var isExecuted: Bool

        /// Creates a rival.
        public init(
            prompt: String, model: String, request: Result<ModelRequest, EvaluationError>,
            isExecuted: Bool = true
        ) {
            self.prompt = prompt
            self.model = model
            self.request = request
            self.isExecuted = isExecuted
        }
    }

    /// All of them, in the plan's order, the judged one included.
    public let all: [Rival]

    private struct State {
        var answers: [Int: Task<Result<Answer, EvaluationError>, Never>] = [:]
        var joint: [String: Task<JointFinding, Never>] = [:]
        /// Numbers equal requests of all joint findings.
        var lead: Interview?
        /// What has been counted in an execution already.
        var countedAnswers: Set<Int> = []
        var countedFindings: Set<String> = []
    }

    private let answering: any Answering
    private let describe: @Sendable (Answer, ModelRequest) -> Subject
    private let state = Mutex(State())

    /// Creates the rivals of one case and sample.
    ///
    /// - Parameter describe: What an assertion looks at in an answer.
    public init(
        _ all: [Rival], answering: any Answering,
        describe: @escaping @Sendable (Answer, ModelRequest) -> Subject
    ) {
        self.all = all
        self.answering = answering
        self.describe = describe
    }

    /// The answer of one of them.
    public func answer(of index: Int) async throws(EvaluationError) -> Answer {
        let request = try request(of: index)
        let task = state.withLock { state in
            if let known = state.answers[index] { return known }
            let task = Task { [answering] () async -> Result<Answer, EvaluationError> in
                do throws(EvaluationError) {
                    return .success(try await answering.answer(request))
                } catch {
                    return .failure(error)
                }
            }
            state.answers[index] = task
            return task
        }
        return try await Self.value(of: task).get()
    }

    /// What an assertion looks at in the answer of one of them.
    public func subject(of index: Int) async throws(EvaluationError) -> Subject {
        let answer = try await answer(of: index)
        return describe(answer, try request(of: index))
    }

    /// The answer of one of them if somebody asked for it, and nil else.
    public func askedAnswer(of index: Int) async -> Result<Answer, EvaluationError>? {
        guard let task = state.withLock({ $0.answers[index] }) else { return nil }
        return await Self.value(of: task)
    }

    /// Answers that were asked for and belong to no execution of this run; each is given once, to whoever counts it.
    public func strayAnswers() async -> [(rival: Int, answer: Result<Answer, EvaluationError>)] {
        let tasks = state.withLock { state in
            state.answers.filter { !all[$0.key].isExecuted && state.countedAnswers.insert($0.key).inserted }
        }
        var answers: [(rival: Int, answer: Result<Answer, EvaluationError>)] = []
        for (index, task) in tasks.sorted(by: { $0.key < $1.key }) {
            answers.append((index, await Self.value(of: task)))
        }
        return answers
    }

    /// What the executions of the case find out together: asked once, whoever comes first, and told to all.
    ///
    /// It is asked at the place of `host`, and counted by the execution of `payer` alone, so that recordings and figures
    /// do not depend on who came first.
    ///
    /// - Parameters:
    ///   - key: Tells findings of one case apart: everything that is asked.
    ///   - own: The interview of the execution that wants to know.
    ///   - body: Asks; must do the same in every execution.
    public func jointly(
        _ key: String, host: Int, payer: Int, for own: Interview,
        _ body: @escaping @Sendable (Interview) async throws(EvaluationError) -> JSONValue
    ) async throws(EvaluationError) -> JSONValue {
        let request = try request(of: host)
        let task = state.withLock { state in
            if let known = state.joint[key] { return known }
            let interview = Interview(
                about: request, desk: own.desk, answering: answering, numberedBy: state.lead)
            if state.lead == nil { state.lead = interview }
            let task = Task { await JointFinding(interview, body) }
            state.joint[key] = task
            return task
        }
        let finding = await Self.value(of: task)
        if own.place == payer, state.withLock({ $0.countedFindings.insert(key).inserted }) {
            own.add(finding.use)
        }
        return try finding.result.get()
    }

    private func request(of index: Int) throws(EvaluationError) -> ModelRequest {
        guard all.indices.contains(index) else {
            throw EvaluationError(.assertion, "there is no such answer to compare with")
        }
        return try all[index].request.get()
    }

    private static func value<Value>(of task: Task<Value, Never>) async -> Value {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

/// What executions found out together, and what it took.
private struct JointFinding: Sendable {
    let result: Result<JSONValue, EvaluationError>
    let use: JudgeUse

    init(
        _ interview: Interview, _ body: (Interview) async throws(EvaluationError) -> JSONValue
    ) async {
        do throws(EvaluationError) {
            result = .success(try await body(interview))
        } catch {
            result = .failure(error)
        }
        use = interview.use
    }
}
