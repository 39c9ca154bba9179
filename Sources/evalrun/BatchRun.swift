import Diagnostics
import Evals
import Models
import Suites
import Synchronization

/// The batches of a run: makes them before the run, so that it finds all answers there.
struct BatchRun: Sendable {
    /// Makes batches and answers from them.
    let models: BatchModels
    /// Everything that answers in this run, the models last; a recorder of its own, which never writes.
    let chain: any Answering

    /// Goes over the plan, submits what nothing before the models answers, waits, and reads the results.
    ///
    /// Ends early when the run is interrupted; the batches go on at the provider then.
    func prepare(_ plan: Plan) async {
        let making = Task { await work(plan) }
        let watch = Task {
            try await Interruption.requested()
            making.cancel()
        }
        await making.value
        watch.cancel()
        BatchProgress.clear()
    }

    /// What is at work at the provider when the run has ended; nil when nothing is.
    var leftBehind: String? {
        let batches = models.underWay
        guard !batches.isEmpty else { return nil }
        let shown = batches.prefix(5).joined(separator: ", ")
        let rest = batches.count > 5 ? " and \(batches.count - 5) more" : ""
        return batches.count == 1
            ? "the batch goes on at the provider: \(shown)"
            : "the batches go on at the provider: \(shown)\(rest)"
    }

    private func work(_ plan: Plan) async {
        await models.recover()
        guard await goOver(plan), !Task.isCancelled else { return }
        await models.submit()
        await models.wait()
        // The answers of the last batches stay in memory for the run itself.
        while await models.loadNext() { guard await goOver(plan) else { return } }
    }

    /// Asks for everything that the run will ask for; false when the plan can't be read to its end, which the run
    /// itself will tell.
    private func goOver(_ plan: Plan) async -> Bool {
        var stream = plan.stream()
        while !Task.isCancelled {
            let next: PlannedCase?
            do throws(DiagnosticError) {
                next = try stream.next()
            } catch {
                return false
            }
            guard let planned = next else { return true }
            guard planned.skip == nil, planned.response == nil else { continue }
            for trial in planned.trials where trial.model.provider != ModelSpecification.echo.provider {
                guard case .success(var request) = trial.request, case .success = trial.assertions else {
                    continue
                }
                for sample in planned.samples(of: trial) {
                    request.sample = sample
                    // Errors come again in the run, each in its execution.
                    _ = try? await chain.answer(request)
                }
            }
        }
        return false
    }
}

/// The lines about batches on standard error.
enum BatchProgress {
    private static let isDirty = Mutex(false)

    /// Writes news; how far a batch is only where `showsProgress`, in a line that the next one replaces.
    static func tell(_ news: BatchNews, showsProgress: Bool) {
        let text = TerminalText.excerpt(news.text, limit: 500)
        if news.isProgress {
            guard showsProgress else { return }
            isDirty.withLock { $0 = true }
            Console.note("\r\u{1b}[K" + text)
        } else {
            clear()
            Console.note(text + "\n")
        }
    }

    /// Removes the line that is to be replaced.
    static func clear() {
        let wasDirty = isDirty.withLock { isDirty in
            defer { isDirty = false }
            return isDirty
        }
        if wasDirty { Console.note("\r\u{1b}[K") }
    }
}
