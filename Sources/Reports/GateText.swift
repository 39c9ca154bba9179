import Evals
import JSON

/// The words in which reports speak of a gate.
struct GateText {
    private let result: GateResult

    /// Speaks of one result.
    init(_ result: GateResult) { self.result = result }

    /// The condition: `pass_rate ≥ 0.95`, with the filter where there is one.
    var condition: String {
        let gate = result.gate
        var text = gate.metric.description
        switch (gate.min, gate.max) {
        case (let min?, let max?): text += " ≥ \(Figures.exact(min)) and ≤ \(Figures.exact(max))"
        case (let min?, nil): text += " ≥ \(Figures.exact(min))"
        case (nil, let max?): text += " ≤ \(Figures.exact(max))"
        case (nil, nil): break
        }
        return text + filter
    }

    /// The executions that are judged together: `[prompt · model]`, or the whole suite.
    var scope: String {
        guard result.prompt != nil || result.model != nil else { return "[whole suite]" }
        return "[" + [result.prompt, result.model].compactMap { $0 }.joined(separator: " · ") + "]"
    }

    /// The value and on how many values it rests: `0.75 (n=4)`; `–` when there is none.
    var value: String {
        let bounds = [result.gate.min, result.gate.max].compactMap { $0 }
        return (result.value.map { Figures.rounded($0, bounds: bounds) } ?? "–") + " (n=\(result.count))"
    }

    /// One sentence that explains the verdict; a percentile says on how many values it rests.
    var reason: String {
        var text = result.reason
        if case .percentile = statistic, result.count > 0, !text.contains("\(result.count) value") {
            text += (text.isEmpty ? "" : "; ") + "rests on \(Figures.count(result.count, "value"))"
        }
        return text
    }

    /// The verdict in one word of at most four letters; `—` for what was not evaluated.
    var word: String {
        switch result.verdict {
        case .passed: "PASS"
        case .notEvaluated: "—"
        case .failed: result.decides ? "FAIL" : "WARN"
        case .unevaluated, .inconclusive: result.decides ? "OPEN" : "WARN"
        }
    }

    private var statistic: GateMetric.Statistic? {
        switch result.gate.metric {
        case .latency(let statistic), .firstToken(let statistic), .tokens(_, let statistic),
            .speed(let statistic):
            statistic
        default: nil
        }
    }

    private var filter: String {
        guard let members = result.gate.filter?.json.object, !members.isEmpty else { return "" }
        let conditions = members.map { key, value in
            let values = value.array?.compactMap(\.string) ?? [value.string ?? value.description]
            return "\(key)=\(values.joined(separator: "|"))"
        }
        return " where " + conditions.joined(separator: ", ")
    }
}
