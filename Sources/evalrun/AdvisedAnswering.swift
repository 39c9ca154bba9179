import Diagnostics
import Evals
import Results

/// Answers what judges ask about answers that are there already; where a recording is missing, it names the command that
/// makes it, which is not `evalrun record`.
struct AdvisedAnswering: Answering {
    /// Answers what judges ask.
    let asked: any Answering
    /// How the run was started.
    let invocation: Invocation

    private static let beginning = "record it with `"

    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        do throws(EvaluationError) {
            return try await asked.answer(request)
        } catch {
            guard request.site.purpose != "answer", let hint = error.hint,
                let place = hint.firstRange(of: Self.beginning)
            else { throw error }
            let words = [request.site.suite, request.site.caseID].map { ShellWord.quoted($0) }
            var advised = error
            advised.hint =
                hint[..<place.upperBound]
                + "evalrun \(invocation.command) --suite \(words[0]) --case \(words[1]) --mode record`"
            throw advised
        }
    }
}
