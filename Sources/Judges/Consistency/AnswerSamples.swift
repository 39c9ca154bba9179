import Assertions
import Evals
import JSON

/// The answer of an execution, and more answers of the same model to the same request.
struct AnswerSamples: Sendable {
    /// How many there are in all, the judged answer among them.
    let count: Int
    /// What `transform`, `select` and `xpath` make of each.
    let narrowing: Narrowing?

    /// What is left of each answer for the assertion to look at, the judged one first; nil where nothing is.
    ///
    /// Asked once for each execution: every judge of a panel, and a second assertion that looks at the same, has the
    /// same answers.
    func texts(
        _ subject: Subject, _ interview: Interview, _ specification: AssertionSpecification
    ) async throws(EvaluationError) -> [String?] {
        let key: JSONValue = [
            "self-consistency", .integer(count), .array(specification.transform.map { .string("\($0)") }),
            specification.select.map { .string($0) } ?? .null,
            specification.xpath.map { .string($0) } ?? .null,
        ]
        let texts = try await interview.once(JSONWriter.compact.text(of: key)) {
            () async throws(EvaluationError) -> JSONValue in
            var texts: [JSONValue] = [Self.visible(subject.output)]
            for answer in try await answers(interview, label: subject.label) {
                texts.append(try text(of: answer.reply, like: subject))
            }
            return .array(texts)
        }
        return (texts.array ?? []).map(\.string)
    }

    private func answers(_ interview: Interview, label: String) async throws(EvaluationError) -> [Answer] {
        let request = interview.request
        guard request.model.provider != ModelSpecification.given.provider else {
            throw EvaluationError(
                .assertion, "the answer stands in the suite, and its model can't be asked again",
                hint: "self-consistency needs a model that answers; 'given' is none")
        }
        let again = Inquiry(
            to: request.model, parameters: request.promptParameters ?? request.parameters,
            messages: request.messages, outputSchema: request.outputSchema, tools: request.tools)
        let found = await interview.ask([Inquiry](repeating: again, count: count - 1), label: label)
        var answers: [Answer] = []
        for (index, result) in found.enumerated() {
            do throws(EvaluationError) {
                answers.append(try result.get())
            } catch {
                throw EvaluationError(
                    error.kind, "sample \(index + 2) of \(count): \(error.message)", hint: error.hint,
                    attempts: error.attempts, mayHaveCost: error.mayHaveCost)
            }
        }
        return answers
    }

    private func text(of reply: Reply, like subject: Subject) throws(EvaluationError) -> JSONValue {
        var sample = subject
        sample.reply = reply
        sample.output = reply.content ?? ""
        sample.selected = nil
        sample.cost = nil
        switch try narrowing?.narrowed(sample) {
        case .found(let narrowed): return Self.visible(narrowed.output)
        case .nothing: return .null
        case nil: return Self.visible(sample.output)
        }
    }

    private static func visible(_ text: String) -> JSONValue {
        text.trimmed.isEmpty ? .null : .string(text)
    }
}
