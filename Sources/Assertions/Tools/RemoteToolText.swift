import Evals

/// What the Responses API says of a tool that ran on a remote server: `MCP Tool Result (name): …` at the begin of a line.
struct RemoteToolText {
    /// The verdict.
    let judgement: Judgement

    /// Looks for such lines; nil when there is none.
    ///
    /// One error outweighs any results.
    init?(_ text: String) {
        var result: Substring?
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("MCP Tool Error (") {
                judgement = Judgement(
                    passed: false, reason: "a remote tool failed: \(Excerpt.quoted(String(line)))",
                    expected: "no failed remote tool", actual: Excerpt.display(text))
                return
            }
            if line.hasPrefix("MCP Tool Result (") { result = result ?? line }
        }
        guard let result else { return nil }
        judgement = Judgement(
            passed: true, reason: "a remote tool answered: \(Excerpt.quoted(String(result)))",
            expected: "no failed remote tool", actual: Excerpt.display(text))
    }
}
