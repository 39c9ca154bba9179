import Diagnostics
import Evals
import Judges
import Suites

/// Looks for judges that may not decide, since they lack the calibration that the project requires.
struct CalibrationCheck {
    /// What is planned.
    let plan: Plan
    /// What the judges need.
    let desk: JudgeDesk

    /// A warning for each place of an assertion whose verdicts would be errors; empty where nothing is required.
    func warnings() throws(DiagnosticError) -> [Diagnostic] {
        guard let required = RequiredCalibration(of: desk) else { return [] }
        var found: [Diagnostic] = []
        var told: Set<SourceMark> = []
        var stream = plan.stream()
        while let planned = try stream.next() {
            for trial in planned.trials {
                guard case .success(let assertions) = trial.assertions else { continue }
                for use in assertions.flatMap(\.instruments) where told.insert(use.mark).inserted {
                    guard let instrument = try? use.instrument(desk),
                        let complaint = required.complaint(about: instrument, metric: use.metric, on: desk)
                    else { continue }
                    found.append(
                        Diagnostic(
                            "uncalibrated-judge", "'\(use.type)' will not count: \(complaint)", at: use.mark,
                            hint: RequiredCalibration.hint, severity: .warning))
                }
            }
        }
        return found
    }
}
