import Evals
import JSON
import Synchronization

/// Putting requests into batches.
extension BatchModels {
    /// Puts a request into a batch, unless it is in one already.
    func gather(_ request: ModelRequest, _ id: String) async {
        let isNew = state.withLock { $0.seen.insert(id).inserted }
        guard isNew else {
            // One that an earlier process submitted: its cost is still to come.
            return reserve(request, id)
        }
        do throws(EvaluationError) {
            let route = try route(of: request.model)
            let call = try route.api.call(for: request, images: setting.world.images, streams: false)
            let entry = route.batches.entry(id, call)
            guard entry.count <= setting.limits.bytes else {
                throw EvaluationError(
                    .provider, "the request is too large for a batch: \(entry.count >> 20) MiB",
                    hint: "run without --batch, or send less")
            }
            guard setting.budget == nil || setting.allowsUnpriced || worst(of: request) != nil else {
                throw CallEstimate.unpriced(request, serviceTier: "batch")
            }
            reserve(request, id)
            if let budget = setting.budget, state.withLock({ $0.reservations[id] == nil }) {
                throw budget.refusal
            }
            for full in add(entry, id, route) { await submit(full.model, full.part) }
        } catch {
            state.withLock { $0.errors[id] = error }
        }
    }

    /// Adds an entry to the open part of its model; gives the parts that have to be submitted now.
    private func add(
        _ entry: [UInt8], _ id: String, _ route: BatchRoute
    ) -> [(model: String, part: OpenPart)] {
        let name = route.model.name
        let limits = setting.limits
        return state.withLock { state in
            var full: [(model: String, part: OpenPart)] = []
            func take(_ name: String) {
                if let part = state.waiting.removeValue(forKey: name) { full.append((name, part)) }
            }
            if let part = state.waiting[name], part.bytes.count + entry.count + 1 > limits.bytes {
                take(name)
            }
            if state.waiting[name]?.customIDs.isEmpty == false {
                state.waiting[name]?.bytes += route.batches.separator
            }
            state.waiting[name, default: OpenPart()].bytes += entry
            state.waiting[name, default: OpenPart()].customIDs.append(id)
            if state.waiting[name]?.customIDs.count == limits.requests { take(name) }
            if state.waiting.values.reduce(0, { $0 + $1.bytes.count }) > limits.bytes,
                let largest = state.waiting.max(by: { $0.value.bytes.count < $1.value.bytes.count })
            {
                take(largest.key)
            }
            return full
        }
    }

    /// Reserves what the request may cost in a batch, once.
    private func reserve(_ request: ModelRequest, _ id: String) {
        guard let budget = setting.budget,
            state.withLock({ $0.reservations[id] == nil && $0.errors[id] == nil })
        else { return }
        // Without a price it gets here when that is allowed, or when it was submitted before.
        if let reservation = budget.reserveAtOnce(worst(of: request) ?? .zero) {
            state.withLock { $0.reservations[id] = reservation }
        }
    }

    /// The most that the request may cost in a batch; nil when that is unknown.
    private func worst(of request: ModelRequest) -> Money? {
        // Where the price of batches is unknown, they cost no more than single calls.
        CallEstimate(request, prices: setting.prices, serviceTier: "batch").worst
            ?? CallEstimate(request, prices: setting.prices).worst
    }
}
