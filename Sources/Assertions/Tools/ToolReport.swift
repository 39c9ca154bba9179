import Evals
import JSON

/// Calls in the words of reasons and reports.
enum ToolReport {
    /// The names of the calls, as what was found.
    static func names(_ calls: [ToolCall]) -> String {
        calls.isEmpty ? "no tool was called" : Excerpt.quoted(calls.map(\.name))
    }

    /// The calls with their arguments, as what was found.
    static func display(_ calls: [ToolCall]) -> String {
        calls.isEmpty
            ? "no tool was called" : Excerpt.display(JSONWriter.compact.text(of: .array(calls.map(\.json))))
    }
}
