import ArgumentParser
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Results
import Reviews
import Suites

/// Reads the results and the project that sheets are about.
struct ReviewProject {
    /// The project's root.
    let root: ProjectRoot
    /// What sheets are made of.
    let material: ReviewMaterial

    /// Reads both; ends with exit code 2 when there is a mistake.
    ///
    /// Suites that are gone are no mistake as long as the results have answers of them: those are shown as they are.
    init(_ options: ProjectOptions, results: String, suites: [String]) throws {
        let root = try options.root()
        self.root = root
        let stored = try options.orExit(root) { () throws(DiagnosticError) in
            let stream: ByteStream
            do throws(FileError) {
                stream = try ByteStream(openingAbsolute: results)
            } catch {
                throw DiagnosticError(error.diagnostic())
            }
            return try StoredAnswers(stream)
        }
        let targets = try options.targets(suites, root)
        let reading = ProjectReading(
            root, targets: targets, PlanOptions(), programs: .checkedOnly, trustBase: options.trustBase)
        options.announce(reading)
        let errors = reading.bag.diagnostics.filter { $0.severity == .error }
        let isGone = !errors.isEmpty && errors.allSatisfy { ["no-suites", "unknown-suite"].contains($0.id) }
        if isGone, stored.unused.contains(where: { suites.isEmpty || suites.contains($0.suite) }) {
            options.show(errors.map(\.asWarning), root: root)
        } else {
            options.show(reading.bag.sorted, root: root)
            guard reading.plan != nil, errors.isEmpty else { throw ExitCode(ExitStatus.invalid.rawValue) }
        }
        material = ReviewMaterial(
            plan: isGone ? nil : Self.plan(of: reading, covering: stored.unused), stored: stored,
            suites: Set(suites),
            redactor: reading.redactor)
    }

    /// A plan that has the models and samples of a run too that its command line named in place of the suites' own.
    ///
    /// A model that the project no longer knows leaves the plan as it is; its answers are shown without their cases.
    private static func plan(of reading: ProjectReading, covering stored: [ExecutionAddress]) -> Plan? {
        guard let plan = reading.plan else { return nil }
        let own = Set(plan.groups.map(\.model))
        // What the cases themselves answer is planned in any case, and no model that can be named.
        let models = Set(stored.map(\.model)).subtracting(own).subtracting(["given"])
        let most = stored.map(\.sample).max() ?? 1
        var options = PlanOptions()
        if most > 1 { options.repetition = most }
        if !models.isEmpty {
            options.models = own.union(models).subtracting(["given"]).sorted()
            if let wider = reading.workspace.plan(options).plan { return wider }
            options.models = nil
        }
        return most > 1 ? reading.workspace.plan(options).plan ?? plan : plan
    }
}
