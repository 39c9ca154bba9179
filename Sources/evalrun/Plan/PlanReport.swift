import Evals
import JSON
import Models
import Reports

/// A forecast as text for people and as data.
struct PlanReport {
    /// What was added up.
    let forecast: Forecast
    /// What would be asked about the answers.
    let judging: JudgeForecast
    /// Whether the run would ask models.
    let sends: Bool
    /// The mode of the run that is planned.
    let mode: String
    /// The prices.
    let prices: PriceTable
    /// The limits that the calls are held to.
    let limits: PlanLimits

    private struct Line {
        var name: String
        var calls: Int
        var input: TokenEstimate
        var output: TokenEstimate
        var cost: (low: Money, high: Money)?
        var minutes: Double
    }

    private func line(_ row: Forecast.Row) -> Line {
        var cost: (Money, Money)?
        if let low = row.lowCost, let high = row.highCost { cost = (low, high) }
        return Line(
            name: "\(row.suite) · \(row.model.name)", calls: row.calls, input: row.input,
            output: TokenEstimate(low: row.expectedOutput, high: row.maximumOutput), cost: cost,
            minutes: row.load.minutes(at: limits.limits(of: row.model)))
    }

    private var total: Line {
        var total = Line(
            name: "total", calls: 0, input: .zero, output: .zero, cost: (.zero, .zero),
            minutes: limits.minutes(of: forecast.rows))
        for line in forecast.rows.map(line) {
            total.calls += line.calls
            total.input = total.input + line.input
            total.output = total.output + line.output
            guard line.calls > 0 else { continue }
            if let sum = total.cost, let cost = line.cost {
                total.cost = (sum.low + cost.low, sum.high + cost.high)
            } else {
                total.cost = nil
            }
        }
        return total
    }

    /// The models that would be called and whose price is not known, each once.
    private var unpriced: [ModelSpecification] {
        var models: [ModelSpecification] = []
        for row in forecast.rows where row.calls > 0 && row.highCost == nil {
            if !models.contains(where: { $0.name == row.model.name }) { models.append(row.model) }
        }
        guard sends else { return models }
        for row in judging.rows where row.calls > 0 && row.cost == nil {
            if !models.contains(where: { $0.name == row.model.name }) { models.append(row.model) }
        }
        return models
    }

    private var dates: String? {
        prices.dates(
            of: Set(forecast.rows.filter { $0.calls > 0 }.compactMap { prices.entry(for: $0.model)?.source }))
    }

    /// The table, each suite × model in a line, and what there is to say of it.
    var text: String {
        let titles = ["suite · model", "calls", "tokens in", "tokens out", "cost", "time"]
        let cells = (forecast.rows.map(line) + [total]).map { line in
            [
                line.name, "\(line.calls)", Self.range(line.input, line.calls),
                Self.range(line.output, line.calls), Self.cost(line), Self.time(line.minutes, line.calls),
            ]
        }
        let widths = titles.indices.map { column in
            ([titles] + cells).map { DisplayWidth.of($0[column]) }.max() ?? 0
        }
        var text = ""
        for row in [titles] + cells {
            let padded = row.indices.map { DisplayWidth.padded(row[$0], to: widths[$0], left: $0 == 0) }
            text += padded.joined(separator: "  ") + "\n"
        }
        let recorded = forecast.rows.reduce(0) { $0 + $1.recorded }
        let calls = total.calls
        text += "\n--mode \(mode) would make \(Figures.count(calls, "call"))"
        text += recorded > 0 ? "; \(Figures.count(recorded, "answer")) recorded already\n" : "\n"
        text += judgingText
        if let dates { text += "costs by \(dates)\n" }
        for model in unpriced {
            text += "no price is known for \(model.name): add '\(model.priceName)' to prices.yaml, "
            text += "or name a priced model with `price_as`\n"
        }
        return text
    }

