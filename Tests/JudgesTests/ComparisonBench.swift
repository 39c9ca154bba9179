import Assertions
import Evals
import JSON
import Judges

/// The answers of one case by several models, compared with each other in a test.
///
/// One scripted model plays everybody: `answers` says what the models under test answer, `judge` what the judges do.
struct ComparisonBench: Sendable {
    /// A model under test, its prompt, and what it answers.
    struct Contestant: Sendable {
        var prompt = "p"
        var model: String
        var answer: Result<String, EvaluationError>
        var question = "Where is my parcel?"
        var isExecuted = true

        /// A model that answers the prompt `p`.
        init(_ model: String, _ answer: String) {
            self.model = model
            self.answer = .success(answer)
        }

        /// A model that gives no answer.
        init(_ model: String, error: EvaluationError) {
            self.model = model
            answer = .failure(error)
        }
    }

    /// What became of one execution.
    struct Outcome: Sendable, Hashable {
        var results: [AssertionResult]
        var use: JudgeUse
    }

    /// The models under test.
    var contestants: [Contestant]
    /// What the judges have in common.
    var desk: JudgeDesk
    /// The right answer of the case.
    var reference: String?
    /// Plays everybody.
    let model: ScriptedModel

    /// Creates a bench; the judge is asked what it makes of a request.
    init(_ contestants: [Contestant], judge: @escaping ScriptedModel.Script) {
        self.contestants = contestants
        model = ScriptedModel { (request) throws(EvaluationError) -> Reply in
            guard request.site.purpose == "answer" else { return try judge(request) }
            let contestant = contestants.first {
                $0.prompt == request.site.prompt && $0.model == request.site.model
            }
            return Reply(content: try contestant?.answer.get() ?? "", finishReason: "stop")
        }
        desk = JudgeBench(model).desk
    }

    /// The requests to judges, in the order of arrival.
    var questions: [ModelRequest] { model.requests.filter { $0.site.purpose != "answer" } }

    /// What becomes of assertions in the executions of all contestants, which run in this order, or at the same time.
    func outcomes(
        _ specifications: [AssertionSpecification], order: [Int]? = nil
    ) async throws -> [Outcome] {
        let assertions = try specifications.map { (specification) in
            try JudgeBench.catalog.compile(specification)
        }
        let rivals = rivals
        let places = contestants.indices.filter { contestants[$0].isExecuted }
        var outcomes: [Int: Outcome] = [:]
        if let order {
            for place in order { outcomes[place] = await outcome(assertions, place, rivals) }
        } else {
            await withTaskGroup(of: (Int, Outcome?).self) { group in
                for place in places {
                    group.addTask { (place, await outcome(assertions, place, rivals)) }
                }
                for await (place, outcome) in group { outcomes[place] = outcome }
            }
        }
        return places.compactMap { outcomes[$0] }
    }

    /// What becomes of one assertion in the executions of all contestants.
    func results(
        _ type: String, value: JSONValue? = "Is the better one.", threshold: Double? = nil,
        options: JSONObject = [:], select: String? = nil
    ) async throws -> [AssertionResult] {
        let specification = JudgeBench.specification(
            type, value: value, threshold: threshold, options: options, select: select)
        return try await outcomes([specification]).compactMap(\.results.first)
    }

    private func request(_ contestant: Contestant) -> ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: contestant.model, provider: "scripted", model: contestant.model),
            parameters: [:], messages: [Message(role: .user, text: contestant.question)],
            site: CallSite(
                suite: "s", caseID: "c", prompt: contestant.prompt, model: contestant.model))
    }

    private var rivals: Rivals {
        let all = contestants.map {
            Rivals.Rival(
                prompt: $0.prompt, model: $0.model, request: .success(request($0)), isExecuted: $0.isExecuted)
        }
        return Rivals(all, answering: model) { [reference] answer, request in
            Subject(
                reply: answer.reply, messages: request.messages, reference: reference,
                question: request.messages.last?.text)
        }
    }

    /// As in a run, an execution whose own answer is missing has no assertions evaluated.
    private func outcome(
        _ assertions: [CompiledAssertion], _ place: Int, _ rivals: Rivals
    ) async -> Outcome? {
        guard var subject = try? await rivals.subject(of: place) else { return nil }
        let interview = Interview(
            about: request(contestants[place]), desk: desk, answering: model, rivals: rivals, place: place)
        subject.interview = interview
        var results: [AssertionResult] = []
        for (index, assertion) in assertions.enumerated() {
            var own = subject
            own.label = AssertionEvaluation.label(of: assertion, at: index + 1)
            results.append(await AssertionEvaluation.evaluate(assertion, on: own))
        }
        return Outcome(results: results, use: interview.use)
    }
}

extension ModelRequest {
    /// The text in a block, such as `first` or `answer-2`; nil when there is no such block.
    func block(_ name: String) -> String? {
        let parts = text.split(separator: "<\(name)-", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = parts[1].firstIndex(of: "\n") else { return nil }
        let rest = parts[1][parts[1].index(after: start)...]
        var lines: [Substring] = []
        for line in rest.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("</\(name)-") { return lines.joined(separator: "\n") }
            lines.append(line)
        }
        return nil
    }

    /// The texts in the blocks `answers-1`, `answers-2` and so on.
    var listed: [String] {
        var texts: [String] = []
        while let text = block("answers-\(texts.count + 1)") { texts.append(text) }
        return texts
    }
}
