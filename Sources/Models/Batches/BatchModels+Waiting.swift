import Evals
import JSON
import Synchronization

/// Waiting for batches.
extension BatchModels {
    /// Asks how far the batches are until all have ended, or the task is cancelled.
    ///
    /// Trouble that may pass is waited out. A batch that does not end in time, or can't be asked for over a long time, is
    /// given up for this run, and stays in the ledger: see `BatchLimits`.
    public func wait() async {
        let clock = setting.world.clock
        let start = clock.now()
        var pause = setting.limits.firstPause
        var isFirst = true
        while !Task.isCancelled {
            for part in working() where !isFirst || state.withLock({ $0.statuses[part.number] == nil }) {
                await ask(part)
                if Task.isCancelled { return }
            }
            isFirst = false
            giveUpLate(waited: clock.now() - start)
            let left = working()
            guard !left.isEmpty else { return }
            for part in left { tellProgress(of: part.number) }
            do {
                try await clock.sleep(until: clock.now() + pause)
            } catch {
                return
            }
            pause = min(setting.limits.longestPause, pause * 1.5)
        }
    }

    /// The parts that are at work.
    private func working() -> [BatchLedger.Part] {
        state.withLock { state in
            state.ledger.parts.filter { part in
                guard !part.isCollected, part.batchID != nil, !state.done.contains(part.number) else {
                    return false
                }
                guard let status = state.statuses[part.number] else { return true }
                return status.phase == .working
            }
        }
    }

    private func ask(_ part: BatchLedger.Part) async {
        guard let id = part.batchID else { return }
        do throws(BatchClient.Trouble) {
            let route = try routeOrTrouble(of: part)
            let status = try await client().send(
                route.batches.status(of: id), over: route,
                read: { $0.json.flatMap { route.batches.status(from: $0) } })
            var own = status
            // Whatever it calls itself, it was asked for by this id.
            own.id = id
            note(own, of: part.number)
            state.withLock { _ = $0.troubledSince.removeValue(forKey: part.number) }
        } catch {
            if error.error.kind == .interrupted { return }
            if error.mayPass { return waitOut(error.error, of: part, id) }
            fail(
                part.customIDs,
                EvaluationError(
                    error.error.kind, "the batch \(id) can't be asked for: \(error.error.message)",
                    hint: error.error.hint), isUnpaid: false)
            state.withLock { state in
                state.done.insert(part.number)
                // What is gone for good need not be waited for by the next process either.
                if error.isGone { state.final.insert(part.number) }
            }
        }
    }

    /// Goes on after a question that failed, unless all have for too long; tells the first of them to everyone.
    private func waitOut(_ error: EvaluationError, of part: BatchLedger.Part, _ id: String) {
        let now = setting.world.clock.now()
        let since = state.withLock { $0.troubledSince[part.number] }
        let limit = setting.limits.longestTrouble
        guard now - (since ?? now) < limit else {
            return giveUp(
                part,
                EvaluationError(
                    error.kind,
                    "the batch \(id) could not be asked for in \(Self.span(limit)): \(error.message)",
                    hint: Self.wayOn))
        }
        state.withLock { $0.troubledSince[part.number] = since ?? now }
        setting.tell(BatchNews("batch \(id): \(error.message); asking again", isProgress: since != nil))
    }

    /// Gives up the parts that were submitted too long ago.
    ///
    /// - Parameter waited: Seconds of this wait, for a calendar that is wrong.
    private func giveUpLate(waited: Double) {
        let limit = setting.limits.longestWait
        let now = setting.world.clock.wallTime()
        for part in working() where max(waited, now - Double(part.submittedAt)) >= limit {
            let route = state.withLock { $0.routes[part.model] }
            let who = route.map { "\($0.settings.name) (\($0.model.model))" } ?? part.model
            giveUp(
                part,
                EvaluationError(
                    .provider,
                    "\(who) has not ended the batch \(part.batchID ?? "") within \(Self.span(limit))",
                    hint: Self.wayOn))
        }
    }

    /// Waits no longer for a part, which stays for the next process.
    private func giveUp(_ part: BatchLedger.Part, _ error: EvaluationError) {
        fail(part.customIDs, error, isUnpaid: false)
        state.withLock { _ = $0.done.insert(part.number) }
        setting.tell(BatchNews("\(error.message); \(Self.wayOn)"))
    }

    private static let wayOn = "the batch is kept: `--resume last` asks for it again"

    /// Seconds in words.
    private static func span(_ seconds: Double) -> String {
        seconds >= 7200 ? "\(Int(seconds / 3600)) hours" : "\(Int(seconds / 60)) minutes"
    }

    private func tellProgress(of number: Int) {
        guard let status = state.withLock({ $0.statuses[number] }) else { return }
        let total = status.total > 0 ? "\(status.total)" : "its requests"
        setting.tell(BatchNews("batch \(status.id): \(status.done) of \(total) done", isProgress: true))
    }
}
