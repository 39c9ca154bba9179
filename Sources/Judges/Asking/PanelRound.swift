import Evals

/// Asks every judge of a panel as often as the panel says, all at the same time.
struct PanelRound: Sendable {
    /// Who judges.
    let panel: JudgePanel
    /// Asks for them.
    let interview: Interview
    /// The assertion's label.
    let label: String

    /// The findings, in the order of the panel; an error when one of them is missing.
    func findings(
        _ measure: @escaping @Sendable (Judge) async throws(EvaluationError) -> Finding
    ) async throws(EvaluationError) -> [Finding] {
        var seats: [Judge] = []
        for name in panel.models {
            seats.append(Judge(interview: interview, model: try interview.desk.model(name), label: label))
        }
        var findings: [Finding] = []
        // A judge's own repeats ask the same, and are numbered in the order in which they are asked; judges differ in
        // their model, so that they don't touch each other's numbers.
        for _ in 0..<panel.repetition {
            let round = await withTaskGroup(of: (Int, Result<Finding, EvaluationError>).self) { group in
                for (index, seat) in seats.enumerated() {
                    group.addTask {
                        do throws(EvaluationError) {
                            return (index, .success(try await measure(seat)))
                        } catch {
                            return (index, .failure(error))
                        }
                    }
                }
                var round = [Result<Finding, EvaluationError>?](repeating: nil, count: seats.count)
                for await (index, finding) in group { round[index] = finding }
                return round.compactMap(\.self)
            }
            for finding in round { findings.append(try finding.get()) }
        }
        return findings
    }
}
