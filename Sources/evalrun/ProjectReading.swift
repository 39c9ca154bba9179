import Assertions
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Suites

/// A project that was read and planned, with all mistakes of all stages.
struct ProjectReading {
    /// What was read.
    let workspace: Workspace
    /// The plan; nil when there is a mistake or no suite.
    let plan: Plan?
    /// What is kept out of recordings and reports; the standard one when a pattern of `redact:` is wrong.
    let redactor: Redactor
    /// All mistakes and warnings.
    let bag: DiagnosticBag

    /// Reads the settings, all prompts and the suites named, and plans them.
    ///
    /// - Parameters:
    ///   - programs: Whether assertions may run programs.
    ///   - traces: Captured answers that take the place of the suites' cases; nil: the cases count.
    ///   - trustBase: The commit that is trusted in place of the files; nil: the files are.
    init(
        _ root: ProjectRoot, targets: [Workspace.Target], _ options: PlanOptions,
        programs access: ProgramAccess, traces: Traces? = nil, trustBase: String? = nil
    ) {
        var bag = DiagnosticBag()
        var trust: TrustReading?
        if let trustBase {
            trust = TrustReading(trustBase, root: root, targets: targets, programs: access, bag: &bag)
        }
        let programs = ProgramAssertions(
            access: access, root: root, searchPath: Console.environment("PATH"), trust: trust?.programs)
        let (workspace, diagnostics) = Workspace.load(
            root: root, catalog: .complete(programs), targets: targets,
            today: SystemClock.today(), traces: traces, trusting: trust?.base)
        bag.add(contentsOf: diagnostics)
        bag.add(contentsOf: programs.mistakes(keyVariables: workspace.project.keyVariables))
        if let trust { bag.add(contentsOf: trust.mistakes(in: workspace.project)) }
        var plan: Plan?
        // Without the commit that was asked for, nothing may run.
        if workspace.suiteCount > 0, !workspace.hasTracesAlone, trustBase == nil || trust != nil {
            let planned = workspace.plan(options)
            bag.add(contentsOf: planned.diagnostics)
            plan = planned.plan
        }
        bag.add(contentsOf: workspace.traceMistakes)
        if let plan { bag.add(contentsOf: plan.sharedRecordings) }
        var redactor = Redactor.standard
        do throws(DiagnosticError) {
            redactor = try Redactor(of: workspace.project)
        } catch {
            bag.add(contentsOf: error.diagnostics)
        }
        self.workspace = workspace
        self.plan = plan
        self.redactor = redactor
        self.bag = bag
    }
}
