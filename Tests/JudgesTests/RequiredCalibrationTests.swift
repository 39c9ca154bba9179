import Evals
import JSON
import Testing

@testable import Judges

@Suite("Calibrations that are required")
struct RequiredCalibrationTests {
    private static let parts: JSONObject = [
        "type": "llm-rubric", "negated": false, "value": "Is polite.", "options": [:], "threshold": 0.5,
        "judges": ["a"], "vote": "majority", "repeat": 1,
        "prompts": [["name": "judge-rubric", "sha256": "1"]],
    ]

    private static func instrument(_ changes: JSONObject = [:]) -> InstrumentParts {
        InstrumentParts(
            models: ["judge"], prompts: ["judge-rubric@1"], parts: parts.merging(changes),
            sha256: changes.isEmpty ? "same" : "other")
    }

    private static func desk(
        _ floor: Double?, name: String = "polite", counts: (Int, Int, Int, Int)? = (45, 6, 24, 5)
    ) -> JudgeDesk {
        var desk = JudgeDesk(settings: JudgeSettings(requiredAgreement: floor))
        if let counts {
            desk.calibrations["same"] = JudgeCalibration(
                file: "calibrations/\(name).calibration.yaml", name: name, instrument: "same", parts: parts,
                truePasses: counts.0, falsePasses: counts.1, trueFails: counts.2, falseFails: counts.3)
        }
        return desk
    }

    private static func complaint(
        _ desk: JudgeDesk, _ changes: JSONObject = [:], metric: String? = nil
    ) -> String? {
        RequiredCalibration(of: desk)?.complaint(about: instrument(changes), metric: metric, on: desk)
    }

    @Test(
        "a κ from the floor on is enough",
        arguments: [
            (0.6, (45, 6, 24, 5), nil), (0.8, (45, 6, 24, 5), "κ 0.704"), (1, (10, 0, 10, 0), nil),
            (0, (10, 0, 0, 0), "no κ"), (0, (9, 0, 0, 1), "no κ"), (0, (0, 0, 0, 0), "no κ"),
            (0, (5, 5, 5, 5), nil), (0.1, (5, 5, 5, 5), "κ 0 in"), (-1, (0, 10, 0, 10), nil),
            (0, (0, 10, 0, 10), "κ -1 in"), (0, (-1, 0, 0, 2), "no κ"),
        ] as [(Double, (Int, Int, Int, Int), String?)])
    func floors(floor: Double, counts: (Int, Int, Int, Int), words: String?) {
        let complaint = Self.complaint(Self.desk(floor, counts: counts))
        if let words {
            #expect(complaint?.contains(words) == true, "\(complaint ?? "nil")")
        } else {
            #expect(complaint == nil)
        }
    }

    @Test("nothing is required unless the settings say so")
    func notRequired() {
        #expect(RequiredCalibration(of: Self.desk(nil, counts: nil)) == nil)
    }

    @Test(
        "what was changed since the calibration is named",
        arguments: [
            (["value": "Is  polite."], "polite", "rubric"), (["threshold": 0.6], nil, "threshold"),
            (["judges": ["b"]], nil, "judge"), (["prompts": []], nil, "judge prompt"),
            (["negated": true, "threshold": nil], nil, "not-, threshold"),
            (["batched": true], nil, "batch_rubrics"),
            // Neither the name nor the rubric is known.
            (["value": "Is short."], "short", nil), (["value": "Is short."], nil, nil),
            (["type": "closed-qa"], "other", nil),
        ] as [(JSONObject, String?, String?)])
    func changes(changes: JSONObject, metric: String?, words: String?) {
        let complaint = Self.complaint(Self.desk(0.6), changes, metric: metric)
        if let words {
            #expect(complaint?.hasSuffix("this changed: \(words)") == true, "\(complaint ?? "nil")")
            #expect(complaint?.contains("calibrations/polite.calibration.yaml") == true)
        } else {
            #expect(complaint?.contains("is not calibrated, and κ ≥ 0.6 is required") == true)
        }
    }

    @Test("a number is the same however it was spelled")
    func spelling() {
        let desk = Self.desk(0.6)
        let same: JSONObject = ["threshold": JSONNumber(text: "0.50").map { .number($0) } ?? .null]
        let change = InstrumentChange(
            to: Self.instrument(same), metric: "polite", among: desk.calibrations.values)
        #expect(change == nil)
    }
}
