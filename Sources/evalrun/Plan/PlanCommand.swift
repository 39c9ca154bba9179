import ArgumentParser
import Diagnostics
import Evals
import Files
import JSON
import Models
import Recordings
import Suites

/// `evalrun plan`: what a run with live models would call, how long that takes and what it costs.
struct PlanCommand: ParsableCommand {
    /// How the command appears in help.
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Says what recording or a live run would call and cost; calls nothing.",
        discussion: """
            Examples:
              evalrun plan                         what `run --mode record` would call: missing and stale recordings
              evalrun plan --mode live support     what a live run of one suite would call
              evalrun plan --json                  the same as data

            Costs are a range: from few input tokens and answers as long as the recorded ones, to the worst case \
            that --max-usd reserves.
            """)

    @OptionGroup var targets: SuiteArguments
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var project: ProjectOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The mode of the run: record (default), refresh, live or replay.", valueName: "mode"),
        completion: .list(Mode.allCases.map(\.rawValue)))
    var mode: Mode?

    @Flag(name: .long, help: "Print the plan as JSON.")
    var json = false

    /// Where the answers of a run come from.
    enum Mode: String, ExpressibleByArgument, CaseIterable {
        case replay, record, refresh, live
    }

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        let (workspace, plan, redactor) = try project.plan(
            root, suites: targets.suites, selection.planOptions)
        let profile = selection.profile.flatMap { workspace.project.profiles[$0] }
        let mode =
            (mode?.rawValue ?? profile?.mode).flatMap { RecordingMode(rawValue: $0) } ?? .record
        let prices = workspace.project.pricing
        let planned = try project.orExit(root) { () throws(DiagnosticError) in
            try PlanForecast(
                plan, mode: mode, store: FixtureStore(tree: WorkingTree(root)), redactor: redactor,
                prices: prices, judgePrompts: try JudgeDesk(of: workspace, plan).emptyPrompts)
        }
        let report = PlanReport(
            forecast: planned.forecast, judging: planned.judging, sends: mode.sends, mode: mode.rawValue,
            prices: prices,
            limits: PlanLimits(project: workspace.project, jobs: profile?.jobs ?? 64))
        Console.print(json ? JSONWriter.pretty.text(of: report.json) + "\n" : report.text)
        if let unmade = planned.unmade {
            Console.note(
                "\(unmade.count) more can't be made: \(TerminalText.excerpt(redactor.masking(unmade.first), limit: 300))\n"
            )
        }
    }
}
