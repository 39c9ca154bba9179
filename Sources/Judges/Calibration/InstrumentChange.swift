public import Evals
import JSON

/// What differs between an instrument that was calibrated and one that judges.
struct InstrumentChange: Sendable, Hashable {
    /// The calibration that comes nearest.
    let calibration: JudgeCalibration
    /// What differs, in words, such as `rubric` or `threshold`; never empty.
    let changed: [String]

    /// The parts in words; several parts may be one thing to a person.
    private static let words: [(part: String, word: String)] = [
        ("type", "type of assertion"), ("negated", "not-"), ("value", "rubric"), ("written", "rubric"),
        ("threshold", "threshold"),
        ("options", "options"), ("select", "select"), ("xpath", "xpath"), ("transform", "transform"),
        ("judges", "judge"), ("vote", "vote of the panel"), ("repeat", "repeat of the panel"),
        ("prompts", "judge prompt"), ("batched", "batch_rubrics"),
        ("embeddings", "embeddings"),
    ]

    /// The change since the nearest calibration; nil when none is near.
    ///
    /// Near is one of the metric's name, or of the same rubric for the same type; the fewest differences count, then
    /// the name of the file.
    init?(
        to instrument: InstrumentParts, metric: String?, among calibrations: some Sequence<JudgeCalibration>
    ) {
        func hasSame(_ part: String, _ parts: JSONObject) -> Bool {
            instrument.parts[part].map { $0 == parts[part] } ?? false
        }
        let near = calibrations.filter { calibration in
            guard calibration.instrument != instrument.sha256 else { return false }
            if let metric, calibration.name == metric { return true }
            return calibration.parts["type"] == instrument.parts["type"]
                && (hasSame("value", calibration.parts) || hasSame("written", calibration.parts))
        }
        let changes = near.map { ($0, Self.differences($0.parts, instrument.parts)) }
        let best = changes.min { ($0.1.count, $0.0.file) < ($1.1.count, $1.0.file) }
        guard let best, !best.1.isEmpty else { return nil }
        (calibration, changed) = best
    }

    fileprivate static func differences(_ old: JSONObject, _ new: JSONObject) -> [String] {
        // Canonical, since a number read back from a file may be spelled in another way.
        func bytes(_ value: JSONValue?) -> [UInt8] { CanonicalJSON.bytes(of: value ?? .null) }
        var told: Set<String> = []
        return words.filter { bytes(old[$0.part]) != bytes(new[$0.part]) }.map(\.word)
            .filter { told.insert($0).inserted }
    }
}

extension InstrumentParts {
    /// What differs from the instrument of a calibration, in words such as `rubric`; empty where nothing does.
    public func changes(since calibration: JudgeCalibration) -> [String] {
        InstrumentChange.differences(calibration.parts, parts)
    }
}
