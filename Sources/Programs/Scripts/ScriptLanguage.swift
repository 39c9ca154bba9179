import Evals

/// A language whose snippets can be assertions.
struct ScriptLanguage: Sendable {
    /// The type of assertion, and the language's name for messages.
    let type: String
    /// As people write it.
    let title: String
    /// The interpreter.
    let interpreter: String
    /// The arguments of the interpreter that make it a worker, for a limit of memory in MiB.
    let arguments: @Sendable (_ memoryMB: Int) -> [String]
    /// The function that a file is asked for by default, for messages.
    let entry: String
    /// Where a case's variables are, for messages.
    let variable: @Sendable (String) -> String
    /// An entry of an `assert:` list.
    let example: String

    /// All of them.
    static let all = [python, javascript]

    /// Python 3.
    static let python = ScriptLanguage(
        type: "python", title: "Python", interpreter: "python3",
        // UTF-8 whatever the locale, and no bytecode files in the tree.
        arguments: { _ in ["-X", "utf8", "-B", "-c", PythonWorker.source] }, entry: "get_assert",
        variable: { "context[\"vars\"][\"\($0)\"]" },
        example: "python: len(output) < 900 and 'refund' in output")

    /// JavaScript, by Node.js.
    static let javascript = ScriptLanguage(
        type: "javascript", title: "JavaScript", interpreter: "node",
        // An error of JavaScript before the process is out of memory.
        arguments: { ["--max-old-space-size=\($0 * 3 / 4)", "-e", NodeWorker.source] },
        entry: "module.exports",
        variable: { "context.vars[\"\($0)\"]" },
        example: "javascript: output.length < 900 && output.includes('refund')")
}
