import Diagnostics
import Evals

/// The commands that reports tell the user to type next.
enum NextCommand {
    /// Runs one case again and shows all of it.
    static func show(_ execution: Execution) -> String {
        let suite = LogText.line(ShellWord.quoted(execution.suite))
        return "evalrun run \(suite) --case \(LogText.line(ShellWord.quoted(execution.caseID))) --verbose"
    }

    /// Brings in the recordings that are missing or stale.
    static let importAnswers = "evalrun fixtures import ANSWERS.jsonl"

    /// Lists the recordings that are missing or stale.
    static let listGaps = "evalrun fixtures stale"
}
