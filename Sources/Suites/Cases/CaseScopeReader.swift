import Diagnostics
import Evals
import YAML

/// Reads what bounds and multiplies a case: `matrix`, `only`, `repeat`, `skip`, `xfail`, `quarantine`.
struct CaseScopeReader {
    /// Collects mistakes.
    let reader: SourceReader
    /// Today, as `YYYY-MM-DD`.
    let today: String

    /// The most cases a matrix may make.
    private static let largestMatrix = 10_000

    /// Fills in a case.
    func read(_ fields: Fields, into template: inout CaseTemplate) {
        readMatrix(fields, into: &template)
        if let only = fields["only"] {
            template.onlyModels = only["models"]?.many.compactMap(\.text)
            template.onlyPrompts = only["prompts"]?.many.compactMap(\.text)
            template.onlyMark = only.mark
            for key in ["models", "prompts"] where only[key]?.items?.isEmpty == true {
                reader.report(
                    "empty-value", "'\(key)' of 'only' is empty, so the case would never run",
                    at: only[key]?.mark, hint: "name one, or leave '\(key)' out")
            }
        }
        if let node = fields["repeat"] {
            let samples = node.integer ?? node["samples"]?.integer ?? node["pass"]?.integer ?? 1
            let pass = node["pass"]?.integer
            if let pass, pass > samples {
                reader.report("bad-repeat", "\(pass) of \(samples) samples can never pass", at: node.mark)
            }
            template.repetition = Repetition(samples: samples, pass: pass)
        }
        for key in ["skip", "xfail"] {
            guard let node = fields[key], let text = node.text,
                text.utf8.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) })
            else { continue }
            reader.report(
                "empty-value", "'\(key)' needs a reason", at: node.mark,
                hint: "say in a few words why, so that others know when it can go")
        }
        template.skip = fields.text("skip")
        template.expectedFailure = fields.text("xfail")
        template.quarantine = fields["quarantine"].flatMap {
            QuarantineReader(reader: reader, today: today).quarantine($0)
        }
    }

    private func readMatrix(_ fields: Fields, into template: inout CaseTemplate) {
        guard let entries = fields["matrix"]?.entries else { return }
        var count = 1
        for entry in entries {
            let values = entry.value.items?.map(\.json) ?? []
            if values.isEmpty {
                reader.report(
                    "empty-matrix", "'\(entry.keyText)' has no values, so no case would be left",
                    at: entry.keyMark)
            }
            if template.variables.contains(where: { $0.name == entry.keyText }) {
                reader.report(
                    "conflicting-keys", "'\(entry.keyText)' is both a variable and in the matrix",
                    at: entry.keyMark)
            }
            count = min(Self.largestMatrix + 1, count * max(1, min(values.count, Self.largestMatrix + 1)))
            template.matrix.append((entry.keyText, values))
        }
        if count > Self.largestMatrix {
            reader.report(
                "matrix-too-large", "the matrix makes more than \(Self.largestMatrix) cases",
                at: fields.keyMark("matrix"))
            template.matrix = []
        }
    }
}
