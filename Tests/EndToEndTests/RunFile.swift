import JSON

/// The results of a run as `--report json` writes them.
struct RunFile {
    /// The whole document.
    let value: JSONValue

    /// What the run comes to.
    var summary: JSONValue { value["summary"] ?? .null }
    /// The gates, a line each: `metric verdict value n`, in order.
    var gates: [String] {
        (value["gates"]?.array ?? []).map { gate in
            let parts = [gate["metric"], gate["verdict"], gate["value"], gate["n"]]
            return parts.map { $0.map(Self.text) ?? "?" }.joined(separator: " ")
        }
    }
    /// The status of each execution by `case#sample`, with the kind of its error.
    var statuses: [String] {
        executions.map { execution in
            var text = "\(execution["case"]?.string ?? "?")#\(execution["sample"]?.integer ?? 0)"
            text += " \(execution["status"]?.string ?? "?")"
            if let outcome = execution["outcome"]?.string { text += " was \(outcome)" }
            if let kind = execution["error"]?["kind"]?.string { text += " \(kind)" }
            return text
        }
    }
    /// The executions.
    var executions: [JSONValue] { value["executions"]?.array ?? [] }

    /// What must be the same in two runs of the same files: all but `run`.
    var withoutRun: String {
        get throws {
            var members: [(String, JSONValue)] = []
            for (key, member) in value.object ?? [:] where key != "run" { members.append((key, member)) }
            return JSONWriter.compact.text(of: .object(pairs: members))
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? JSONWriter.compact.text(of: value)
    }
}
