import Diagnostics
import Evals
import Results

/// The commands that reports tell the user to type next.
struct NextCommand {
    private let invocation: Invocation
    private let header: RunHeader

    /// Speaks of a run.
    init(_ results: RunResults) {
        invocation = results.invocation
        header = results.header
    }

    /// Runs one case again and shows all of it.
    ///
    /// Where the answers are there already, judges that nobody recorded are asked again.
    func show(_ execution: Execution) -> String {
        let caseID = LogText.line(ShellWord.quoted(execution.caseID))
        let mode = invocation.answers != .asked && header.mode == "live" ? " --mode live" : ""
        return "\(command(of: execution.suite)) --case \(caseID)\(mode) --verbose"
    }

    /// Runs one case of those that a report leaves out.
    var showOne: String { "\(command(written: "SUITE")) --case ID" }

    /// Goes on with a run that was interrupted.
    var resume: String { "\(words) --resume \(LogText.line(header.id))" }

    /// Brings about what no recording has, of answers or of verdicts about them.
    ///
    /// - Parameters:
    ///   - suites: The suites that lack something; one alone is named.
    ///   - lacksAnswers: Whether executions have no answer.
    func fill(_ suites: Set<String>, lacksAnswers: Bool) -> String {
        let suite = suites.count == 1 ? suites.first : nil
        switch invocation.answers {
        case .asked:
            let record = "evalrun record" + (suite.map { " " + Self.quoted($0) } ?? "")
            return
                "\(record), or \(Self.importAnswers) for answers that you have (\(Self.listGaps) lists what is missing)"
        case .stored where lacksAnswers:
            let run = "evalrun run" + (suite.map { " " + Self.quoted($0) } ?? "")
            return "take results that have the answers: \(run) --report json=FILE writes them"
        case .captured, .stored:
            return (suite.map(command(of:)) ?? words) + " --mode record"
        }
    }

    /// Lists what is missing or stale; nil where recordings of answers play no part.
    var listing: String? { invocation.answers == .asked ? Self.listGaps : nil }

    private var words: String { "evalrun " + LogText.line(invocation.command) }

    private func command(of suite: String) -> String { command(written: Self.quoted(suite)) }

    private func command(written suite: String) -> String {
        invocation.answers == .asked ? "\(words) \(suite)" : "\(words) --suite \(suite)"
    }

    private static func quoted(_ text: String) -> String { LogText.line(ShellWord.quoted(text)) }

    private static let importAnswers = "evalrun fixtures import ANSWERS.jsonl"

    private static let listGaps = "evalrun fixtures stale"
}
