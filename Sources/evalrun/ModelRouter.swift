import Evals
import Models
import Recordings

/// Sends each request to what answers it: `echo`, `given`, or the recordings.
///
/// None of them has a network.
struct ModelRouter: Answering {
    /// Answers from recordings.
    let recorded: any Answering
    /// Takes secrets out of the answers that cases bring along.
    let redactor: Redactor

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        switch request.model.provider {
        case ModelSpecification.echo.provider: return try await redacted(EchoModel(), request)
        case ModelSpecification.given.provider:
            guard let reply = request.given else {
                throw EvaluationError(
                    .provider, "the case brings no answer along", hint: "add `response:` to it")
            }
            return try await redacted(GivenModel(reply: reply), request)
        default: return try await recorded.answer(request)
        }
    }

    private func redacted(_ model: some Answering, _ request: ModelRequest) async throws(EvaluationError)
        -> Answer
    {
        var answer = try await model.answer(request)
        var numbering = Redactor.Numbering()
        answer.reply = try redactor.redact(answer.reply, numbering: &numbering)
        return answer
    }
}

extension Redactor {
    /// The request as recordings have it; where a pattern gives up, as it is, since it will not be sent then.
    func redacted(_ request: ModelRequest) -> ModelRequest {
        var numbering = Numbering()
        do throws(EvaluationError) {
            return try redact(request, numbering: &numbering)
        } catch {
            return request
        }
    }

    /// The text without secrets, for reports; where a pattern gives up, without the text.
    func masking(_ text: String) -> String {
        var numbering = Numbering()
        do throws(EvaluationError) {
            return try redact(text, numbering: &numbering)
        } catch {
            return "[redacted]"
        }
    }
}
