import Evals

/// Fetching the files of results of a batch.
extension BatchModels {
    /// Fetches the results of a part; those that can't be read again, as often as the provider's retry policy says.
    ///
    /// Gives the reading with the most results, and what to tell of the missing ones when the provider may have them;
    /// another run's batch is not read twice. Errors: nothing at all could be fetched.
    func fetch(
        _ part: BatchLedger.Part, _ status: BatchStatus, _ route: BatchRoute
    ) async throws(BatchClient.Trouble) -> (reading: BatchReading, lack: EvaluationError?) {
        let client = try client()
        let own = Set(part.customIDs)
        var best: BatchReading?
        var attempt = 0
        while true {
            attempt += 1
            do throws(BatchClient.Trouble) {
                var files: [[UInt8]] = []
                for draft in route.batches.results(of: status) {
                    files.append(try await client.send(draft, over: route, read: { $0.bytes }))
                }
                let reading = BatchReading(files, own: own, by: route.batches)
                if isForeign(reading, route) || reading.isWhole(finished: status.done, requests: own.count) {
                    return (reading, nil)
                }
                if best.map({ $0.found.count < reading.found.count }) ?? true { best = reading }
                guard try await pause(after: attempt, route, client) else { break }
            } catch {
                guard let best else { throw error }
                return (best, unavailable(status, error))
            }
        }
        return (
            best ?? BatchReading([], own: own, by: route.batches),
            EvaluationError(
                .provider,
                "the results of the batch \(status.id) could not be read; they are kept at the provider",
                hint: "`--resume \(setting.run)` fetches them again")
        )
    }

    /// Why nothing could be fetched of the results.
    func unavailable(_ status: BatchStatus, _ trouble: BatchClient.Trouble) -> EvaluationError {
        EvaluationError(
            trouble.error.kind,
            "the results of the batch \(status.id) can't be had: \(trouble.error.message)",
            hint: trouble.error.hint)
    }

    /// True when the batch has but results of others, and may have been mistaken for the part.
    func isForeign(_ reading: BatchReading, _ route: BatchRoute) -> Bool {
        reading.found.isEmpty && reading.unknown > 0 && !route.batches.keepsLabels
    }

    /// Pauses before results that could not be read are fetched again; false when they won't be.
    private func pause(
        after attempt: Int, _ route: BatchRoute, _ client: BatchClient
    ) async throws(BatchClient.Trouble) -> Bool {
        let failure = CallFailure(.unreadable, "results that can't be read", status: 200)
        guard
            case .wait(let seconds) = route.settings.retry.decision(
                after: failure, attempt: attempt, random: client.random())
        else { return false }
        do {
            try await client.clock.sleep(until: client.clock.now() + seconds)
            return true
        } catch {
            throw BatchClient.interrupted(route)
        }
    }
}
