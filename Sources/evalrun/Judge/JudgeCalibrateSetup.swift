import ArgumentParser
import Assertions
import Diagnostics
import Evals
import Files
import JSON
import Judges
import Programs
import Recordings
import Statistics
import Suites

/// Everything that a calibration needs before the first judge is asked, read and checked.
struct JudgeCalibrateSetup {
    /// The project.
    let root: ProjectRoot
    /// Labels and rubric.
    let reading: CalibrationSetup
    /// What is judged.
    let plan: Plan
    /// What the judges need.
    let desk: JudgeDesk
    /// What is measured.
    let instrument: InstrumentParts
    /// How the type of the assertion is written.
    let type: String
    /// Keeps secrets out of what is kept and shown.
    let redactor: Redactor
    /// Runs programs; nil: none may run.
    let programs: ProgramHost?

    /// Reads and checks; ends with exit code 2, all mistakes told.
    init(_ command: JudgeCalibrateCommand) throws {
        let options = command.project
        let root = try options.root()
        self.root = root
        programs = command.allowExec ? ProgramHost(folder: root.path, environment: Console.environment) : nil
        reading = try Self.reading(command, root, programs)
        let workspace = reading.workspace
        let (plan, diagnostics) = workspace.plan(PlanOptions())
        options.show(diagnostics, root: root)
        guard let plan else { throw ExitCode(ExitStatus.invalid.rawValue) }
        self.plan = plan
        redactor = try options.orExit(root) { () throws(DiagnosticError) in
            try Redactor(of: workspace.project)
        }
        var desk = try options.orExit(root) { () throws(DiagnosticError) in
            try JudgeDesk(of: workspace, plan, allowsUncalibrated: true)
        }
        // What is being measured can't have been measured before.
        desk.settings.requiredAgreement = nil
        desk.settings.batchesRubrics = false
        desk.calibrations = [:]
        self.desk = desk
        (instrument, type) = try options.orExit(root) { () throws(DiagnosticError) in
            try Self.instrument(plan, desk)
        }
        try options.orExit(root) { () throws(DiagnosticError) in try refuseForeign() }
    }

    private static func reading(
        _ command: JudgeCalibrateCommand, _ root: ProjectRoot, _ programs: ProgramHost?
    ) throws -> CalibrationSetup {
        let options = command.project
        let access = programs.map { ProgramAccess.granted($0) } ?? .checkedOnly
        var bag = DiagnosticBag()
        var trust: TrustReading?
        if let reference = options.trustBase {
            trust = TrustReading(reference, root: root, targets: [], programs: access, bag: &bag)
            // Without the commit that was asked for, nothing may be asked.
            if trust == nil {
                options.show(bag.sorted, root: root)
                throw ExitCode(ExitStatus.invalid.rawValue)
            }
        }
        let wish = CalibrationSetup.Wish(
            labels: try path(command.labels, options, root), rubric: try path(command.rubric, options, root),
            guide: try command.guide.map { try path($0, options, root) }, metric: command.metric,
            name: command.name, judge: command.judge)
        let programs = ProgramAssertions(
            access: .checkedOnly, root: root, searchPath: Console.environment("PATH"))
        let (setup, diagnostics) = CalibrationSetup.load(
            wish, root: root, catalog: .complete(programs), today: SystemClock.today(), trusting: trust?.base)
        bag.add(contentsOf: diagnostics)
        if let setup, let trust { bag.add(contentsOf: trust.mistakes(in: setup.workspace.project)) }
        if let report = setup?.workspace.trust { Console.note(Redactor.standard.masking(report.text)) }
        options.show(bag.sorted, root: root)
        guard let setup, !bag.hasErrors else { throw ExitCode(ExitStatus.invalid.rawValue) }
        return setup
    }

    /// The path in the project that an argument names.
    private static func path(
        _ argument: String, _ options: ProjectOptions, _ root: ProjectRoot
    ) throws -> ProjectPath {
        if let path = (try? root.projectPath(ofArgument: argument)) ?? nil { return path }
        options.show(
            [
                Diagnostic(
                    "path-outside-project", "'\(argument)' is outside the project \(root.path)",
                    hint: "copy it into the project, so that the calibration can be made again")
            ], root: root)
        throw ExitCode(ExitStatus.invalid.rawValue)
    }

