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

    /// Looks for the recording of each request of a plan; nothing is sent.
    ///
    /// Throws what is wrong with a dataset.
    ///
    /// - Parameter mode: Where the answers of the run would come from.
    init(
        _ plan: Plan, mode: RecordingMode, store: FixtureStore, redactor: Redactor, prices: PriceTable
    ) throws(DiagnosticError) {
        forecast = Forecast(prices: prices)
        var stream = plan.stream()
        while let planned = try stream.next() {
            guard planned.skip == nil, planned.response == nil else { continue }
            for trial in planned.trials where trial.model.provider != ModelSpecification.echo.provider {
                for sample in planned.samples(of: trial) {
                    do throws(EvaluationError) {
                        var request = try trial.request.get()
                        request.sample = sample
                        var numbering = Redactor.Numbering()
                        let clean = try redactor.redact(request, numbering: &numbering)
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
    var offer: RecordOffer? {
        let rows = forecast.rows.filter { $0.calls > 0 }
        guard !rows.isEmpty else { return nil }
        var cost: Money? = .zero
        for row in rows {
            if let sum = cost, let expected = row.expectedCost { cost = sum + expected } else { cost = nil }
        }
        return RecordOffer(answers: rows.reduce(0) { $0 + $1.calls }, cost: cost)
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
