import Assertions
import Diagnostics
import Evals
import Runner

/// What `check --vacuous` says of assertions that pass an empty answer, the prompt's text and another case's answer.
struct VacuityReport {
    /// Expectations that tell nothing apart, as warnings.
    let warnings: [Diagnostic]
    /// Guards: they pass as long as an answer does nothing wrong, so that passing is no reason to worry.
    let guards: [String]

    /// Sorts findings into expectations and guards.
    init(_ findings: [VacuityProbe.Finding], catalog: AssertionCatalog) {
        var warnings: [Diagnostic] = []
        var guards: [String] = []
        for finding in findings {
            let family = catalog.resolve(finding.type)?.descriptor.family
            if finding.isNegated || family == .safety || family == .measures {
                guards.append("\(finding.mark.file):\(finding.mark.line): \(finding.writtenType)")
                continue
            }
            let other =
                finding.sawOtherAnswer
                ? "on the prompt's text and on the answer of another case"
                : "and on the prompt's text (no other case has an answer to try)"
            warnings.append(
                Diagnostic(
                    "weak-assertion",
                    "'\(finding.writtenType)' passes on an empty answer, \(other), so it tells nothing apart",
                    at: finding.mark, hint: "ask for something that only a right answer has",
                    severity: .warning))
        }
        self.warnings = warnings
        self.guards = guards
    }
}
