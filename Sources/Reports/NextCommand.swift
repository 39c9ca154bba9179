import Diagnostics
import Evals

/// The commands that reports tell the user to type next.
enum NextCommand {
    /// Runs one case again and shows all of it.
    static func show(_ execution: Execution) -> String {
        let suite = LogText.line(ShellWord.quoted(execution.suite))
        return "evalrun run \(suite) --case \(LogText.line(ShellWord.quoted(execution.caseID))) --verbose"
    }

    /// Makes the recordings that are missing or stale, by asking the models.
    ///
    /// - Parameter suites: The suites that lack some; one alone is named.
    static func record(_ suites: Set<String>) -> String {
        guard suites.count == 1, let suite = suites.first else { return "evalrun record" }
        return "evalrun record \(LogText.line(ShellWord.quoted(suite)))"
    }

    /// Brings in answers that are there already.
    static let importAnswers = "evalrun fixtures import ANSWERS.jsonl"

    /// Lists the recordings that are missing or stale.
    static let listGaps = "evalrun fixtures stale"
}
