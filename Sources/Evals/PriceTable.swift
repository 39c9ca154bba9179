/// What models cost, in USD per million tokens: the project's own prices, and below them a list of vendors' prices.
public struct PriceTable: Sendable, Hashable {
    /// The price of one model.
    public typealias Price = ModelPrice

    /// Where a price stands.
    public enum Source: Sendable, Hashable {
        /// In the project's own table.
        case project
        /// In the list of vendors' prices.
        case list
    }

    /// The day for which the project's own prices are true, as `YYYY-MM-DD`.
    public var date: String?
    /// The project's own prices by model name; an entry stands for the whole price of its model.
    public var prices: [String: ModelPrice]
    /// The day for which the listed prices are true, as `YYYY-MM-DD`.
    public var listDate: String?
    /// The listed prices by model name.
    public var listed: [String: ModelPrice]
    /// The models by alias, since an answer of a fallback costs what that model costs.
    public var models: [String: ModelSpecification]

    /// Creates a table.
    public init(
        date: String? = nil, prices: [String: ModelPrice] = [:], listDate: String? = nil,
        listed: [String: ModelPrice] = [:], models: [String: ModelSpecification] = [:]
    ) {
        self.date = date
        self.prices = prices
        self.listDate = listDate
        self.listed = listed
        self.models = models
    }

    /// The price of a model and where it stands; nil when it is unknown.
    ///
    /// Looked up by `priceName` and the shorter names of `ModelName`, first in the project's own table, then in the
    /// list, unless the model runs where no list holds.
    public func entry(for model: ModelSpecification) -> (price: ModelPrice, source: Source)? {
        entry(named: model.priceName, isListed: model.hasListPrice)
    }

    /// The price of a model; nil when it is unknown.
    public func price(of model: ModelSpecification) -> ModelPrice? { entry(for: model)?.price }

    /// What tokens cost at the price of a model that the table knows by name; nil when that is unknown.
    public func cost(of usage: Usage?, model name: String, serviceTier: String? = nil) -> Money? {
        guard let usage else { return nil }
        return entry(named: name, isListed: true)?.price.cost(of: usage, serviceTier: serviceTier)
    }

    /// What an answer costs: what came with it, else what its tokens cost at the price of the model that gave it.
    ///
    /// Nil when the usage or the price is unknown, or the fallback that answered is no model of the project.
    public func cost(of reply: Reply, asked model: ModelSpecification) -> Money? {
        if let cost = reply.cost { return cost }
        guard let usage = reply.usage, let answering = answering(reply.fallback, asked: model) else {
            return nil
        }
        return price(of: answering)?.cost(of: usage, serviceTier: reply.serviceTier)
    }

    /// The model that answered; nil when nothing is known of it.
    public func answering(_ fallback: String?, asked model: ModelSpecification) -> ModelSpecification? {
        fallback.map { models[$0] } ?? model
    }

    /// The days of the tables in words, `prices of 2026-10-21, prices.yaml of 2026-11-01`; nil for none.
    ///
    /// - Parameter sources: The tables to speak of.
    public func dates(of sources: Set<Source>) -> String? {
        var parts: [String] = []
        if sources.contains(.list) { parts.append("prices of \(listDate ?? "an unknown day")") }
        if sources.contains(.project) { parts.append("prices.yaml" + (date.map { " of \($0)" } ?? "")) }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private func entry(named name: String, isListed: Bool) -> (price: ModelPrice, source: Source)? {
        if let price = prices[name] { return (price, .project) }
        let names = ModelName.candidates(name)
        for name in names { if let price = prices[name] { return (price, .project) } }
        guard isListed else { return nil }
        for name in names { if let price = listed[name] { return (price, .list) } }
        return nil
    }
}
