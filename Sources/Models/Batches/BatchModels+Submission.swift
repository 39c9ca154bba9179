import Diagnostics
import Evals
import JSON
import Synchronization

/// Submitting batches, and finding those that an earlier process submitted.
extension BatchModels {
    /// Takes over the batches of the ledger: those at work are waited for, and one of which it is not known whether it
    /// was submitted is looked for at the provider.
    public func recover() async {
        let parts = state.withLock { $0.ledger.parts.filter { !$0.isCollected } }
        for part in parts {
            do throws(BatchClient.Trouble) {
                let route = try routeOrTrouble(of: part)
                if part.batchID == nil {
                    guard let status = try await findWhereListed(part, route) else {
                        // It never came into being: its requests go into a new one.
                        state.withLock { $0.ledger.parts.removeAll { $0.number == part.number } }
                        continue
                    }
                    note(status, of: part.number)
                    setting.tell(
                        BatchNews("batch \(status.id) was submitted before the interruption, and was found"))
                }
                state.withLock { $0.seen.formUnion(part.customIDs) }
            } catch {
                // Asking again could pay twice.
                fail(
                    part.customIDs,
                    EvaluationError(
                        error.error.kind,
                        "it is not known whether the batch was submitted: \(error.error.message)",
                        hint: error.error.hint), isUnpaid: false)
                state.withLock { _ = $0.done.insert(part.number) }
            }
        }
        if !parts.isEmpty { saveOrTell() }
    }

    /// Submits all that wait.
    public func submit() async {
        let waiting = state.withLock { state in
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }
        }
        for (model, part) in waiting { await submit(model, part) }
    }

    /// Submits one batch; when that fails, its requests get the error.
    func submit(_ model: String, _ open: OpenPart) async {
        guard let route = state.withLock({ $0.routes[model] }) else { return }
        let part = state.withLock { state in
            let part = BatchLedger.Part(
                number: state.ledger.nextNumber, model: model,
                submittedAt: Int(setting.world.clock.wallTime()), customIDs: open.customIDs)
            state.ledger.parts.append(part)
            return part
        }
        do throws(DiagnosticError) {
            try save()
        } catch {
            // Without it, a batch would be lost with the process.
            forget(part)
            let first = error.diagnostics.first
            return fail(
                open.customIDs,
                EvaluationError(
                    .provider,
                    "the batch was not submitted, since its state can't be written: \(first?.message ?? "")",
                    hint: first?.hint))
        }
        let label = BatchLabel(run: setting.run, part: part.number)
        var isCreating = false
        do throws(BatchClient.Trouble) {
            let client = try client()
            var file: String?
            if let upload = route.batches.upload(open.bytes, label) {
                file = try await client.send(
                    upload, over: route,
                    read: { $0.json.flatMap { route.batches.fileID(from: $0) } })
            }
            isCreating = true
            let status = try await client.send(
                route.batches.creation(open.bytes, file: file, label), over: route,
                found: { () throws(BatchClient.Trouble) in try await self.find(part, route) },
                read: { $0.json.flatMap { route.batches.status(from: $0) } })
            note(status, of: part.number)
            saveOrTell()
            let count = open.customIDs.count
            setting.tell(
                BatchNews(
                    "batch \(status.id): \(count) \(count == 1 ? "request" : "requests") submitted to "
                        + "\(route.settings.name) (\(route.model.model))"))
        } catch {
            let mayExist = isCreating && (error.mayHaveArrived || error.error.kind == .interrupted)
            fail(
                open.customIDs,
                EvaluationError(
                    error.error.kind, "the batch could not be submitted: \(error.error.message)",
                    hint: error.error.hint), isUnpaid: !mayExist)
            if mayExist {
                state.withLock { _ = $0.done.insert(part.number) }
            } else {
                forget(part)
                saveOrTell()
            }
        }
    }

    /// The batch that was made of a part; nil when the provider has none, and where it can't be asked.
    private func findWhereListed(
        _ part: BatchLedger.Part, _ route: BatchRoute
    ) async throws(BatchClient.Trouble) -> BatchStatus? {
        do throws(BatchClient.Trouble) {
            return try await find(part, route)
        } catch {
            // Without a list there is no other way on.
            if error.isUnknownThere { return nil }
            throw error
        }
    }

    /// The batch that was made of a part; nil when the provider has none.
    ///
    /// Errors: whatever keeps the list from being read; then it is not known.
    ///
    /// By its label where the provider keeps one. Else it is the oldest unknown one with as many requests since it
    /// was submitted, or one that does not tell its time; that it is the right one shows by the ids of its results.
    private func find(
        _ part: BatchLedger.Part, _ route: BatchRoute
    ) async throws(BatchClient.Trouble) -> BatchStatus? {
        let known = state.withLock { $0.ledger.knownIDs }
        let label = BatchLabel(run: setting.run, part: part.number)
        // Clocks differ.
        let earliest = Double(part.submittedAt) - 300
        var (dated, undated): (BatchStatus?, BatchStatus?)
        var after: String?
        for _ in 0..<Self.mostPages {
            let page = try await client().send(
                route.batches.list(after: after), over: route,
                read: { $0.json.map { route.batches.page(from: $0) } })
            for batch in page.batches where !known.contains(batch.id) {
                if route.batches.keepsLabels {
                    if batch.label == label { return batch }
                } else if batch.total == part.customIDs.count {
                    if let time = batch.createdAt {
                        if time >= earliest { dated = batch }
                    } else {
                        undated = batch
                    }
                }
            }
            let isPast = page.batches.last?.createdAt.map { $0 < earliest } ?? false
            guard let next = page.next, !isPast else { break }
            after = next
        }
        return dated ?? undated
    }

    /// Lists of more pages are not read: 100 batches each.
    private static let mostPages = 50

    /// Notes what the provider says of a part.
    func note(_ status: BatchStatus, of number: Int) {
        state.withLock { state in
            state.statuses[number] = status
            state.ledger.change(number) { $0.batchID = status.id }
        }
    }

    private func forget(_ part: BatchLedger.Part) {
        state.withLock { $0.ledger.parts.removeAll { $0.number == part.number } }
    }

    /// The way of a part, its absence being trouble.
    func routeOrTrouble(of part: BatchLedger.Part) throws(BatchClient.Trouble) -> BatchRoute {
        do throws(EvaluationError) {
            return try route(of: part)
        } catch {
            throw BatchClient.Trouble(error: error)
        }
    }
}
