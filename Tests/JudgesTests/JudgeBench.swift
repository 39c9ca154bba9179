import Assertions
import Diagnostics
import Evals
import JSON
import Judges

/// One answer, the models that may be asked about it, and the means to judge it in a test.
///
/// The desk knows the models `judge` (the project's), `second` and `third` for panels, `embedder` and `moderator`; all
/// are played by the same scripted model, which can tell them apart by `request.model.name`. Every shipped prompt is
/// there, by its name and as version 1; it renders to one user message with a line `name: value` for each variable, in
/// the order of the names, so that a script can tell what it is asked by `request.text`.
///
///     var bench = JudgeBench(model, answer: "It is on its way.")
///     bench.reference = "It was sent today."
///     let result = try await bench.result("factuality", threshold: 0.5)
struct JudgeBench: Sendable {
    /// Plays all models.
    var model: any Answering
    /// What the judges have in common; change its settings before asking.
    var desk: JudgeDesk
    /// The answer that is judged.
    var reply: Reply
    /// The conversation that led to it; its last user message is the question unless `question` is set.
    var messages = [Message(role: .user, text: "Where is my parcel?")]
    /// The question, where it is not the last user message.
    var question: String?
    /// The retrieved texts of the case.
    var context: [String] = []
    /// The right answer of the case.
    var reference: String?
    /// The answers of the same case by other prompts and models.
    var rivals: Rivals?
    /// Which of the repeated samples the answer is.
    var sample = 1

    /// The names of the models on the desk.
    static let modelNames = ["judge", "second", "third", "embedder", "moderator"]

    /// The types of assertion with the judges among them.
    static let catalog = AssertionCatalog.standard(adding: JudgeCatalog.descriptors)

    /// Creates a bench for an answer.
    init(_ model: any Answering, answer: String = "Your parcel is on its way.") {
        self.model = model
        reply = Reply(content: answer, finishReason: "stop")
        var models: [String: ModelSpecification] = [:]
        for name in Self.modelNames {
            models[name] = ModelSpecification(name: name, provider: "scripted", model: "scripted-\(name)")
        }
        var prompts: [String: JudgePrompt] = [:]
        for name in ShippedJudgePrompts.names { prompts[name] = Self.prompt(named: name) }
        var uses: [String: [String]] = [:]
        for descriptor in JudgeCatalog.descriptors {
            uses[descriptor.name] = descriptor.judgePrompts.map(\.name)
        }
        desk = JudgeDesk(
            settings: JudgeSettings(
                panel: JudgePanel(models: ["judge"]), embeddings: "embedder", moderation: "moderator"),
            models: models, prompts: prompts, uses: uses)
    }

    /// A prompt that says its variables, one `name: value` after the other.
    static func prompt(named name: String, version: String = "1", sha256: String? = nil) -> JudgePrompt {
        JudgePrompt(name: name, version: version, sha256: sha256 ?? "hash of \(name)") { variables in
            let lines = variables.map { (name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
                .map { "\($0.name): \($0.value.string ?? JSONWriter.compact.text(of: $0.value))" }
            return [Message(role: .user, text: lines.joined(separator: "\n"))]
        }
    }

    /// The request whose answer is judged.
    var request: ModelRequest {
        ModelRequest(
            model: ModelSpecification(name: "tested", provider: "scripted", model: "scripted-tested"),
            parameters: [:], messages: messages, sample: sample,
            site: CallSite(suite: "s", caseID: "c", prompt: "p", model: "tested"))
    }

    /// What an assertion looks at, with an interview of its own; `shared` is what the assertions of the case ask in
    /// common.
    func subject(shared: [String: [JSONValue]] = [:]) -> Subject {
        var subject = Subject(
            reply: reply, messages: messages, context: context, reference: reference,
            question: question ?? messages.last { $0.role == .user }?.text)
        subject.interview = Interview(
            about: request, desk: desk, answering: model, rivals: rivals, shared: shared)
        return subject
    }

    /// An assertion as the loader would state it: `type` as written, with or without `not-`, aliases allowed.
    static func specification(
        _ type: String, value: JSONValue? = nil, threshold: Double? = nil, options: JSONObject = [:],
        metric: String? = nil, select: String? = nil, transform: [TransformStep] = []
    ) -> AssertionSpecification {
        let resolved = catalog.resolve(type)
        return AssertionSpecification(
            type: resolved?.descriptor.name ?? type, writtenType: type,
            isNegated: resolved?.isNegated ?? false, value: value, threshold: threshold, metric: metric,
            select: select, transform: transform, options: options,
            mark: SourceMark(file: "a.suite.yaml", line: 3, column: 9),
            valueMark: SourceMark(file: "a.suite.yaml", line: 3, column: 15))
    }

    /// What becomes of one assertion.
    func result(
        _ type: String, value: JSONValue? = nil, threshold: Double? = nil, options: JSONObject = [:]
    ) async throws -> AssertionResult {
        let results = try await results([
            Self.specification(type, value: value, threshold: threshold, options: options)
        ])
        return results[0]
    }

    /// What becomes of the assertions of one case, which share an interview, as in a run.
    func results(_ specifications: [AssertionSpecification]) async throws -> [AssertionResult] {
        var assertions: [CompiledAssertion] = []
        for specification in specifications { assertions.append(try Self.catalog.compile(specification)) }
        var shared: [String: [JSONValue]] = [:]
        for question in assertions.compactMap(\.sharedQuestion) {
            shared[question.group, default: []].append(question.content)
        }
        let subject = subject(shared: shared)
        var results: [AssertionResult] = []
        for (index, assertion) in assertions.enumerated() {
            var own = subject
            own.label = AssertionEvaluation.label(of: assertion, at: index + 1)
            results.append(await AssertionEvaluation.evaluate(assertion, on: own))
        }
        return results
    }

    /// The mistakes of an assertion that does not compile; none when it does.
    static func mistakes(
        _ type: String, value: JSONValue? = nil, threshold: Double? = nil, options: JSONObject = [:]
    ) -> [Diagnostic] {
        do throws(DiagnosticError) {
            _ = try catalog.compile(
                specification(type, value: value, threshold: threshold, options: options))
            return []
        } catch {
            return error.diagnostics
        }
    }
}
