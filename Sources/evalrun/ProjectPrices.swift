import Evals
import JSON
import Models
import Suites

extension Project {
    /// The project's prices with those of vendors below them, and the models that an answer may come from.
    var pricing: PriceTable {
        var known: [String: ModelSpecification] = [:]
        for model in models {
            known[model.name] = model
            for name in model.settings["fallback"]?.array?.compactMap(\.string) ?? [] where known[name] == nil
            {
                known[name] = self.model(named: name)
            }
        }
        return ShippedPrices.completing(prices, models: known)
    }
}

/// Notes which price tables the costs of a run come from.
struct PriceUse {
    private let prices: PriceTable
    private let asked: [String: ModelSpecification]
    private var names: Set<String> = []

    /// Starts with no cost seen of the models that a run asks.
    init(_ prices: PriceTable, asked: [PlannedModel]) {
        self.prices = prices
        self.asked = Dictionary(asked.map { ($0.model.name, $0.model) }) { first, _ in first }
    }

    /// Notes the model whose price an execution's cost was worked out with, if it was.
    mutating func add(_ execution: Execution) {
        guard execution.cost != nil, let reply = execution.answer?.reply, reply.cost == nil else { return }
        names.insert(reply.fallback ?? execution.model)
    }

    /// The tables in words, such as `prices of 2026-10-21, prices.yaml of 2026-11-01`; nil when none was used.
    var text: String? {
        let sources = names.compactMap { name in
            (asked[name] ?? prices.models[name]).flatMap { prices.entry(for: $0)?.source }
        }
        return prices.dates(of: Set(sources))
    }
}
