import ArgumentParser
import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Judges
import Models
import Programs
import Recordings
import Suites

/// Everything that a probe needs before the judge is asked, read and checked.
struct JudgeProbeSetup {
    /// The project.
    let root: ProjectRoot
    /// Its settings and prompts.
    let workspace: Workspace
    /// Keeps secrets out of what is kept and shown.
    let redactor: Redactor
    /// What the judges need.
    let desk: JudgeDesk
    /// The judges that are attacked.
    let judges: [ModelSpecification]
    /// What they are attacked with.
    let answers: [ProbeAnswer]
    /// The case of each answer.
    let cases: [PlannedCase]
    /// Where verdicts come from.
    let mode: RecordingMode
    /// What may be spent; nil: anything.
    let maximum: Money?
    /// Whether models without a known price are asked, uncounted, under it.
    let allowsUnpriced: Bool
    /// Runs programs; nil: none may run.
    let programs: ProgramHost?

    /// The suite and prompt that the recordings of a probe stand under.
    static let name = "judge-probe"

    /// Reads and checks; ends with exit code 2 when there is a mistake.
    init(_ command: JudgeProbeCommand, mode: RecordingMode) throws {
        let options = command.project
        let root = try options.root()
        self.root = root
        self.mode = mode
        maximum = command.spending.budget
        allowsUnpriced = command.spending.allowUnpriced
        programs = command.allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        let workspace = try Self.workspace(options, root)
        self.workspace = workspace
        redactor = try options.orExit(root) { () throws(DiagnosticError) in
            try Redactor(of: workspace.project)
        }
        let judges = try options.orExit(root) { () throws(DiagnosticError) in
            try workspace.judges(named: command.judge.map { [$0] })
        }
        self.judges = judges
        desk = try options.orExit(root) { () throws(DiagnosticError) in
            // What is measured here need not have been measured before.
            try JudgeDesk(
                of: workspace, models: judges, prompts: ["judge-rubric"], allowsUncalibrated: true)
        }
        let target = try Self.target(command, root)
        let answers = ProbeAnswer.all(on: target)
        self.answers = answers
        cases = try options.orExit(root) { () throws(DiagnosticError) in
            let assertion = try Self.assertion(target, judge: command.judge)
            return answers.map { Self.planned($0, target, assertion) }
        }
        try options.orExit(root) { [self] () throws(DiagnosticError) in try check() }
    }

    private static func workspace(_ options: ProjectOptions, _ root: ProjectRoot) throws -> Workspace {
        var bag = DiagnosticBag()
        var trust: TrustReading?
        if let reference = options.trustBase {
            trust = TrustReading(reference, root: root, targets: [], programs: .checkedOnly, bag: &bag)
            // Without the commit that was asked for, nothing may run.
            if trust == nil {
                options.show(bag.sorted, root: root)
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
        }
        let (workspace, diagnostics) = Workspace.withoutSuites(
            root: root, catalog: .known, trusting: trust?.base)
        bag.add(contentsOf: diagnostics)
        if let trust { bag.add(contentsOf: trust.mistakes(in: workspace.project)) }
        if let report = workspace.trust { Console.note(Redactor.standard.masking(report.text)) }
        options.show(bag.sorted, root: root)
        guard !bag.hasErrors else { throw ExitCode(ExitStatus.invalid.rawValue) }
        return workspace
    }

    private static func target(_ command: JudgeProbeCommand, _ root: ProjectRoot) throws -> ProbeTarget {
        guard let good = command.good, let bad = command.bad else { return .standard }
        var rubric = command.rubric ?? ""
        if let file = command.file {
            let path = try command.project.projectPath(file, root)
            do throws(FileError) {
                rubric = String(decoding: try WorkingTree(root).read(path), as: UTF8.self)
            } catch {
                command.project.show([error.diagnostic()], root: root)
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
        }
        return ProbeTarget(rubric: rubric, question: command.question, bad: bad, good: good)
    }

    /// The rubric as a suite would state it.
    private static func assertion(
        _ target: ProbeTarget, judge: String?
    ) throws(DiagnosticError) -> CompiledAssertion {
        var options: JSONObject = [:]
        if let judge { options["judge"] = .string(judge) }
        return try AssertionCatalog.known.compile(
            AssertionSpecification(
                type: "llm-rubric", value: .string(target.rubric), metric: "probe", options: options,
                mark: SourceMark(file: name)))
    }

    private static func planned(
        _ answer: ProbeAnswer, _ target: ProbeTarget, _ assertion: CompiledAssertion
    ) -> PlannedCase {
        var planned = PlannedCase(suite: name, id: answer.id, mark: SourceMark(file: name))
        planned.question = target.question
        let request = ModelRequest(
            model: .given, parameters: [:], messages: [],
            site: CallSite(
                suite: name, caseID: answer.id, prompt: name, model: ModelSpecification.given.name),
            given: Reply(content: answer.text, finishReason: "stop"))
        planned.trials = [
            PlannedCase.Trial(
                prompt: name, version: "1", model: .given, request: .success(request),
                assertions: .success([assertion]))
        ]
        return planned
    }

    /// What must be right before judges are asked live.
    private func check() throws(DiagnosticError) {
        guard mode.sends else { return }
        var bag = DiagnosticBag()
        for judge in judges
        where programs == nil && workspace.project.kind(ofProvider: judge.provider) == "exec" {
            bag.add(
                Diagnostic(
                    "exec-not-allowed", "the model '\(judge.name)' is a program, and programs may not run",
                    hint: "look at what its provider's command runs, then give --allow-exec"))
        }
        if !allowsUnpriced {
            bag.add(
                contentsOf: PriceCheck.diagnostics(
                    models: judges.map { PlannedModel(suite: Self.name, prompt: Self.name, model: $0) },
                    gates: [], prices: desk.prices, isCapped: maximum != nil))
        }
        guard !bag.hasErrors else { throw DiagnosticError(bag.sorted) }
    }
}