    /// What is measured: the assertion of all cases; a mistake where it is not the same instrument in all of them.
    private static func instrument(
        _ plan: Plan, _ desk: JudgeDesk
    ) throws(DiagnosticError) -> (InstrumentParts, String) {
        var stream = plan.stream()
        var problem: EvaluationError?
        var found: (instrument: InstrumentParts, type: String, label: String)?
        while let planned = try stream.next() {
            for trial in planned.trials {
                let part: (instrument: InstrumentParts, type: String, mark: SourceMark)?
                do throws(EvaluationError) {
                    part = try Self.part(trial, desk)
                } catch {
                    problem = problem ?? error
                    continue
                }
                guard let part else { continue }
                let first = found ?? (part.instrument, part.type, planned.id)
                found = first
                guard first.instrument.sha256 == part.instrument.sha256 else {
                    throw DiagnosticError(varying(part.type, part.mark, first.label, planned.id))
                }
            }
        }
        if let found { return (found.instrument, found.type) }
        throw DiagnosticError(
            Diagnostic(
                "not-calibrated", problem?.message ?? "there is nothing to judge", hint: problem?.hint))
    }

    /// The instrument of the first assertion of a trial; nil when it has none.
    private static func part(
        _ trial: PlannedCase.Trial, _ desk: JudgeDesk
    ) throws(EvaluationError) -> (instrument: InstrumentParts, type: String, mark: SourceMark)? {
        guard let assertion = try trial.assertions.get().first else { return nil }
        let type = assertion.specification.writtenType
        guard !assertion.compares, let use = assertion.instruments.first else { throw comparison(type) }
        return (try use.instrument(desk), type, use.mark)
    }

    private static func varying(
        _ type: String, _ mark: SourceMark, _ first: String, _ second: String
    ) -> Diagnostic {
        Diagnostic(
            "varying-instrument",
            "'\(type)' depends on variables of the labels: '\(first)' and '\(second)' are judged by different words, "
                + "which are different instruments",
            at: mark,
            hint: "take the variables out of it, or measure labels with the same vars; question, context and "
                + "reference may differ")
    }

    /// Refuses to replace the calibration of something else, which shares nothing but the name of the file.
    private func refuseForeign() throws(DiagnosticError) {
        guard let earlier = reading.earlier?.calibration else { return }
        let type = earlier.parts["type"]
        guard earlier.name != reading.name || type != instrument.parts["type"] else { return }
        throw DiagnosticError(
            Diagnostic(
                "other-calibration",
                "the file holds the calibration '\(TerminalText.excerpt(earlier.name, limit: 60))' of "
                    + "'\(TerminalText.excerpt(type?.string ?? "?", limit: 60))', which this one of "
                    + "'\(TerminalText.excerpt(self.type, limit: 60))' would replace",
                at: SourceMark(file: earlier.file), hint: "give this one another name by --name"))
    }

    /// What the file that was written held before, where that was the calibration of another instrument.
    var replacement: String? {
        guard let earlier = reading.earlier, earlier.calibration.instrument != instrument.sha256 else {
            return nil
        }
        let changes = instrument.changes(since: earlier.calibration).joined(separator: ", ")
        return TerminalText.visible(
            "it replaces the calibration of \(earlier.date) by \(earlier.models.joined(separator: ", ")), which was of "
                + "another instrument: \(changes) changed")
    }

    private static func comparison(_ type: String) -> EvaluationError {
        EvaluationError(
            .judge, "'\(type)' compares answers, which labels of single answers can't measure")
    }

    /// The calibration as it is kept.
    func record(_ agreement: VerdictAgreement, withoutVerdict: Int, date: String) -> CalibrationRecord {
        CalibrationRecord(
            JudgeCalibration(
                file: CalibrationRecord.path(named: reading.name)?.text ?? "", name: reading.name,
                instrument: instrument.sha256, parts: instrument.parts, truePasses: agreement.truePasses,
                falsePasses: agreement.falsePasses, trueFails: agreement.trueFails,
                falseFails: agreement.falseFails),
            date: date, models: instrument.models, prompts: instrument.prompts, labels: reading.labels,
            guide: reading.guide, withoutVerdict: withoutVerdict)
    }

    /// What a person should know of the measurement.
    func warnings(about outcome: CalibrationOutcome) -> [Diagnostic] {
        let mark = SourceMark(file: reading.labels.file)
        func warning(_ id: String, _ message: String, _ hint: String?) -> Diagnostic {
            Diagnostic(id, message, at: mark, hint: hint, severity: .warning)
        }
        var found: [Diagnostic] = []
        if let agreement = outcome.agreement {
            found += CalibrationWarning.all(about: agreement).map { warning($0.id, $0.message, $0.hint) }
        }
        let ties = reading.sheet.ties
        if !ties.isEmpty {
            let shown = ties.prefix(5).joined(separator: ", ") + (ties.count > 5 ? ", …" : "")
            found.append(
                warning(
                    "tied-labels", "as many people pass as fail \(ties.count) of the answers: \(shown)",
                    "they are left out; let one more person label them"))
        }
        if reading.guide == nil {
            found.append(
                warning(
                    "no-guide", "no labelling guide is named",
                    "write down what passes and what fails, and name it by --guide: labels by another rule are "
                        + "another measurement"))
        }
        return found
    }
}
