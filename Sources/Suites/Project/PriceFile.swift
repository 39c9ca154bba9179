import Diagnostics
import Evals
import JSON
import YAML

/// Reads a project's table of prices.
struct PriceFile {
    /// Collects mistakes.
    let reader: SourceReader
    /// The file's content.
    let root: YAMLNode

    /// The prices that can be used; a mistake in an entry leaves the entry out, since half a price is none.
    var table: PriceTable {
        var table = PriceTable(date: root["date"]?.text)
        for entry in root["models"]?.entries ?? [] {
            table.prices[entry.keyText] = price(entry)
        }
        return table
    }

    private func price(_ entry: YAMLEntry) -> ModelPrice? {
        let what = "the price of '\(entry.keyText)'"
        let base = offer(entry.value, what: what, at: entry.keyMark)
        let written = entry.value["above"].map { $0.isNull ? [] : $0.many } ?? []
        let steps = written.map { step($0, of: what) }
        guard let base, !steps.contains(nil) else { return nil }
        let known = steps.compactMap { $0 }
        for (index, step) in known.enumerated()
        where known[..<index].contains(where: { $0.tokens == step.tokens }) {
            reader.report(
                "duplicate-step", "\(what) has two steps above \(step.tokens) tokens", at: written[index].mark
            )
        }
        return ModelPrice(base, above: known)
    }

    private func step(_ node: YAMLNode, of what: String) -> ModelPrice.Step? {
        // Of another type is reported already.
        guard node.entries != nil else { return nil }
        let offer = offer(node, what: "'above' of \(what)", at: node.mark)
        guard let tokens = node["tokens"] else {
            reader.report(
                "missing-key", "'above' of \(what) needs 'tokens'", at: node.mark,
                hint: "for example {tokens: 200000, input: 2.50, output: 15.00}")
            return nil
        }
        guard let tokens = tokens.integer, tokens > 0, let offer else { return nil }
        return ModelPrice.Step(above: tokens, offer)
    }

    private func offer(_ node: YAMLNode, what: String, at mark: SourceMark) -> ModelPrice.Offer? {
        guard let standard = rates(node, what: what, at: mark) else { return nil }
        var offer = ModelPrice.Offer(standard: standard)
        for (key, path) in [
            ("batch", \ModelPrice.Offer.batch), ("flex", \.flex), ("priority", \.priority),
        ] {
            guard let tier = node[key], !tier.isNull else { continue }
            guard tier.entries != nil, let rates = rates(tier, what: "'\(key)' of \(what)", at: tier.mark)
            else {
                return nil
            }
            offer[keyPath: path] = rates
        }
        return offer
    }

    private func rates(_ node: YAMLNode, what: String, at mark: SourceMark) -> ModelPrice.Rates? {
        let input = money(node, "input", of: what, at: mark)
        let output = money(node, "output", of: what, at: mark)
        let read = node["cache_read"].map { _ in money(node, "cache_read", of: what, at: mark) }
        let write = node["cache_write"].map { _ in money(node, "cache_write", of: what, at: mark) }
        // Nil within is written and wrong; nil alone is not written.
        guard let input, let output, read != .some(nil), write != .some(nil) else { return nil }
        return ModelPrice.Rates(
            input: input, output: output, cacheRead: read ?? nil, cacheWrite: write ?? nil)
    }

    private func money(_ node: YAMLNode, _ key: String, of what: String, at mark: SourceMark) -> Money? {
        // What is below zero or no number is reported as of the wrong type.
        guard let value = node[key], let number = value.json.number, value.double.map({ $0 >= 0 }) ?? true
        else {
            if node[key] == nil {
                reader.report("missing-key", "\(what) needs '\(key)'", at: mark)
            }
            return nil
        }
        guard let money = Money(usd: number), money.picoUSD % 1_000_000 == 0, money >= .zero else {
            reader.report(
                "bad-price", "a price is in USD per million tokens, with at most six decimals", at: value.mark
            )
            return nil
        }
        return money
    }
}
