import Assertions
import Evals
import JSON
import JSONSchema

/// One model that gives verdicts about one answer.
struct Judge: Sendable {
    /// Asks for it.
    let interview: Interview
    /// The model.
    let model: ModelSpecification
    /// What the questions are for: the assertion's label.
    let label: String
    /// Which of the panel's repeats this is, from 1.
    var turn = 1

    /// The verdict on a question.
    ///
    /// An answer that is none is shown to the judge once more with what is wrong about it; after a second one the error
    /// is of the kind `judge`. Errors of the call keep their kind, so that a missing recording stays one.
    func ask(_ question: JudgeQuestion) async throws(EvaluationError) -> Verdict {
        let prompt = try interview.desk.prompt(question.prompt)
        let variables = question.promptVariables(masking: interview.desk.masked)
        let messages = try prompt.render(variables)
        if let name = question.hiddenText(in: messages, variables: variables) {
            throw EvaluationError(
                .judge, "the judge prompt '\(prompt.name)' does not show the judge '\(name)' as it is",
                hint: "write {{ \(name) }} into it without a filter, where no condition leaves it out")
        }
        let reader: VerdictReader
        do throws(SchemaError) {
            reader = try VerdictReader(schema: question.schema, complaint: question.complaint)
        } catch {
            throw EvaluationError(.judge, "the form of the verdict can't be stated: \(error)")
        }
        let inquiry = Inquiry(
            to: model, parameters: question.parameters.merging(prompt.parameters), messages: messages,
            outputSchema: question.schema)
        let stamp = "\(prompt.name)@\(prompt.version)"
        let first = try await text(of: inquiry)
        let complaint: String
        do throws(VerdictReader.Mistake) {
            return Verdict(value: try reader.verdict(first.text), prompt: stamp, logprobs: first.logprobs)
        } catch {
            complaint = error.message
        }
        let second = try await text(of: repair(inquiry, answer: first.text, complaint: complaint))
        do throws(VerdictReader.Mistake) {
            return Verdict(value: try reader.verdict(second.text), prompt: stamp, logprobs: second.logprobs)
        } catch {
            throw EvaluationError(
                .judge, "the judge '\(model.name)' gave no verdict: \(Excerpt.display(error.message))",
                hint:
                    "a judge that supports structured outputs, or a clearer rubric, may help; what it said stays "
                    + "recorded until --mode refresh asks again")
        }
    }

    /// The question with the bad answer and what is wrong about it.
    private func repair(_ inquiry: Inquiry, answer: String, complaint: String) -> Inquiry {
        var repair = inquiry
        // Some APIs refuse messages that say nothing.
        let shown = answer.trimmed.isEmpty ? "(nothing)" : Excerpt.display(answer)
        repair.messages += [
            Message(role: .assistant, text: shown),
            Message(
                role: .user,
                text:
                    "That was no valid verdict: \(Excerpt.display(complaint)). Answer again with the JSON object "
                    + "alone, without any other text."),
        ]
        return repair
    }

    /// What the judge answered; an error when that is no text.
    private func text(of inquiry: Inquiry) async throws(EvaluationError) -> (
        text: String, logprobs: JSONValue?
    ) {
        let answer: Answer
        do throws(EvaluationError) {
            answer = try await interview.ask(inquiry, label: label)
        } catch {
            throw EvaluationError(
                error.kind, "the judge '\(model.name)': \(error.message)", hint: error.hint,
                attempts: error.attempts, mayHaveCost: error.mayHaveCost)
        }
        let reply = answer.reply
        if let other = reply.fallback {
            throw EvaluationError(
                .judge, "the fallback '\(other)' answered in place of the judge '\(model.name)'",
                hint:
                    "a verdict counts only when the judge itself gave it; run with --mode refresh to ask it again"
            )
        }
        if reply.refusal != nil || reply.finishReason == "content_filter" {
            throw EvaluationError(
                .judge, "the judge '\(model.name)' refused to judge",
                hint: "another judge may be less careful with this text")
        }
        if reply.finishReason == "length" {
            throw EvaluationError(
                .judge, "the judge '\(model.name)' was cut off before its verdict was complete",
                hint: "raise max_tokens of the judge")
        }
        return (reply.content ?? "", reply.logprobs)
    }
}
