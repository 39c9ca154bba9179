import Diagnostics
import Evals
import JSON
import Judges
import Reports
import Statistics
import Suites

/// A calibration for people and for programs.
struct JudgeCalibrateText {
    /// What was measured, and by what.
    let setup: JudgeCalibrateSetup
    /// What came of it.
    let outcome: CalibrationOutcome
    /// How it ended.
    let status: ExitStatus
    /// The file it was kept in; nil: it was not.
    let saved: String?

    private static let level = ConfidenceLevel.ninetyFivePercent

    /// Why nothing was kept.
    var loss: String {
        "nothing was saved: "
            + (outcome.withoutVerdict == 0
                ? "\(status.meaning)"
                : "\(outcome.withoutVerdict) of \(outcome.labels) labels have no verdict")
    }

    /// The lines for people.
    var text: String {
        let sheet = setup.reading.sheet
        let passes = sheet.answers.count(where: \.passes)
        var lines = [
            TerminalText.visible(
                "\(setup.reading.name): \(setup.type) by \(setup.instrument.models.joined(separator: ", "))"
                    + " with \(setup.instrument.prompts.joined(separator: ", "))"),
            "\(setup.reading.labels.file): \(Figures.count(sheet.answers.count, "answer")), "
                + "\(passes) passed and \(sheet.answers.count - passes) failed by people",
        ]
        if sheet.sharedAnswers > 0 {
            let alpha = sheet.humanAgreement.map { Figures.fixed($0, 2) } ?? "undefined"
            lines.append(
                "people among themselves: Krippendorff's α \(alpha) on "
                    + "\(Figures.count(sheet.sharedAnswers, "answer")) with several labels")
        }
        if let agreement = outcome.agreement, agreement.labels > 0 { lines += measures(agreement) }
        lines += disagreements + gaps + unasked
        return TerminalText.visible(lines.joined(separator: "\n"), multiline: true) + "\n"
    }

    private func measures(_ agreement: VerdictAgreement) -> [String] {
        func padded(_ count: Int) -> String {
            let text = "\(count)"
            return String(repeating: " ", count: max(0, 12 - text.count)) + text
        }
        func rate(_ name: String, _ rate: Proportion?, _ meaning: String) -> String {
            guard let rate else { return "\(name)  undefined      \(meaning)" }
            return "\(name)  \(Figures.fixed(rate.rate, 2)) "
                + "\(Self.text(rate.wilsonInterval(Self.level)))  n=\(rate.trials)  \(meaning)"
        }
        let kappa = agreement.kappa.map {
            "\(Figures.fixed($0.value, 2)) \(Self.text($0.interval(Self.level)))  n=\(agreement.labels)"
        }
        return [
            "", "              judge passes judge fails",
            "people pass  \(padded(agreement.truePasses))\(padded(agreement.falseFails))",
            "people fail  \(padded(agreement.falsePasses))\(padded(agreement.trueFails))", "",
            rate("agreement   ", agreement.agreement, "both say the same"),
            "Cohen's κ     \(kappa ?? "undefined")  agreement beyond chance",
            "Gwet's AC1    \(agreement.gwetAC1.map { Figures.fixed($0, 2) } ?? "undefined")",
            rate("sensitivity ", agreement.sensitivity, "passes what people pass"),
            rate("specificity ", agreement.specificity, "fails what people fail"),
            rate("base rate   ", agreement.baseRate, "people pass"),
        ]
    }

    private var disagreements: [String] {
        guard !outcome.disagreements.isEmpty else { return [] }
        var lines = ["", "\(Figures.count(outcome.disagreements.count, "disagreement")):"]
        for item in outcome.disagreements {
            lines.append(
                "  \(TerminalText.excerpt(item.id, limit: 80))  people: \(Self.word(item.humanPasses)), "
                    + "judge: \(Self.word(!item.humanPasses))")
            if !item.reason.isEmpty {
                lines.append("    reason: \(TerminalText.excerpt(item.reason, limit: 400))")
            }
            lines.append("    answer: \(TerminalText.excerpt(item.output, limit: 200))")
        }
        return lines
    }

