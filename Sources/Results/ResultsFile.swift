public import Diagnostics
public import Evals
public import Files
public import JSON

/// Results as JSON that a run wrote, read back one execution at a time.
public struct ResultsFile {
    /// What the results say beside the executions.
    public struct Head: Sendable {
        /// What was known before the run.
        public var header: RunHeader
        /// How the run ended.
        public var exitStatus: ExitStatus
        /// The numbers and the verdict, as they are written.
        public var summary: JSONObject
        /// The gates, as they are written.
        public var gates: [JSONValue]
    }

    /// The version of the format that is read.
    public static let version = 1

    private let stream: ByteStream

    /// Prepares to read results; nothing is read yet.
    public init(_ stream: ByteStream) { self.stream = stream }

    /// Calls the body with every execution in the order of the file, and gives the rest at the end.
    ///
    /// Unknown keys are ignored, so that newer results can be read. The error `results-format` is for a file that is
    /// no results or has another version, `results-damaged` for one that ends in the middle or has a wrong value; what
    /// the body got before counts for nothing then.
    public consuming func read(
        _ body: (Execution) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) -> Head {
        var parts = JSONMemberStream(stream, listKey: "executions")
        let codec = ExecutionJSON()
        var members: [String: (value: JSONValue, line: Int)] = [:]
        var hasExecutions = false
        do throws(DiagnosticError) {
            while let part = try parts.next() {
                if part.isElement {
                    hasExecutions = true
                    let execution: Execution
                    do throws(ResultsError) {
                        execution = try codec.decode(part.bytes)
                    } catch {
                        throw parts.damaged("\(error)", line: part.line)
                    }
                    try body(execution)
                } else {
                    let value: JSONValue
                    do throws(JSONParseError) {
                        value = try JSONParser(rejectsDuplicateKeys: true).parse(bytes: part.bytes)
                    } catch {
                        throw parts.damaged(
                            "'\(TerminalText.excerpt(part.key, limit: 60))' is not JSON: \(error.message)",
                            line: part.line + error.line - 1)
                    }
                    members[part.key] = (value, part.line)
                    if part.key == "evalrun_results" { try check(version: value) }
                }
            }
        } catch {
            // A file of another kind is not called damaged.
            if members["evalrun_results"] == nil, !hasExecutions { throw notResults() }
            throw error
        }
        guard members["evalrun_results"] != nil else { throw notResults() }
        // Without the list nothing would seem to have failed.
        guard parts.hasList else { throw parts.damaged("'executions' is missing, or is no list") }
        return try head(members, parts)
    }

    private func head(
        _ members: [String: (value: JSONValue, line: Int)], _ parts: JSONMemberStream
    ) throws(DiagnosticError) -> Head {
        func part(_ key: String) throws(DiagnosticError) -> JSONValue {
            guard let member = members[key] else { throw parts.damaged("'\(key)' is missing") }
            return member.value
        }
        let (runValue, summaryValue) = (try part("run"), try part("summary"))
        do throws(ResultsError) {
            let run = try MemberReader(runValue, path: "/run")
            let summary = try MemberReader(summaryValue, path: "/summary")
            let code = try summary.require(try summary.integer("exit_code", least: 0), "exit_code")
            guard let exitStatus = Int32(exactly: code).flatMap({ ExitStatus(rawValue: $0) }) else {
                throw summary.wrong("exit_code", "unknown value \(code)")
            }
            let git = try run.value("git").map { value throws(ResultsError) in
                try MemberReader(value, path: "/run/git")
            }
            let header = RunHeader(
                id: try run.requiredText("id"), startedAt: try run.requiredText("started_at"),
                evalrunVersion: try run.requiredText("evalrun_version"), commit: try git?.text("commit"),
                isDirty: try git?.read("dirty", "true or false") { $0.bool },
                mode: try run.requiredText("mode"), planSHA256: try run.requiredText("plan_sha256"),
                executions: try summary.require(
                    try summary.integer("executions", least: 0), "executions"))
            return Head(
                header: header, exitStatus: exitStatus, summary: summaryValue.object ?? [:],
                gates: members["gates"]?.value.array ?? [])
        } catch {
            guard case .malformed(let path, let message) = error else { throw parts.damaged("\(error)") }
            throw parts.damaged("\(path): \(message)")
        }
    }

    private func check(version: JSONValue) throws(DiagnosticError) {
        guard version.integer != Self.version else { return }
        let shown = TerminalText.excerpt(JSONWriter.compact.text(of: version), limit: 20)
        throw DiagnosticError(
            Diagnostic(
                "results-format",
                "the results have the format version \(shown), and this evalrun reads version \(Self.version)",
                at: SourceMark(file: stream.shown), hint: "read them with the evalrun that wrote them"))
    }

    private func notResults() -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "results-format", "the file has no results of evalrun", at: SourceMark(file: stream.shown),
                hint: "name a file that `evalrun run --report json=FILE` wrote"))
    }
}
