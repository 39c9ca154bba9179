import Evals
import JSON

/// One row of the shipped table, see `ShippedPrices.rows`.
struct PriceRow {
    /// The model's name.
    let name: String
    /// Its price.
    let price: ModelPrice

    /// Reads a row; nil when a column is not understood.
    init?(_ line: Substring) {
        let columns = line.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.split(separator: " ").map(String.init) }
        let head = columns[0].joined().split(separator: ",", omittingEmptySubsequences: false).map(
            String.init)
        guard head.count == 2, !head[0].isEmpty, head[1] == "-" || Int(head[1]) != nil, columns.count > 1,
            columns[1].count == 1, let standard = Self.rates(columns[1][0])
        else { return nil }
        var offer = ModelPrice.Offer(standard: standard)
        var steps: [ModelPrice.Step] = []
        for column in columns.dropFirst(2) {
            if column.count == 3, column[0] == ">" {
                guard let tokens = Int(column[1]), let rates = Self.rates(column[2]) else { return nil }
                steps.append(ModelPrice.Step(above: tokens, ModelPrice.Offer(standard: rates)))
                continue
            }
            guard column.count == 2 else { return nil }
            var present = steps.last?.offer ?? offer
            guard let rates = column[1] == "=" ? present.batch : Self.rates(column[1]) else { return nil }
            switch column[0] {
            case "batch": present.batch = rates
            case "flex": present.flex = rates
            default: return nil
            }
            if steps.isEmpty { offer = present } else { steps[steps.count - 1].offer = present }
        }
        name = head[0]
        price = ModelPrice(offer, above: steps, maximumOutput: Int(head[1]))
    }

    /// The plain price where calls stay in a part of the world: a tenth more, on Amazon Bedrock.
    ///
    /// Batches are left out, since not all models list theirs.
    var regionalPrice: ModelPrice {
        ModelPrice(
            ModelPrice.Offer(standard: Self.raised(price.offer.standard)),
            above: price.steps.map {
                ModelPrice.Step(
                    above: $0.tokens, ModelPrice.Offer(standard: Self.raised($0.offer.standard)))
            }, maximumOutput: price.maximumOutput)
    }

    private static func raised(_ rates: ModelPrice.Rates) -> ModelPrice.Rates {
        func raised(_ amount: Money) -> Money { Money(picoUSD: amount.picoUSD / 10 * 11) }
        return ModelPrice.Rates(
            input: raised(rates.input), output: raised(rates.output),
            cacheRead: rates.cacheRead.map(raised), cacheWrite: rates.cacheWrite.map(raised))
    }

    /// `input/output`, then cache read and cache write where they are known.
    private static func rates(_ text: String) -> ModelPrice.Rates? {
        let amounts = text.split(separator: "/", omittingEmptySubsequences: false).map { amount in
            JSONNumber(text: amount.first == "." ? "0" + amount : String(amount)).flatMap(Money.init(usd:))
        }
        guard (2...4).contains(amounts.count), !amounts.contains(nil) else { return nil }
        let known = amounts.compactMap { $0 }
        return ModelPrice.Rates(
            input: known[0], output: known[1], cacheRead: known.count > 2 ? known[2] : nil,
            cacheWrite: known.count > 3 ? known[3] : nil)
    }
}
