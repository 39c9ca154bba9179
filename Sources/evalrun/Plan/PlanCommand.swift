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

        /// Whether a request that has a fresh recording is sent all the same.
        var repeatsRecorded: Bool { self == .refresh || self == .live }
    }

    /// Runs the command.
    func run() throws {
        let root = try project.root()
        let (workspace, plan, redactor) = try project.plan(
            root, suites: selection.suites, selection.planOptions)
        let profile = selection.profile.flatMap { workspace.project.profiles[$0] }
        let mode = mode ?? profile?.mode.flatMap(Mode.init(rawValue:)) ?? .record
        let prices = workspace.project.pricing
        let store = FixtureStore(tree: WorkingTree(root))
        var forecast = Forecast(prices: prices)
        var unmade: (count: Int, first: String)?
        try project.orExit(root) { () throws(DiagnosticError) in
            var stream = plan.stream()
            while let planned = try stream.next() {
                guard planned.skip == nil, planned.response == nil else { continue }
                for trial in planned.trials where trial.model.provider != ModelSpecification.echo.provider {
                    for sample in 1...planned.repetition.samples {
                        do throws(EvaluationError) {
                            var request = try trial.request.get()
                            request.sample = sample
                            var numbering = Redactor.Numbering()
                            let clean = try redactor.redact(request, numbering: &numbering)
                            let finding = store.find(clean, key: RequestKey.sha256(of: clean))
                            forecast.add(
                                request,
                                isCalled: mode != .replay && (mode.repeatsRecorded || !finding.isFresh),
                                recorded: finding.reply)
                        } catch {
                            unmade = ((unmade?.count ?? 0) + 1, unmade?.first ?? error.message)
                        }
                    }
                }
            }
        }
        let report = PlanReport(
            forecast: forecast, mode: mode.rawValue, prices: prices,
            limits: PlanLimits(project: workspace.project, jobs: profile?.jobs ?? 64))
        Console.print(json ? JSONWriter.pretty.text(of: report.json) + "\n" : report.text)
        if let unmade {
            Console.note(
                "\(unmade.count) more can't be made: \(TerminalText.excerpt(redactor.masking(unmade.first), limit: 300))\n"
            )
        }
    }
}

extension FixtureStore.Finding {
    /// Whether the answer can be replayed.
    fileprivate var isFresh: Bool {
        switch self {
        case .found, .moved: true
        case .stale, .missing, .unreadable: false
        }
    }

    /// The recorded answer, be it fresh or stale.
    fileprivate var reply: Reply? {
        switch self {
        case .found(let exchange), .moved(let exchange, _, _), .stale(let exchange, _): exchange.response
        case .missing, .unreadable: nil
        }
    }
}
