import Evals
import JSON
import Synchronization

/// Reading the results of batches that have ended.
extension BatchModels {
    /// Reads the results of the next batches in place of those before, and lets `answer` give them.
    ///
    /// True when there are more batches to read after these.
    public func loadNext() async -> Bool {
        state.withLock { state in
            state.isAnswering = true
            state.files = []
            state.places = [:]
        }
        while let part = ended().first, !Task.isCancelled {
            await load(part)
            state.withLock { _ = $0.done.insert(part.number) }
            let loaded = state.withLock { $0.files.reduce(0) { $0 + $1.count } }
            if loaded >= setting.limits.loaded { break }
        }
        return !ended().isEmpty && !Task.isCancelled
    }

    /// The parts that have ended, and whose results were not read yet.
    private func ended() -> [BatchLedger.Part] {
        state.withLock { state in
            state.ledger.parts.filter { part in
                guard !part.isCollected, !state.done.contains(part.number) else { return false }
                return state.statuses[part.number].map { $0.phase != .working } ?? false
            }
        }
    }

    private func load(_ part: BatchLedger.Part) async {
        guard let status = state.withLock({ $0.statuses[part.number] }) else { return }
        let word: String
        switch status.phase {
        case .working: return
        case .failed(let reason):
            fail(
                part.customIDs,
                EvaluationError(
                    .provider, "the provider refused the batch \(status.id): \(reason)",
                    hint: "correct what it says; `--resume last` submits a new batch"))
            state.withLock { _ = $0.final.insert(part.number) }
            return
        case .ended(let text): word = text
        }
        do throws(BatchClient.Trouble) {
            let route = try routeOrTrouble(of: part)
            let (reading, lack) = try await fetch(part, status, route)
            if isForeign(reading, route) { return disown(status.id, part) }
            take(reading, of: part, status, word, lack)
            // What is left of them is fetched again by the next process.
            if lack == nil { state.withLock { _ = $0.final.insert(part.number) } }
        } catch {
            fail(part.customIDs, unavailable(status, error), isUnpaid: false)
            if error.isGone { state.withLock { _ = $0.final.insert(part.number) } }
        }
    }

    /// Forgets another run's batch; the next process looks for the own one among the others.
    private func disown(_ id: String, _ part: BatchLedger.Part) {
        state.withLock { state in
            state.statuses[part.number] = nil
            state.ledger.change(part.number) {
                $0.batchID = nil
                $0.foreignIDs.append(id)
            }
        }
        saveOrTell()
        setting.tell(BatchNews("batch \(id) is another run's, and is let alone"))
        fail(
            part.customIDs,
            EvaluationError(
                .provider,
                "it is not known whether the batch was submitted: the batch \(id) is another run's",
                hint: "`--resume last` looks for it among the others"), isUnpaid: false)
    }

