import Diagnostics
import Evals
import Recordings
import Results

/// Answers from an earlier run for what is under test, and whatever a run has for what judges ask.
struct RejudgedAnswering: Answering {
    /// The answers of the earlier run.
    let stored: StoredAnswers
    /// Answers what judges ask.
    let asked: any Answering
    /// Takes secrets out of requests, as before their keys are made.
    let redactor: Redactor

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        guard request.site.purpose == "answer" else { return try await asked.answer(request) }
        return try stored.answer(to: request) { (request) throws(EvaluationError) in
            var numbering = Redactor.Numbering()
            return RequestKey.sha256(of: try redactor.redact(request, numbering: &numbering))
        }
    }
}

/// Answers of an earlier run that a command judges again.
struct RejudgedResults {
    /// The answers.
    let answers: StoredAnswers
    /// The file, as the user named it.
    let path: String

    /// How the run was started.
    var invocation: Invocation {
        Invocation(.stored, command: "judge run \(ShellWord.quoted(path))")
    }
}
