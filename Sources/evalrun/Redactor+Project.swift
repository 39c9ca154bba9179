import Diagnostics
import Recordings
import Suites

extension Redactor {
    /// The redactor that a project wants, with the values of its key variables.
    init(of project: Project) throws(DiagnosticError) {
        try self.init(
            patterns: project.redactions.map { ($0.pattern, $0.mark) }, kinds: project.redactedKinds,
            secrets: project.keyValues)
    }
}

extension Project {
    /// The values that the key variables of the project have now.
    var keyValues: [String] { keyVariables.compactMap(Console.environment) }
}
