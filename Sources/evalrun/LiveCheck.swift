import Diagnostics
import Evals
import JSON
import Models
import Suites

/// What must be right before a run asks live models: requests that can be answered, prices under a budget, nothing
/// sensitive sent, names of faults.
struct LiveCheck {
    /// The project.
    let workspace: Workspace
    /// What is planned.
    let plan: Plan
    /// What its judges need.
    var desk = JudgeDesk()
    /// What may be spent and sent.
    let options: SpendingOptions
    /// Failures on purpose, as they were written.
    var faults: [String] = []
    /// What was found beside the files that are read again here.
    var finds = SensitiveFinds()
    /// Whether batches are asked for.
    var usesBatches = false

    /// Whether programs may run.
    var allowsPrograms = true
    /// Whether the answers are there already, so that only judges are asked.
    var answersAreStored = false

    /// Checks all of it; gives the failures that are made on purpose, and warnings.
    ///
    /// - Parameter isCapped: Whether the run may spend only so much.
    func run(isCapped: Bool) throws(DiagnosticError) -> (faults: FaultInjection, warnings: [Diagnostic]) {
        let project = workspace.project
        var bag = DiagnosticBag()
        let asked = answersAreStored ? [] : plan.askedModels
        var faults = FaultInjection()
        do throws(DiagnosticError) {
            let names =
                asked.map(\.model.name) + plan.judgeModels.map(\.name)
                + project.models.map(\.name) + project.providers.keys
            faults = try FaultInjection.parse(self.faults, names: Set(names).sorted())
        } catch {
            bag.add(contentsOf: error.diagnostics)
        }
        if !answersAreStored {
            bag.add(contentsOf: RequestCheck(workspace: workspace, plan: plan).diagnostics(sends: true))
        }
        let judges = JudgeCheck(workspace: workspace, plan: plan, desk: desk)
        bag.add(contentsOf: judges.requestMistakes(sends: true))
        if !allowsPrograms {
            for model in Set(asked.map(\.model) + plan.judgeModels).sorted(by: {
                $0.name < $1.name
            })
            where project.kind(ofProvider: model.provider) == "exec" {
                bag.add(
                    Diagnostic(
                        "exec-not-allowed",
                        "the model '\(model.name)' is a program, and programs may not run",
                        hint: "look at what its provider's command runs, then give --allow-exec"))
            }
        }
        if !options.allowUnpriced {
            bag.add(
                contentsOf: PriceCheck.diagnostics(
                    models: asked, gates: plan.gates, prices: project.pricing, isCapped: isCapped,
                    isBatch: usesBatches))
        }
        if !options.allowUnpriced { bag.add(contentsOf: judges.priceMistakes(isCapped: isCapped)) }
        if usesBatches { bag.add(contentsOf: BatchCheck.diagnostics(plan.askedModels, project)) }
        if !options.allowSensitive {
            var found = workspace.sensitiveFinds(secrets: project.keyValues, onlySent: true)
            found.add(finds)
            bag.add(contentsOf: found.refusal)
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.sorted) }
        return (faults, bag.sorted)
    }
}
