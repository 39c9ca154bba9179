import Diagnostics
import Evals
import JSON
import Models
import Suites

/// Looks for what keeps the judges of a plan from being asked, before any money is spent.
struct JudgeCheck {
    /// The project.
    let workspace: Workspace
    /// What is planned.
    let plan: Plan
    /// What the judges need.
    let desk: JudgeDesk

    /// The form that most verdicts have.
    private static let verdict: JSONValue = [
        "type": "object",
        "properties": ["reason": ["type": "string"], "pass": ["type": "boolean"]],
        "required": ["reason", "pass"], "additionalProperties": false,
    ]

    /// What providers demand or would reject in the requests to judges, each once: a warning, or an error where the
    /// request can't succeed and `sends` says that it is about to be made.
    func requestMistakes(sends: Bool) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for asked in plan.judging.asked where asked.roles.contains(.judge) {
            var told: Set<String> = []
            for prompt in desk.prompts.values.sorted(by: { $0.name < $1.name }) {
                for diagnostic in mistakes(asked.model, prompt, sends: sends)
                where told.insert("\(diagnostic.id) \(diagnostic.hint ?? "")").inserted {
                    found.append(diagnostic)
                }
            }
        }
        return found
    }

    private func mistakes(_ model: ModelSpecification, _ prompt: JudgePrompt, sends: Bool) -> [Diagnostic] {
        let parameters = model.parameters.merging(prompt.parameters)
        let mark = workspace.project.judge.mark ?? SourceMark(file: "evalrun.yaml")
        var found: [Diagnostic] = []
        if var missing = ProviderDemand.missing(
            prompt: prompt.name, model: model.name,
            kind: workspace.project.kind(ofProvider: model.provider), parameters: parameters, at: mark)
        {
            missing.hint = "add `parameters: {max_tokens: …}` to the judge's model"
            found.append(missing)
        }
        let request = ModelRequest(
            model: model, parameters: parameters, messages: [Message(role: .user, text: prompt.name)],
            outputSchema: Self.verdict,
            site: CallSite(suite: "", caseID: "", prompt: prompt.name, model: model.name),
            promptParameters: prompt.parameters)
        found += RequestCheck(workspace: workspace, plan: plan).complaints(about: request).map { complaint in
            Diagnostic(
                complaint.id, "the judge '\(model.name)': \(complaint.message)", at: mark,
                hint: complaint.hint, severity: complaint.isError && sends ? .error : .warning)
        }
        return found
    }

    /// What the budget would rest on without knowing it.
    func priceMistakes(isCapped: Bool) -> [Diagnostic] {
        PriceCheck.diagnostics(
            models: plan.judgeModels.map { PlannedModel(suite: "", prompt: "", model: $0) }, gates: [],
            prices: desk.prices, isCapped: isCapped)
    }
}