    /// Notes where the result of each request is, and gives those without one an error.
    ///
    /// - Parameter lack: Why the provider may have more results than these; nil when it has not.
    private func take(
        _ reading: BatchReading, of part: BatchLedger.Part, _ status: BatchStatus, _ word: String,
        _ lack: EvaluationError?
    ) {
        state.withLock { state in
            let first = state.files.count
            state.files += reading.files
            for (id, spot) in reading.found where state.places[id] == nil {
                state.places[id] = Place(part: part.number, file: first + spot.file, range: spot.range)
            }
        }
        let missing = part.customIDs.filter { reading.found[$0] == nil }
        if let lack {
            fail(missing, lack, isUnpaid: false)
        } else {
            fail(
                missing,
                EvaluationError(
                    .provider, "the batch \(status.id) has no answer for it (\(word))",
                    hint: "`--resume last` asks again, in a new batch"),
                isUnpaid: reading.unreadable == 0)
        }
        if reading.unknown > 0 {
            setting.tell(
                BatchNews(
                    "batch \(status.id): \(Self.count(reading.unknown, "result")) of requests that are not "
                        + "its own"))
        }
        if reading.unreadable > 0 {
            setting.tell(
                BatchNews(
                    "batch \(status.id): \(Self.count(reading.unreadable, "line")) of its results can't be read"
                ))
        }
        let number = "\(reading.found.count) of \(part.customIDs.count) results"
        setting.tell(BatchNews("batch \(status.id): \(word), \(number)"))
        if let lack {
            setting.tell(BatchNews(lack.message + (lack.hint.map { "; \($0)" } ?? "")))
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// What the batch of a request says of it.
    func result(of request: ModelRequest, _ id: String) throws(EvaluationError) -> Answer {
        let (error, place) = state.withLock { ($0.errors[id], $0.places[id]) }
        if let error { throw error }
        guard let place else {
            throw EvaluationError(
                .provider, "the request is in no batch that has ended",
                hint: "`--resume last` goes on with the batches of the run")
        }
        do throws(EvaluationError) {
            let reply = try reply(at: place)
            settle(id, setting.prices.cost(of: reply, asked: request.model))
            return Answer(reply: reply, source: .live)
        } catch {
            // Kept, since the run asks after other results have taken the place of these.
            state.withLock { $0.errors[id] = error }
            settle(id, error.mayHaveCost ? nil : .zero)
            throw error
        }
    }

    private func settle(_ id: String, _ cost: Money?) {
        guard let reservation = state.withLock({ $0.reservations[id] }) else { return }
        setting.budget?.settle(reservation, actual: cost)
    }

    private func reply(at place: Place) throws(EvaluationError) -> Reply {
        let (file, part) = state.withLock { state in
            (state.files[place.file], state.ledger.parts.first { $0.number == place.part })
        }
        guard let part else { throw EvaluationError(.provider, "the result is of no batch of the run") }
        let route = try route(of: part)
        let line = Array(file[place.range])
        do throws(EvaluationError) {
            return try reply(in: line, of: part, route)
        } catch {
            return try requestForResults(of: part, route).reading(line) { (line) throws(EvaluationError) in
                try reply(in: line, of: part, route)
            }
        }
    }

    /// A request like the one that brought the results: it knows what they must not tell.
    private func requestForResults(
        of part: BatchLedger.Part, _ route: BatchRoute
    ) throws(EvaluationError) -> PreparedRequest {
        let sender: BatchClient
        do throws(BatchClient.Trouble) {
            sender = try client()
        } catch {
            throw error.error
        }
        return try sender.prepare(route.batches.status(of: part.batchID ?? ""), over: route)
    }

    private func reply(
        in line: [UInt8], of part: BatchLedger.Part, _ route: BatchRoute
    ) throws(EvaluationError) -> Reply {
        let name = "the batch \(part.batchID ?? "")"
        guard let json = JSONValue(batchBody: line) else {
            throw EvaluationError(.provider, "\(name) has a result that can't be read", mayHaveCost: true)
        }
        switch route.batches.result(from: json)?.outcome {
        case .response(let response)?:
            do throws(CallFailure) {
                var reply = try route.api.reply(from: response)
                // Whatever a provider calls it in the answer, it is the batch's price.
                reply.serviceTier = "batch"
                reply.attempts = 1
                return reply
            } catch {
                let report = FailureReport(
                    provider: route.settings.name, model: route.model.model,
                    keyVariable: route.settings.keyVariable ?? route.api.usualKeyVariables.first)
                var trouble = report.error(error, attempts: 1, reason: "in \(name)")
                trouble.mayHaveCost = error.isLostAnswer
                throw trouble
            }
        case .unanswered(let reason)?:
            throw EvaluationError(
                .provider,
                "\(route.settings.name) (\(route.model.model)) gave no answer in \(name): \(reason)",
                hint: "`--resume last` asks again, in a new batch")
        case nil:
            throw EvaluationError(.provider, "\(name) has a result that can't be read", mayHaveCost: true)
        }
    }
}
