import Diagnostics
import Evals
import YAML

/// Reads a gate of a suite.
struct GateReader {
    /// Collects mistakes.
    let reader: SourceReader

    private static let filterKeys = ["tags", "case", "prompt", "model"]

    /// The gate at a node; nil, with diagnostics, when it is none.
    func gate(_ node: YAMLNode) -> GateSpecification? {
        guard node.entries != nil else { return nil }
        let fields = Fields(node, SuiteKeys.gate)
        guard let metricNode = node["metric"], let text = metricNode.text else {
            if fields.lacks("metric") {
                reader.report(
                    "missing-key", "a gate needs a metric", at: node.mark,
                    hint: "for example {metric: pass_rate, min: 0.95}")
            }
            return nil
        }
        guard metricNode.scalar?.resolved.isString == true else { return nil }
        guard let metric = GateMetric(text) else {
            reader.report(
                "unknown-metric", "there is no metric '\(text)'", at: metricNode.mark,
                hint: Spelling.hint(for: text, among: GateMetric.spellings))
            return nil
        }
        let min = node["min"]?.double
        let max = node["max"]?.double
        checkBounds(node, metric, min, max)
        return GateSpecification(
            metric: metric, min: min, max: max, filter: node["where"].flatMap { filter($0) },
            over: node["over"]?.text == "suite" ? .suite : .each,
            level: node["level"]?.text == "warn" ? .warn : .fail,
            mark: node.mark)
    }

    private func checkBounds(_ node: YAMLNode, _ metric: GateMetric, _ min: Double?, _ max: Double?) {
        // A misspelt bound is reported already.
        let isKnown = (node.entries ?? []).allSatisfy { SuiteKeys.gate.key($0.keyText) != nil }
        func text(_ key: String) -> String { node[key]?.text ?? "" }
        if min == nil, max == nil, node["min"] == nil, node["max"] == nil, isKnown {
            reader.report(
                "missing-key", "a gate needs 'min' or 'max'", at: node.mark,
                hint: "without a bound it would always pass")
        }
        if let min, let max, min > max {
            reader.report(
                "empty-range", "no value lies between min \(text("min")) and max \(text("max"))",
                at: node.mark,
                hint: "swap them?")
        }
        if metric.isShare {
            for (key, value) in [("min", min), ("max", max)] {
                guard let value, !(0...1).contains(value) else { continue }
                reader.report(
                    "bad-bound", "'\(key)' of \(metric) must be from 0 to 1, not \(text(key))",
                    at: node[key]?.mark,
                    hint: value > 1 && value <= 100 ? "\(text(key)) % is written \(value / 100)" : nil)
            }
        }
        if isVacuous(metric, min, max) {
            reader.add(
                Diagnostic(
                    "vacuous-gate", "the gate on \(metric) can never fail", at: node.mark,
                    hint: "every value lies within its bounds", severity: .warning))
        }
    }

    private func isVacuous(_ metric: GateMetric, _ min: Double?, _ max: Double?) -> Bool {
        guard min != nil || max != nil else { return false }
        let highest: Double? = metric.isShare ? 1 : nil
        let isMinIdle = min.map { $0 <= 0 } ?? true
        let isMaxIdle = max.map { bound in highest.map { bound >= $0 } ?? false } ?? true
        return isMinIdle && isMaxIdle
    }

    private func filter(_ node: YAMLNode) -> GateFilter? {
        guard let entries = node.entries else { return nil }
        var filter = GateFilter()
        for entry in entries {
            let values = entry.value.many.compactMap(\.text)
            if values.isEmpty, !entry.value.isNull {
                reader.report("empty-value", "'\(entry.keyText)' names nothing", at: entry.value.mark)
            }
            switch entry.keyText {
            case "tags", "tag": filter.tags += values
            case "case": filter.cases += values
            case "prompt": filter.prompts += values
            case "model": filter.models += values
            case let key where key.hasPrefix("row.") && key.utf8.count > 4:
                filter.row[String(key.dropFirst(4))] = values
            default:
                reader.report(
                    "unknown-key", "unknown condition '\(entry.keyText)'", at: entry.keyMark,
                    hint: Spelling.nearest(to: entry.keyText, among: Self.filterKeys).map {
                        "did you mean '\($0)'?"
                    }
                        ?? "known here: tags, case, prompt, model, row.COLUMN")
            }
        }
        return filter
    }
}
