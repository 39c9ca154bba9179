import Diagnostics
import Evals
import Files
import JSON
import Statistics
import YAML

/// Reads a calibration; of its numbers only the counts are trusted, and what does not fit them is a mistake.
struct CalibrationFile {
    /// Reads the file and collects mistakes.
    let reader: SourceReader

    /// The calibration in a file; nil, with diagnostics, when there is a mistake in it.
    func load(_ path: ProjectPath) -> CalibrationRecord? {
        guard let file = reader.yaml(path) else { return nil }
        let before = reader.mistakeCount
        reader.check(file.root, .record(CalibrationKeys.file), what: "the calibration")
        guard reader.mistakeCount == before, file.root.entries != nil else { return nil }
        let fields = Fields(file.root, CalibrationKeys.file)
        for key in CalibrationKeys.file.keys.map(\.name)
        where !["guide", "kappa", "agreement", "ac1"].contains(key) && fields[key] == nil {
            reader.report("missing-key", "the calibration has no '\(key)'", at: fields.mark, hint: Self.hint)
        }
        guard reader.mistakeCount == before else { return nil }
        let record = record(fields, path)
        check(record, fields)
        return reader.mistakeCount == before ? record : nil
    }

    private static let hint = "write it anew with `evalrun judge calibrate`"

    private func record(_ fields: Fields, _ path: ProjectPath) -> CalibrationRecord {
        func count(_ key: String) -> Int { fields["counts"]?[key]?.integer ?? -1 }
        func source(_ key: String) -> CalibrationRecord.Source? {
            guard let node = fields[key] else { return nil }
            return CalibrationRecord.Source(
                file: node["file"]?.text ?? "", sha256: node["sha256"]?.text ?? "")
        }
        return CalibrationRecord(
            JudgeCalibration(
                file: path.text, name: fields.text("name") ?? "", instrument: fields.text("instrument") ?? "",
                parts: fields["parts"]?.json.object ?? [:], truePasses: count("true_passes"),
                falsePasses: count("false_passes"), trueFails: count("true_fails"),
                falseFails: count("false_fails")),
            date: fields.text("date") ?? "", models: fields.texts("models"), prompts: fields.texts("prompts"),
            labels: source("labels") ?? CalibrationRecord.Source(file: "", sha256: ""),
            guide: source("guide"), withoutVerdict: fields["without_verdict"]?.integer ?? 0)
    }

    /// Reports what contradicts the counts or the parts.
    private func check(_ record: CalibrationRecord, _ fields: Fields) {
        let parts = JSONValue.object(record.calibration.parts)
        if ContentHash.sha256Hex(CanonicalJSON.bytes(of: parts)) != record.calibration.instrument {
            reader.report(
                "calibration-damaged", "'instrument' is not the hash of 'parts'",
                at: fields.keyMark("instrument"), hint: Self.hint)
        }
        guard let agreement = record.agreement else {
            reader.report(
                "calibration-damaged", "the counts are no counts, or one of the four is missing",
                at: fields.keyMark("counts"), hint: Self.hint)
            return
        }
        let interval = agreement.kappa?.interval(.ninetyFivePercent)
        let kappa = fields["kappa"]
        compare("agreement", fields["agreement"], agreement.agreement?.rate, fields)
        compare("kappa", kappa?["value"], agreement.kappa?.value, fields)
        compare("kappa", kappa?["low"], interval?.lower, fields)
        compare("kappa", kappa?["high"], interval?.upper, fields)
        compare("ac1", fields["ac1"], agreement.gwetAC1, fields)
    }

    private func compare(_ key: String, _ written: YAMLNode?, _ computed: Double?, _ fields: Fields) {
        let value = written?.double
        if value == nil, computed == nil { return }
        if let value, let computed, abs(value - computed) < 2e-6 { return }
        let right = computed.map { "\(CalibrationRecord.rounding($0))" } ?? "undefined"
        reader.report(
            "calibration-damaged", "'\(key)' does not fit the counts, by which it is \(right)",
            at: written?.mark ?? fields.keyMark(key), hint: Self.hint)
    }
}
