import Diagnostics
import Evals
import Models
import Recordings
import Suites

/// What a run of a plan would ask and cost, compared with the recordings that are there.
struct PlanForecast {
    /// The calls and their costs, by suite and model.
    private(set) var forecast: Forecast
    /// How many requests can't be made, and why the first of them can't; nil when all can.
    private(set) var unmade: (count: Int, first: String)?
    /// What assertions would ask about the answers.
    private(set) var judging: JudgeForecast

    /// Looks for the recording of each request of a plan; nothing is sent.
    ///
    /// Throws what is wrong with a dataset.
    ///
    /// - Parameters:
    ///   - mode: Where the answers of the run would come from.
    ///   - judgePrompts: The prompts of the plan's judges with nothing in their places.
    init(
        _ plan: Plan, mode: RecordingMode, store: FixtureStore, redactor: Redactor, prices: PriceTable,
        judgePrompts: [[Message]] = []
    ) throws(DiagnosticError) {
        forecast = Forecast(prices: prices)
        judging = JudgeForecast(plan.judging, prompts: judgePrompts, prices: prices, reads: mode.reads)
        let builtIn = [ModelSpecification.echo.provider, ModelSpecification.given.provider]
        var stream = plan.stream()
        while let planned = try stream.next() {
            guard planned.skip == nil else { continue }
            for trial in planned.trials {
                let isJudged = (try? trial.assertions.get())?.contains(where: \.asks) ?? false
                let isBuiltIn = planned.response != nil || builtIn.contains(trial.model.provider)
                guard isJudged || !isBuiltIn else { continue }
                for sample in planned.samples(of: trial) {
                    do throws(EvaluationError) {
                        var request = try trial.request.get()
                        request.sample = sample
                        var numbering = Redactor.Numbering()
                        let clean = try redactor.redact(request, numbering: &numbering)
                        if isJudged {
                            judging.add(request, isRecorded: store.hasQuestions(about: clean))
                        }
                        guard !isBuiltIn else { continue }
                        let finding = store.find(clean, key: RequestKey.sha256(of: clean))
                        let isReplayed = mode.reads && finding.isFresh
                        forecast.add(
                            request, isCalled: mode.sends && !isReplayed, recorded: finding.reply)
                    } catch {
                        unmade = ((unmade?.count ?? 0) + 1, unmade?.first ?? error.message)
                    }
                }
            }
        }
    }

    /// The offer to make the recordings that are not there; nil when there is nothing to ask for.
    ///
    /// - Parameter lacking: The executions of a replay that ended without some recording. Those whose answer is there
    ///   lack what judges say of it.
    func offer(lacking: Int) -> RecordOffer? {
        let rows = forecast.rows.filter { $0.calls > 0 }
        let answers = rows.reduce(0) { $0 + $1.calls }
        let verdicts = judging.executions > 0 ? max(0, lacking - answers) : 0
        guard answers + verdicts > 0 else { return nil }
        var costs = rows.map(\.expectedCost)
        let judged = judging.executions > 0 ? max(verdicts, judging.unrecorded) : 0
        if judged > 0 { costs += [Money?](repeating: judging.costOfExecution, count: judged) }
        var cost: Money? = .zero
        for part in costs {
            if let sum = cost, let part { cost = sum + part } else { cost = nil }
        }
        return RecordOffer(answers: answers, verdicts: verdicts, cost: cost)
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
