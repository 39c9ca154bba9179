import Evals
import JSON

/// The rubrics of one execution that are judged in one call (`batch_rubrics`).
///
/// Those that stand in an `assert-set` are asked alone, since the set decides whether they are asked at all. Where
/// judges need a calibration nothing is batched: an instrument is measured one rubric at a time, and other rubrics in
/// the same call are another instrument.
struct RubricBatch: Sendable {
    /// Which rubrics belong together: the same judges, scale and part of the answer.
    let group: String
    /// All criteria of the group, each once.
    let question: RubricQuestion

    /// What the calls are for, in recordings.
    static let label = "rubrics"

    /// The batch that an assertion belongs to in an execution; nil when it is asked alone.
    init?(_ shared: SharedQuestion, scale: RubricScale, in interview: Interview) {
        let settings = interview.desk.settings
        guard settings.batchesRubrics, settings.requiredAgreement == nil,
            let contents = interview.shared[shared.group], contents.count > 1,
            contents.contains(shared.content)
        else { return nil }
        group = shared.group
        var seen: Set<String> = []
        let criteria = contents.flatMap { $0.array ?? [] }.compactMap(\.string)
            .filter { seen.insert($0).inserted }
        question = RubricQuestion(criteria: criteria, scale: scale)
    }

    /// What an assertion asks in common with others of its kind.
    static func question(
        of specification: AssertionSpecification, criteria: [String], scale: RubricScale
    ) -> SharedQuestion {
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        let group: JSONValue = [
            "type": .string(specification.type), "scale": .string("\(scale)"),
            "judge": specification.options["judge"] ?? .null,
            "panel": specification.options["panel"] ?? .null, "select": text(specification.select),
            "xpath": text(specification.xpath),
            "transform": .array(specification.transform.map { .string("\($0)") }),
        ]
        return SharedQuestion(
            group: String(decoding: CanonicalJSON.bytes(of: group), as: UTF8.self),
            content: .array(criteria.map { .string($0) }))
    }

    /// The verdicts on some criteria of the batch, and the prompt used; each judge is asked once in each turn.
    func verdicts(
        on criteria: [String], about subject: Subject, by judge: Judge
    ) async throws(EvaluationError) -> (verdicts: [CriterionVerdict], prompt: String) {
        let key = "\(group)#\(judge.model.name)#\(judge.turn)"
        let own = Judge(
            interview: judge.interview, model: judge.model, label: Self.label, turn: judge.turn)
        let found = try await judge.interview.once(key) { () async throws(EvaluationError) -> JSONValue in
            let answer = try await question.ask(own, about: subject)
            return ["value": answer.value, "prompt": .string(answer.prompt)]
        }
        let all = try question.verdicts(in: found["value"] ?? .null)
        let verdicts = criteria.compactMap { criterion in all.first { $0.criterion == criterion } }
        guard verdicts.count == criteria.count else {
            throw EvaluationError(.judge, "the judge gave no verdict on a criterion")
        }
        return (verdicts, found["prompt"]?.string ?? "")
    }
}
