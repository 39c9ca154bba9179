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
            let lacks =
                isBatch
                ? unpricedInBatches(model.model, prices) : unpriced(model.model, prices)
            return (asked: model, lacks: lacks)
        }.filter { !$0.lacks.isEmpty }
        var found: [Diagnostic] = []
        if isCapped, !gaps.isEmpty {
            let lacks = distinct(gaps.flatMap(\.lacks))
            found.append(
                Diagnostic(
                    "unknown-price", "the budget can't be kept: the price of \(list(lacks)) is unknown",
                    hint: hint(lacks)))
        }
        for (suite, gates) in gates {
            for gate in gates where gate.metric == .cost {
                let deciding = gaps.filter { model, _ in
                    model.suite == suite && !model.model.isAdvisory && mayMatch(gate.filter, model)
                }
                let lacks = distinct(deciding.flatMap(\.lacks))
                guard !lacks.isEmpty else { continue }
                found.append(
                    Diagnostic(
                        "unknown-price",
                        "the gate on cost_usd can't be judged: the price of \(list(lacks)) is unknown",
                        at: gate.mark, hint: hint(lacks),
                        severity: gate.level == .warn ? .warning : .error))
            }
        }
        return found
    }

    /// What the price table lacks.
    private struct Lack: Hashable {
        /// The name in the table.
        var name: String
        /// The word for the service tier whose price is missing; nil for the usual one.
        var tier: String?
    }

    private static let oneToken = Usage(inputTokens: 1, outputTokens: 1)

    /// What is missing for a model, as its own parameters ask for it, and for those that answer when it does not.
    ///
    /// A prompt may ask for another tier; that is seen when the call is made.
    private static func unpriced(_ model: ModelSpecification, _ prices: PriceTable) -> [Lack] {
        let fallbacks = model.settings["fallback"]?.array?.compactMap(\.string) ?? []
        return ([(model.name, model)] + fallbacks.map { ($0, prices.models[$0]) }).compactMap { name, model in
            guard let model, let price = prices.price(of: model) else {
                return Lack(name: model?.priceName ?? name)
            }
            let tier = ServiceTier.asked(in: model.parameters)
            let isKnown = price.cost(of: oneToken, serviceTier: tier) != nil
            return isKnown ? nil : Lack(name: model.priceName, tier: tier)
        }
    }

    /// The price of batches that is missing.
    private static func unpricedInBatches(_ model: ModelSpecification, _ prices: PriceTable) -> [Lack] {
        guard let price = prices.price(of: model) else { return [Lack(name: model.priceName, tier: "batch")] }
        let isKnown = price.cost(of: oneToken, serviceTier: "batch") != nil
        return isKnown ? [] : [Lack(name: model.priceName, tier: "batch")]
    }

    /// Whether the filter's conditions on prompt and model leave room for this one.
    private static func mayMatch(_ filter: GateFilter?, _ planned: PlannedModel) -> Bool {
        guard let filter else { return true }
        let sample = Execution(
            suite: planned.suite, caseID: "", prompt: planned.prompt, version: "", model: planned.model.name,
            mark: SourceMark(file: ""))
        return GateFilter(prompts: filter.prompts, models: filter.models).matches(sample)
    }

    private static func list(_ lacks: [Lack]) -> String {
        let shown = lacks.prefix(5).map { lack in
            let name = "'\(TerminalText.excerpt(lack.name, limit: 100))'"
            guard let tier = lack.tier, tier != "batch" else { return name }
            return "\(name) for the service tier '\(TerminalText.excerpt(tier, limit: 40))'"
        }.joined(separator: ", ")
        return lacks.count > 5 ? "\(shown) and \(lacks.count - 5) more" : shown
    }

    private static func hint(_ lacks: [Lack]) -> String {
        let name = lacks.first?.name ?? "NAME"
        var member = ""
        if let tier = lacks.first?.tier {
            guard let known = ServiceTier(named: tier) else {
                return "ask for another service_tier; or pass --allow-unpriced"
            }
            member = ", \(known): {input: USD, output: USD}"
        }
        return "add to prices.yaml: models: {\(Shape.isName(name) ? name : "\"\(name)\""): "
            + "{input: USD, output: USD\(member)}}, per million tokens;\n"
            + "or name a priced model with `price_as`; or pass --allow-unpriced"
    }

    private static func distinct(_ lacks: [Lack]) -> [Lack] {
        var seen: Set<Lack> = []
        return lacks.filter { seen.insert($0).inserted }
    }
}
