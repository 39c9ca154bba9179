public import JSON
import Synchronization

/// Everything that assertions ask models about one answer: numbers equal requests, counts calls and cost.
///
/// One for each execution. Assertions of an execution run one after the other, so that equal requests get the same
/// numbers in every run.
public final class Interview: Sendable {
    /// What the judges of the run have in common.
    public let desk: JudgeDesk
    /// The request whose answer is judged.
    public let request: ModelRequest
    /// The answers of the same case by other prompts and models; nil where they can't be had.
    public let rivals: Rivals?
    /// Which of the rivals the judged answer is; nil where there are none.
    public let place: Int?
    /// The assertions of the execution that share a question, by group.
    public let shared: [String: [JSONValue]]

    private struct State {
        var use = JudgeUse()
        var numbers: [JSONValue: Int] = [:]
        var memory: [String: Memory] = [:]
    }

    private typealias Waiting = CheckedContinuation<Result<JSONValue, EvaluationError>?, Never>

    private enum Memory {
        /// Somebody looks for it; these wait.
        case sought([Waiting])
        case found(Result<JSONValue, EvaluationError>)
    }

    private let answering: any Answering
    /// The interview that numbers the requests of this one; nil: itself.
    private let lead: Interview?
    private let state = Mutex(State())

    /// Creates an interview about the answer to a request.
    ///
    /// - Parameter place: Which of the rivals the answer is.
    public convenience init(
        about request: ModelRequest, desk: JudgeDesk, answering: any Answering, rivals: Rivals? = nil,
        place: Int? = nil, shared: [String: [JSONValue]] = [:]
    ) {
        self.init(request, desk, answering, rivals, place, shared, lead: nil)
    }

    /// Creates an interview whose requests are numbered together with those of another one.
    convenience init(
        about request: ModelRequest, desk: JudgeDesk, answering: any Answering, numberedBy lead: Interview?
    ) {
        self.init(request, desk, answering, nil, nil, [:], lead: lead)
    }

    private init(
        _ request: ModelRequest, _ desk: JudgeDesk, _ answering: any Answering, _ rivals: Rivals?,
        _ place: Int?, _ shared: [String: [JSONValue]], lead: Interview?
    ) {
        self.request = request
        self.desk = desk
        self.answering = answering
        self.rivals = rivals
        self.place = place
        self.lead = lead
        self.shared = shared
        // Asking the model under test the same again is never its first call.
        let identity = identity(request)
        state.withLock { $0.numbers[identity] = 1 }
    }

    /// What was asked so far.
    public var use: JudgeUse { state.withLock { $0.use } }

    /// Keeps something that a person should know, each once.
    public func note(_ notice: String) {
        state.withLock { state in
            if !state.use.notices.contains(notice) { state.use.notices.append(notice) }
        }
    }

    /// The answer to one question.
    ///
    /// - Parameter label: What the question is for: the metric, or type and place of the assertion.
    public func ask(_ inquiry: Inquiry, label: String) async throws(EvaluationError) -> Answer {
        try await send(numbered(inquiry, label))
    }