    private var gaps: [String] {
        guard !outcome.gaps.isEmpty else { return [] }
        return ["", "\(outcome.gaps.count) of \(outcome.labels) labels without verdict:"]
            + outcome.gaps.map {
                "  \(TerminalText.excerpt($0.id, limit: 80))  \($0.error.kind.rawValue): "
                    + TerminalText.excerpt($0.error.message, limit: 400)
            }
    }

    private var unasked: [String] {
        guard !outcome.unasked.isEmpty else { return [] }
        return [
            "",
            "\(outcome.unasked.count) of \(outcome.labels) labels were decided without a judge, and are in no count:",
        ] + outcome.unasked.map { "  \(TerminalText.excerpt($0, limit: 80))" }
    }

    private static func word(_ passes: Bool) -> String { passes ? "pass" : "fail" }

    private static func text(_ interval: Interval) -> String {
        "[\(Figures.fixed(interval.lower, 2)), \(Figures.fixed(interval.upper, 2))]"
    }

    /// The same as JSON.
    var json: String { JSONWriter(layout: .indented(2), escapesInvisible: true).text(of: value) + "\n" }

    private var value: JSONValue {
        let (reading, instrument) = (setup.reading, setup.instrument)
        var members: JSONObject = [
            "name": .string(reading.name), "type": .string(setup.type),
            "models": .array(instrument.models.map { .string($0) }),
            "prompts": .array(instrument.prompts.map { .string($0) }),
            "instrument": .string(instrument.sha256),
            "labels": [
                "file": .string(reading.labels.file), "sha256": .string(reading.labels.sha256),
                "answers": .integer(reading.sheet.answers.count),
                "ties": .array(reading.sheet.ties.map { .string($0) }),
                "human_alpha": reading.sheet.humanAgreement.map { .double($0) } ?? .null,
            ],
        ]
        if let agreement = outcome.agreement { members = members.merging(Self.members(agreement)) }
        members["disagreements"] = .array(
            outcome.disagreements.map {
                [
                    "id": .string($0.id), "label": .string(Self.word($0.humanPasses)),
                    "verdict": .string(Self.word(!$0.humanPasses)), "reason": .string($0.reason),
                    "output": .string($0.output),
                ]
            })
        members["without_verdict"] = .array(
            outcome.gaps.map {
                [
                    "id": .string($0.id), "kind": .string($0.error.kind.rawValue),
                    "message": .string($0.error.message),
                ]
            })
        members["without_judge"] = .array(outcome.unasked.map { .string($0) })
        members["saved"] = saved.map { .string($0) } ?? .null
        members["exit_status"] = .integer(Int(status.rawValue))
        return .object(members)
    }

    private static func members(_ agreement: VerdictAgreement) -> JSONObject {
        func interval(_ interval: Interval) -> JSONValue {
            .array([.double(interval.lower), .double(interval.upper)])
        }
        func rate(_ rate: Proportion?) -> JSONValue {
            guard let rate else { return .null }
            return [
                "value": .double(rate.rate), "interval": interval(rate.wilsonInterval(level)),
                "n": .integer(rate.trials),
            ]
        }
        return [
            "n": .integer(agreement.labels),
            "counts": [
                "true_passes": .integer(agreement.truePasses),
                "false_passes": .integer(agreement.falsePasses),
                "true_fails": .integer(agreement.trueFails), "false_fails": .integer(agreement.falseFails),
            ],
            "agreement": rate(agreement.agreement),
            "kappa": agreement.kappa.map {
                ["value": .double($0.value), "interval": interval($0.interval(level))]
            } ?? .null,
            "ac1": agreement.gwetAC1.map { .double($0) } ?? .null,
            "sensitivity": rate(agreement.sensitivity), "specificity": rate(agreement.specificity),
            "base_rate": rate(agreement.baseRate),
        ]
    }
}
