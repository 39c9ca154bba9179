import Diagnostics
import Evals
import YAML

/// Reads `quarantine: {until, owner, reason}`.
struct QuarantineReader {
    /// Collects mistakes.
    let reader: SourceReader
    /// Today, as `YYYY-MM-DD`.
    let today: String

    /// The quarantine; nil when it is not complete or has ended, since then the case counts again.
    func quarantine(_ node: YAMLNode) -> Quarantine? {
        guard node.entries != nil else { return nil }
        for key in ["until", "owner", "reason"] where node[key] == nil {
            reader.report(
                "missing-key", "a quarantine needs '\(key)'", at: node.mark,
                hint: "quarantine: {until: 2026-12-31, owner: who mends it, reason: why}")
        }
        guard let until = node["until"]?.text, let owner = node["owner"]?.text,
            let reason = node["reason"]?.text
        else { return nil }
        guard Shape.isDate(until) else { return nil }
        guard until >= today else {
            let message = "the quarantine ended on \(until), so this counts again"
            reader.add(
                Diagnostic(
                    "quarantine-ended", message, at: node.mark, hint: "remove it, or set a later day",
                    severity: .warning))
            return nil
        }
        return Quarantine(until: until, owner: owner, reason: reason)
    }
}
