public import Diagnostics
public import Evals
import JSON

/// Finds what a live run could not hold to, since a price is not known: gates on the cost, and the budget.
public enum PriceCheck {
    /// A mistake for each gate on `cost_usd`, and one for the budget, that rests on a model without a known price.
    ///
    /// Only models that the run asks count, those that are advisory for the budget alone. A gate of level `warn`
    /// gets a warning.
    ///
    /// - Parameters:
    ///   - models: What the run asks.
    ///   - gates: The gates of each suite.
    ///   - isCapped: Whether `--max-usd` or a profile limits what the run may spend.
    ///   - isBatch: Whether the answers come from batches, whose price must be known then; fallbacks answer none.
    public static func diagnostics(
        models: [PlannedModel], gates: [(suite: String, gates: [GateSpecification])], prices: PriceTable,
        isCapped: Bool, isBatch: Bool = false
    ) -> [Diagnostic] {
        let gaps = models.map { model in
            let names =
                isBatch
                ? unpricedInBatches(model.model, prices) : unpriced(model.model, prices)
            return (asked: model, names: names)
        }.filter { !$0.names.isEmpty }
        let hint = { (names: [String]) in Self.hint(names, isBatch: isBatch) }
        var found: [Diagnostic] = []
        if isCapped, !gaps.isEmpty {
            let names = distinct(gaps.flatMap(\.names))
            found.append(
                Diagnostic(
                    "unknown-price", "the budget can't be kept: the price of \(list(names)) is unknown",
                    hint: hint(names)))
        }
        for (suite, gates) in gates {
            for gate in gates where gate.metric == .cost {
                let deciding = gaps.filter { model, _ in
                    model.suite == suite && !model.model.isAdvisory && mayMatch(gate.filter, model)
                }
                let names = distinct(deciding.flatMap(\.names))
                guard !names.isEmpty else { continue }
                found.append(
                    Diagnostic(
                        "unknown-price",
                        "the gate on cost_usd can't be judged: the price of \(list(names)) is unknown",
                        at: gate.mark, hint: hint(names),
                        severity: gate.level == .warn ? .warning : .error))
            }
        }
        return found
    }

    /// The names in the price table that are missing for a model and for those that answer when it does not.
    private static func unpriced(_ model: ModelSpecification, _ prices: PriceTable) -> [String] {
        let fallbacks = model.settings["fallback"]?.array?.compactMap(\.string) ?? []
        let own = prices.price(of: model) == nil ? [model.priceName] : []
        return own
            + fallbacks.compactMap { name in
                guard let model = prices.models[name] else { return name }
                return prices.price(of: model) == nil ? model.priceName : nil
            }
    }

    /// The name in the price table that lacks a price of batches.
    private static func unpricedInBatches(_ model: ModelSpecification, _ prices: PriceTable) -> [String] {
        let one = Usage(inputTokens: 1, outputTokens: 1)
        return prices.price(of: model)?.cost(of: one, serviceTier: "batch") == nil ? [model.priceName] : []
    }

    /// Whether the filter's conditions on prompt and model leave room for this one.
    private static func mayMatch(_ filter: GateFilter?, _ planned: PlannedModel) -> Bool {
        guard let filter else { return true }
        let sample = Execution(
            suite: planned.suite, caseID: "", prompt: planned.prompt, version: "", model: planned.model.name,
            mark: SourceMark(file: ""))
        return GateFilter(prompts: filter.prompts, models: filter.models).matches(sample)
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(5).map { "'\(TerminalText.excerpt($0, limit: 100))'" }.joined(
            separator: ", ")
        return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
    }

    private static func hint(_ names: [String], isBatch: Bool) -> String {
        let name = names.first ?? "NAME"
        return "add to prices.yaml: models: {\(Shape.isName(name) ? name : "\"\(name)\""): "
            + "{input: USD, output: USD\(isBatch ? ", batch: {input: USD, output: USD}" : "")}}, "
            + "per million tokens;\n"
            + "or name a priced model with `price_as`; or pass --allow-unpriced"
    }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
