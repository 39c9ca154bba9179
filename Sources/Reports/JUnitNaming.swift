import Evals

/// Gives each execution a name that is unique under its class name and stable between runs.
///
/// Dashboards compare runs by class name and name: no score, time or version stands in them.
struct JUnitNaming {
    private var suite = ""
    private var caseID = ""
    /// The names of one case: the plan's order keeps its executions together.
    private var used: [String: Int] = [:]

    /// Begins with nothing used.
    init() {}

    /// `CASE [PROMPT · MODEL]`, with the turn of a conversation, and with `#SAMPLE` when there are several.
    mutating func name(of execution: Execution, hasSamples: Bool) -> String {
        if execution.suite != suite || execution.caseID != caseID {
            (suite, caseID) = (execution.suite, execution.caseID)
            used = [:]
        }
        var name = "\(execution.caseID) [\(execution.prompt) · \(execution.model)]"
        if execution.step > 1 { name += " step \(execution.step)" }
        if hasSamples { name += " #\(execution.sample)" }
        return Self.unique(name, &used)
    }

    /// The name, or with a number when it is used already.
    static func unique(_ name: String, _ used: inout [String: Int]) -> String {
        let count = used[name, default: 0] + 1
        used[name] = count
        guard count > 1 else { return name }
        return unique("\(name) (\(count))", &used)
    }
}
