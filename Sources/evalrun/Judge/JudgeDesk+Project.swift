import Diagnostics
import Evals
import Judges
import Suites

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
    }

    /// What some judges need that are asked with some prompts.
    init(
        of workspace: Workspace, models: [ModelSpecification], prompts: Set<String>,
        allowsUncalibrated: Bool = false
    ) throws(DiagnosticError) {
        self.init(
            settings: workspace.project.judge,
            models: Dictionary(models.map { ($0.name, $0) }) { first, _ in first },
            prompts: try workspace.judgePrompts(
                named: prompts.sorted(), shipped: ShippedJudgePrompts.file(named:)),
            uses: workspace.judgePromptUses, prices: workspace.project.pricing,
            allowsUncalibrated: allowsUncalibrated)
    }
}
