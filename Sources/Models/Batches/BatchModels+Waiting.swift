import Evals
import JSON
import Synchronization

/// Waiting for batches.
extension BatchModels {
    /// Asks how far the batches are until all have ended, or the task is cancelled.
    ///
    /// It never gives up by itself: providers end a batch after a day. Trouble that may pass is waited out.
    public func wait() async {
        let clock = setting.world.clock
        var pause = setting.limits.firstPause
        var isFirst = true
        while !Task.isCancelled {
            for part in working() where !isFirst || state.withLock({ $0.statuses[part.number] == nil }) {
                await ask(part)
                if Task.isCancelled { return }
            }
            isFirst = false
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
                read: { JSONValue(batchBody: $0).flatMap { route.batches.status(from: $0) } })
            var own = status
            // Whatever it calls itself, it was asked for by this id.
            own.id = id
            note(own, of: part.number)
        } catch {
            if error.error.kind == .interrupted { return }
            if error.mayPass {
                setting.tell(BatchNews("batch \(id): \(error.error.message); asking again", isProgress: true))
                return
            }
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

    private func tellProgress(of number: Int) {
        guard let status = state.withLock({ $0.statuses[number] }) else { return }
        let total = status.total > 0 ? "\(status.total)" : "its requests"
        setting.tell(BatchNews("batch \(status.id): \(status.done) of \(total) done", isProgress: true))
    }
}
