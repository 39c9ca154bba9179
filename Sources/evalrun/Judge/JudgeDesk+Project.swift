import Diagnostics
import Evals
import JSON
import Judges
import Models
import Suites

extension ModelSpecification {
    /// The model alone: a verdict by another one would be that of another instrument.
    fileprivate var withoutFallbacks: ModelSpecification {
        var copy = self
        copy.settings["fallback"] = nil
        return copy
    }
}

extension JudgeDesk {
    /// What the judges of a plan need; only the prompts that its assertions use are read.
    ///
    /// - Parameter allowsUncalibrated: Whether judges may decide without the calibration that the project requires.
    init(
        of workspace: Workspace, _ plan: Plan, allowsUncalibrated: Bool = false
    ) throws(DiagnosticError) {
        try self.init(
            of: workspace, models: plan.judgeModels, prompts: plan.judging.prompts,
            allowsUncalibrated: allowsUncalibrated)
        calibrations = plan.judging.calibrations
    }

    /// What some judges need that are asked with some prompts.
    init(
        of workspace: Workspace, models: [ModelSpecification], prompts: Set<String>,
        allowsUncalibrated: Bool = false
    ) throws(DiagnosticError) {
        self.init(
            settings: workspace.project.judge,
            models: Dictionary(models.map { ($0.name, $0.withoutFallbacks) }) { first, _ in first },
            prompts: try workspace.judgePrompts(
                named: prompts.sorted(), shipped: ShippedJudgePrompts.file(named:)),
            uses: workspace.judgePromptUses, prices: workspace.project.pricing,
            allowsUncalibrated: allowsUncalibrated,
            logprobModels: Set(
                models.filter { model in
                    LogprobSupport.isKnown(
                        of: model, kind: workspace.project.kind(ofProvider: model.provider))
                }.map(\.name)))
    }

    /// The prompts with nothing in their places, for estimates; those that can't be rendered so are left out.
    var emptyPrompts: [[Message]] {
        var variables = JSONObject()
        for use in JudgeCatalog.descriptors.flatMap(\.judgePrompts) {
            for name in use.variables { variables[name] = "" }
        }
        variables["tag"] = ""
        return prompts.values.sorted { $0.name < $1.name }.compactMap { try? $0.render(variables) }
    }
}