    /// The answers to several questions, asked at the same time, in the order of the questions.
    public func ask(_ inquiries: [Inquiry], label: String) async -> [Result<Answer, EvaluationError>] {
        // Numbered before any is sent, so that the numbers do not depend on which answer comes first.
        let requests = inquiries.map { numbered($0, label) }
        return await withTaskGroup(of: (Int, Result<Answer, EvaluationError>).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { [self] in
                    do throws(EvaluationError) {
                        return (index, .success(try await send(request)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            var answers = [Result<Answer, EvaluationError>?](repeating: nil, count: requests.count)
            for await (index, answer) in group { answers[index] = answer }
            return answers.compactMap(\.self)
        }
    }

    /// What the body found when it was first called for a key in this execution; an error is found once, too.
    ///
    /// Who comes while the body still runs waits for it, since the judges of a panel work at the same time.
    public func once(
        _ key: String, _ body: () async throws(EvaluationError) -> JSONValue
    ) async throws(EvaluationError) -> JSONValue {
        if let found = await remembered(key) { return try found.get() }
        let found: Result<JSONValue, EvaluationError>
        do throws(EvaluationError) {
            found = .success(try await body())
        } catch {
            found = .failure(error)
        }
        remember(found, for: key)
        return try found.get()
    }

    /// What was found for each of several keys, in order; the body is called with those that nobody has looked for.
    ///
    /// It looks for them together, and gives one result for each, in order. Keys that another looks for are waited for
    /// after that, so that nobody waits in a circle.
    public func once(
        each keys: [String], _ body: ([String]) async -> [Result<JSONValue, EvaluationError>]
    ) async -> [Result<JSONValue, EvaluationError>] {
        let own = state.withLock { state in
            var own: [String] = []
            for key in keys where state.memory[key] == nil {
                state.memory[key] = .sought([])
                own.append(key)
            }
            return own
        }
        if !own.isEmpty {
            let found = await body(own)
            for (index, key) in own.enumerated() {
                remember(found.indices.contains(index) ? found[index] : Self.nothing, for: key)
            }
        }
        var results: [Result<JSONValue, EvaluationError>] = []
        for key in keys {
            results.append(await remembered(key) ?? Self.nothing)
        }
        return results
    }

    private static let nothing = Result<JSONValue, EvaluationError>.failure(
        EvaluationError(.judge, "a question has no answer"))

    private func remember(_ found: Result<JSONValue, EvaluationError>, for key: String) {
        let waiting = state.withLock { state in
            let waiting: [Waiting] = if case .sought(let waiting)? = state.memory[key] { waiting } else { [] }
            state.memory[key] = .found(found)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: found) }
    }

    /// What is known of a key, waited for while another looks for it; nil: the caller has to look, alone.
    private func remembered(_ key: String) async -> Result<JSONValue, EvaluationError>? {
        await withCheckedContinuation { continuation in
            let answer: Result<JSONValue, EvaluationError>?? = state.withLock { state in
                switch state.memory[key] {
                case nil:
                    state.memory[key] = .sought([])
                    return .some(nil)
                case .found(let found): return found
                case .sought(let waiting):
                    state.memory[key] = .sought(waiting + [continuation])
                    return nil
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Counts what was asked on behalf of this execution elsewhere.
    func add(_ use: JudgeUse) {
        state.withLock { state in
            state.use.calls += use.calls
            state.use.failures += use.failures
            state.use.cost = Self.sum(state.use.cost, use.cost)
            state.use.spent = Self.sum(state.use.spent, use.spent)
            state.use.inputTokens += use.inputTokens
            state.use.outputTokens += use.outputTokens
            state.use.rerolled += use.rerolled
            for notice in use.notices where !state.use.notices.contains(notice) {
                state.use.notices.append(notice)
            }
        }
    }

    private func numbered(_ inquiry: Inquiry, _ label: String) -> ModelRequest {
        var site = request.site
        site.purpose = "\(inquiry.kind.rawValue)/\(label)"
        var asked = ModelRequest(
            model: inquiry.model, parameters: inquiry.model.parameters.merging(inquiry.parameters),
            messages: inquiry.messages, tools: inquiry.tools, outputSchema: inquiry.outputSchema,
            sample: request.sample, site: site, promptParameters: inquiry.parameters)
        let identity = identity(asked)
        asked.call = (lead ?? self).state.withLock { state in
            state.numbers[identity, default: 0] += 1
            return state.numbers[identity, default: 1]
        }
        return asked
    }

    /// What makes requests of one execution equal: what recordings show of them.
    private func identity(_ request: ModelRequest) -> JSONValue {
        var request = desk.recorded(request)
        request.call = 1
        return request.keyMaterial
    }

    private func send(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        do throws(EvaluationError) {
            let answer = try await answering.answer(request)
            note(answer, to: request.model)
            return answer
        } catch {
            state.withLock { state in
                state.use.failures += 1
                // How much is not known, and never shown as nothing.
                if error.mayHaveCost { (state.use.cost, state.use.spent) = (nil, nil) }
            }
            throw error
        }
    }

    private func note(_ answer: Answer, to model: ModelSpecification) {
        let cost = desk.prices.cost(of: answer.reply, asked: model)
        state.withLock { state in
            state.use.calls += 1
            state.use.cost = Self.sum(state.use.cost, cost)
            if answer.source == .live { state.use.spent = Self.sum(state.use.spent, cost) }
            state.use.inputTokens += answer.reply.usage?.inputTokens ?? 0
            state.use.outputTokens += answer.reply.usage?.outputTokens ?? 0
            if answer.isRerolled { state.use.rerolled += 1 }
            if let notice = answer.notice, !state.use.notices.contains(notice) {
                state.use.notices.append(notice)
            }
        }
    }

    private static func sum(_ left: Money?, _ right: Money?) -> Money? {
        guard let left, let right else { return nil }
        return left + right
    }
}
