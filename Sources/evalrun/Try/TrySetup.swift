import ArgumentParser
import Assertions
import Diagnostics
import Evals
import Files
import Programs
import Recordings
import Suites

/// Everything that a try needs before the first model is asked, read and checked; all mistakes are told at once.
struct TrySetup {
    /// The project.
    let root: ProjectRoot
    /// The prompt.
    let tried: TriedPrompt
    /// A project whose one suite is the try.
    let workspace: Workspace
    /// What is asked.
    let plan: Plan
    /// The case of that suite.
    let planned: PlannedCase
    /// Keeps secrets out of what is shown.
    let redactor: Redactor
    /// Runs programs; nil: none may run.
    let programs: ProgramHost?
    /// What may be spent; nil: anything.
    let maximum: Money?
    /// Whether models without a known price are asked, uncounted, under it.
    let allowsUnpriced: Bool
    /// The case that is kept when a model has answered.
    let addition: CaseAddition?

    /// Reads and checks; ends with exit code 2, or with 64 when a case would have nothing to expect.
    init(_ command: TryCommand) throws {
        let options = command.project
        root = try options.root()
        programs = command.allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        tried = try Self.tried(command, root, programs)
        if command.saveCase != nil, command.expect.isEmpty, tried.prompt.outputSchema == nil {
            throw ValidationError(
                """
                A case needs something to expect, and the prompt has no output_schema: give --expect TEXT, \
                a text that a right answer has.
                """)
        }
        let values = try TryQuestions(command, tried, root).values()
        (workspace, plan, planned) = try Self.plan(command, tried, values, root)
        maximum = command.spending.budget
        allowsUnpriced = command.spending.allowUnpriced
        let project = tried.project
        redactor = try options.orExit(root) { () throws(DiagnosticError) in try Redactor(of: project) }
        if !plan.askedModels.isEmpty {
            let check = LiveCheck(
                workspace: workspace, plan: plan, options: command.spending,
                finds: tried.sensitiveFinds(in: values, secrets: project.keyValues))
            let warnings = try options.orExit(root) { () throws(DiagnosticError) in
                try check.run(isCapped: command.spending.budget != nil).warnings
            }
            options.show(warnings, root: root)
        }
        addition = try Self.addition(command, tried, values, root)
    }

    /// The prompt and the settings around it.
    private static func tried(
        _ command: TryCommand, _ root: ProjectRoot, _ programs: ProgramHost?
    ) throws -> TriedPrompt {
        let options = command.project
        let access = programs.map { ProgramAccess.granted($0) } ?? .checkedOnly
        var bag = DiagnosticBag()
        var trust: TrustReading?
        if let reference = options.trustBase {
            trust = TrustReading(reference, root: root, targets: [], programs: access, bag: &bag)
            // Without the commit that was asked for, nothing may run.
            if trust == nil {
                options.show(bag.sorted, root: root)
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
        }
        let assertions = ProgramAssertions(
            access: .checkedOnly, root: root, searchPath: Console.environment("PATH"))
        let source = try source(command.prompt, options, root)
        let (tried, diagnostics) = TriedPrompt.load(
            source, root: root, catalog: .complete(assertions), trusting: trust?.base)
        bag.add(contentsOf: diagnostics)
        if let tried, let trust { bag.add(contentsOf: trust.mistakes(in: tried.project)) }
        if let report = tried?.trust { Console.note(Redactor.standard.masking(report.text)) }
        options.show(bag.sorted, root: root)
        guard let tried, !bag.hasErrors else { throw ExitCode(ExitStatus.invalid.rawValue) }
        return tried
    }

    /// What the user means: what ends in `.yaml` or has a slash before any `@` is a file.
    private static func source(
        _ text: String, _ options: ProjectOptions, _ root: ProjectRoot
    ) throws -> TriedPrompt.Source {
        let name = text.prefix { $0 != "@" }
        let isFile = [".yaml", ".yml"].contains { text.lowercased().hasSuffix($0) } || name.contains("/")
        guard isFile else { return .reference(text) }
        return .file(try options.projectPath(text, root))
    }

    private static func plan(
        _ command: TryCommand, _ tried: TriedPrompt, _ values: TryValues, _ root: ProjectRoot
    ) throws -> (workspace: Workspace, plan: Plan, planned: PlannedCase) {
        let options = command.project
        let (workspace, wishes) = try options.orExit(root) { () throws(DiagnosticError) in
            try tried.workspace(
                values, models: command.models, samples: command.repetition, expecting: command.expect)
        }
        let (plan, diagnostics) = workspace.plan(wishes)
        options.show(diagnostics, root: root)
        guard let plan else { throw ExitCode(ExitStatus.invalid.rawValue) }
        let planned = try options.orExit(root) { () throws(DiagnosticError) in
            var stream = plan.stream()
            guard let planned = try stream.next() else {
                throw DiagnosticError(Diagnostic("nothing-selected", "there is nothing to ask"))
            }
            for trial in planned.trials {
                guard case .failure(let error) = trial.request else { continue }
                throw DiagnosticError(Diagnostic("bad-values", error.message, hint: error.hint))
            }
            return planned
        }
        return (workspace, plan, planned)
    }

    private static func addition(
        _ command: TryCommand, _ tried: TriedPrompt, _ values: TryValues, _ root: ProjectRoot
    ) throws -> CaseAddition? {
        guard let id = command.saveCase else { return nil }
        let options = command.project
        let target = try options.targets(command.suite.map { [$0] } ?? [], root).first
        var models = command.models.isEmpty ? nil : command.models
        // In a suite the project's models win over the prompt's own, which was asked here.
        if models == nil, let own = tried.prompt.model, !tried.project.defaultModels.isEmpty {
            models = [own.name]
        }
        return try options.orExit(root) { () throws(DiagnosticError) in
            try CaseAddition(
                SavedCase(id: id, values: values, expected: command.expect), of: tried, to: target,
                models: models, today: SystemClock.today())
        }
    }
}

extension ProjectOptions {
    /// The file of the project that an argument names; ends with exit code 2 when it is outside.
    func projectPath(_ text: String, _ root: ProjectRoot) throws -> ProjectPath {
        do throws(FileError) {
            if let path = try root.projectPath(ofArgument: text) { return path }
        } catch {
            show([error.diagnostic()], root: root)
            throw ExitCode(ExitStatus.invalid.rawValue)
        }
        show(
            [
                Diagnostic(
                    "path-outside-project", "'\(text)' is outside the project \(root.path)",
                    hint: "change to its folder first")
            ], root: root)
        throw ExitCode(ExitStatus.invalid.rawValue)
    }
}
