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
            let model = try interview.desk.model(name)
            if let twin = seats.first(where: { asksTheSame($0.model, model) }) {
                throw EvaluationError(
                    .judge, "the judges '\(twin.model.name)' and '\(name)' of the panel are the same model",
                    hint: "write repeat: 2 to ask each judge twice")
            }
            seats.append(Judge(interview: interview, model: model, label: label))
        }
        var findings: [Finding] = []
        // A judge's own repeats ask the same, and are numbered in the order in which they are asked; judges differ in
        // their model, so that they don't touch each other's numbers.
        for turn in 1...max(1, panel.repetition) {
            let round = await withTaskGroup(of: (Int, Result<Finding, EvaluationError>).self) { group in
                for (index, var seat) in seats.enumerated() {
                    seat.turn = turn
                    group.addTask { [seat] in
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

    /// Whether two models would get requests that can't be told apart, and neither their recordings.
    private func asksTheSame(_ left: ModelSpecification, _ right: ModelSpecification) -> Bool {
        left.identity == right.identity && left.parameters == right.parameters
    }
}