    /// What there is to say of judges; empty where nobody is asked.
    private var judgingText: String {
        guard judging.executions > 0 else { return "" }
        let answers = Figures.count(judging.executions, "answer")
        guard sends else {
            let lacking = judging.unrecorded
            return
                "judges are asked about \(answers), and replayed: whether all is recorded shows in a run only; "
                + "of \(lacking) nothing is recorded that judges said\n"
        }
        let rows = judging.rows.filter { $0.calls > 0 }
        var text =
            "judges would be asked at least \(Figures.count(rows.reduce(0) { $0 + $1.calls }, "question"))"
        text += " about \(answers)"
        if !rows.isEmpty {
            let each = rows.map { row in
                "\(row.model.name) \(row.calls)"
                    + (row.cost.map { ", \(Figures.money($0.low)) – \(Figures.money($0.high))" }
                        ?? ", cost unknown")
            }
            text += " (\(each.joined(separator: "; ")))"
        }
        return text
            + (judging.recorded > 0 ? "; of \(judging.recorded) something is recorded already\n" : "\n")
    }

    private var judgingJSON: JSONValue {
        let rows = sends ? judging.rows : []
        var items: [JSONValue] = []
        for row in rows {
            let cost: JSONValue = row.cost.map { ["low": $0.low.json, "high": $0.high.json] } ?? .null
            items.append([
                "model": .string(row.model.name), "calls_at_least": .integer(row.calls), "cost_usd": cost,
            ])
        }
        return [
            "executions": .integer(judging.executions), "recorded": .integer(judging.recorded),
            "calls_at_least": .integer(rows.reduce(0) { $0 + $1.calls }), "rows": .array(items),
        ]
    }

    /// The same as data; what is unknown is null.
    var json: JSONValue {
        var members = [("evalrun_plan", JSONValue.integer(1)), ("mode", .string(mode))]
        members += [
            ("list_prices_date", prices.listDate.map { .string($0) } ?? .null),
            ("prices_date", prices.date.map { .string($0) } ?? .null),
            (
                "rows",
                .array(
                    forecast.rows.map { row in
                        .object(
                            pairs: [
                                ("suite", .string(row.suite)), ("model", .string(row.model.name)),
                                ("recorded", .integer(row.recorded)),
                            ] + Self.members(of: line(row)))
                    })
            ), ("total", .object(pairs: Self.members(of: total))),
            ("judging", judgingJSON), ("unknown_prices", .array(unpriced.map { .string($0.name) })),
        ]
        return .object(pairs: members)
    }

    private static func members(of line: Line) -> [(String, JSONValue)] {
        func range(_ estimate: TokenEstimate) -> JSONValue {
            ["low": .integer(estimate.low), "high": .integer(estimate.high)]
        }
        let cost: JSONValue = line.cost.map { ["low": $0.low.json, "high": $0.high.json] } ?? .null
        return [
            ("calls", .integer(line.calls)), ("input_tokens", range(line.input)),
            ("output_tokens", range(line.output)), ("cost_usd", cost),
            ("minutes", .double((line.minutes * 100).rounded(.up) / 100)),
        ]
    }

    private static func cost(_ line: Line) -> String {
        guard line.calls > 0 else { return "–" }
        guard let cost = line.cost else { return "unknown" }
        let (low, high) = (Figures.money(cost.low), Figures.money(cost.high))
        return low == high ? low : "\(low) – \(high)"
    }

    private static func range(_ estimate: TokenEstimate, _ calls: Int) -> String {
        guard calls > 0 else { return "–" }
        let (low, high) = (tokens(estimate.low), tokens(estimate.high))
        return low == high ? low : "\(low) – \(high)"
    }

    /// `950`, `12.3k`, `4.1M`.
    private static func tokens(_ count: Int) -> String {
        let value = Double(count)
        if value < 1000 { return "\(count)" }
        if value < 999_950 { return Figures.fixed(value / 1000, 1) + "k" }
        return Figures.fixed(value / 1_000_000, 1) + "M"
    }

    private static func time(_ minutes: Double, _ calls: Int) -> String {
        guard calls > 0 else { return "–" }
        if minutes <= 1 { return "≤ 1 min" }
        let whole = minutes.rounded(.up)
        if whole < 120 { return Figures.fixed(whole, 0) + " min" }
        return Figures.fixed(whole / 60, 1) + " h"
    }
}
