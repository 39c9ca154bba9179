import ArgumentParser
import Diagnostics
import Evals
import Files
import Recordings
import Suites

/// A project with all that is planned in it: what recordings are compared with.
struct FixtureProject {
    /// The project's root.
    let root: ProjectRoot
    /// The recordings.
    let store: FixtureStore
    /// What is kept out of recordings.
    let redactor: Redactor
    /// The whole plan.
    let plan: Plan
    /// Where what judges said about captured answers is recorded.
    private let captured: Set<String>
    /// The plans of profiles that bring other models or more samples along.
    private let profilePlans: [Plan]

    /// Reads the whole project; ends with exit code 2 when there is a mistake.
    init(_ options: ProjectOptions) throws {
        root = try options.root()
        let workspace: Workspace
        (workspace, plan, redactor) = try options.plan(root, suites: [], PlanOptions())
        store = FixtureStore(tree: WorkingTree(root))
        captured = Set(
            workspace.capturedPlaces.map { suite, prompt in
                RecordingPlace(
                    of: CallSite(
                        suite: suite, caseID: "", prompt: prompt, model: ModelSpecification.given.name,
                        isDatasetRow: true)
                ).path
            })
        var plans: [Plan] = []
        for (name, profile) in workspace.project.profiles.sorted(by: { $0.key < $1.key })
        where profile.models != nil || profile.repetition != nil {
            var wishes = PlanOptions()
            wishes.profile = name
            let (plan, diagnostics) = workspace.plan(wishes)
            guard let plan else {
                options.show(diagnostics, root: root)
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
            plans.append(plan)
        }
        profilePlans = plans
    }

    /// Compares recordings with the plan; what was asked about rows of traces is kept, since no plan has these.
    var audit: FixtureAudit { FixtureAudit(store: store, redactor: redactor, kept: captured) }

    /// The cases that the author skips: their recordings are kept, and none is missed.
    func skippedCases() throws(DiagnosticError) -> Set<[String]> {
        var skipped: Set<[String]> = []
        var stream = plan.stream()
        while let planned = try stream.next() {
            if planned.skip != nil { skipped.insert([planned.suite, planned.id]) }
        }
        return skipped
    }

    /// Calls the body with each request of the plan and of all profiles, each once, those that built-in models answer
    /// among them: what judges said about their answers is recorded.
    ///
    /// Throws when a request can't be rendered, since what nothing asks for can't be told then.
    func forEachUse(_ body: (ModelRequest) throws(DiagnosticError) -> Void) throws(DiagnosticError) {
        var seen: Set<Int> = []
        for plan in [plan] + profilePlans {
            var stream = plan.stream()
            while let planned = try stream.next() {
                for trial in planned.trials {
                    guard case .failure(let error) = trial.request else { continue }
                    throw DiagnosticError(
                        Diagnostic(
                            "unknown-use", "the request of '\(planned.id)' can't be made: \(error.message)",
                            at: planned.mark,
                            hint: "mend the case first; else its recordings would seem unused"))
                }
            }
            try forEachRequest(of: plan, builtIn: true) { (request) throws(DiagnosticError) in
                var hasher = Hasher()
                hasher.combine(request.site)
                hasher.combine(request.sample)
                if seen.insert(hasher.finalize()).inserted { try body(request) }
            }
        }
    }

    /// Calls the body with each request that is answered from a recording, all samples.
    func forEachRequest(_ body: (ModelRequest) throws(DiagnosticError) -> Void) throws(DiagnosticError) {
        try forEachRequest(of: plan, builtIn: false, body)
    }

    private func forEachRequest(
        of plan: Plan, builtIn: Bool, _ body: (ModelRequest) throws(DiagnosticError) -> Void
    ) throws(DiagnosticError) {
        let echo = ModelSpecification.echo.provider
        var stream = plan.stream()
        while let planned = try stream.next() {
            for trial in planned.trials
            where builtIn || planned.response == nil && trial.model.provider != echo {
                guard case .success(var request) = trial.request else { continue }
                for sample in planned.samples(of: trial) {
                    request.sample = sample
                    try body(request)
                }
            }
        }
    }
}

extension ProjectOptions {
    /// Runs a part of a command and ends with exit code 2 when it throws diagnostics.
    func orExit<Value>(_ root: ProjectRoot?, _ body: () throws(DiagnosticError) -> Value) throws -> Value {
        do throws(DiagnosticError) {
            return try body()
        } catch {
            show(error.diagnostics, root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
    }
}
