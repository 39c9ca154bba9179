import Assertions
public import Evals
public import Statistics

/// The agreement with people that judges must have shown before their verdicts count.
public struct RequiredCalibration: Sendable, Hashable {
    /// The smallest κ.
    let floor: Double

    /// What the settings of a desk require; nil: nothing.
    public init?(of desk: JudgeDesk) {
        guard let floor = desk.settings.requiredAgreement else { return nil }
        self.floor = floor
    }

    /// Why an instrument may not judge, without a full stop; nil when it may.
    ///
    /// - Parameter metric: The assertion's metric, by which an earlier calibration of it is known.
    public func complaint(about instrument: InstrumentParts, metric: String?, on desk: JudgeDesk) -> String? {
        guard let calibration = desk.calibrations[instrument.sha256] else {
            guard
                let change = InstrumentChange(
                    to: instrument, metric: metric, among: desk.calibrations.values)
            else {
                return
                    "the judge of this rubric is not calibrated, and κ ≥ \(Threshold.text(floor)) is required"
            }
            let changed = change.changed.joined(separator: ", ")
            return "the judge is not calibrated as it is now: since \(change.calibration.file), "
                + "this changed: \(changed)"
        }
        let agreement = calibration.agreement
        guard let agreement, agreement.hasBothLabels, let kappa = agreement.kappa else {
            return "\(calibration.file) has no κ, since its labels are all passes or all fails; "
                + "κ ≥ \(Threshold.text(floor)) is required"
        }
        if agreement.reaches(floor) { return nil }
        // Rounded down, so that what is below the floor is not shown as the floor.
        let shown = (kappa.value * 1000 + 1e-6).rounded(.down) / 1000
        return "the judge agrees too little with people: κ \(Threshold.text(shown)) in \(calibration.file), "
            + "and κ ≥ \(Threshold.text(floor)) is required"
    }

    /// What to do about a complaint.
    public static let hint =
        "calibrate it with `evalrun judge calibrate LABELS --rubric FILE`, or let it judge all the same with "
        + "--allow-uncalibrated"
}

extension JudgeCalibration {
    /// The counts with what can be computed from them; nil for counts that are none.
    public var agreement: VerdictAgreement? {
        VerdictAgreement(
            truePasses: truePasses, falsePasses: falsePasses, trueFails: trueFails, falseFails: falseFails)
    }
}

extension Interview {
    /// Throws an error of the kind `judge` when an instrument lacks the calibration that the settings require.
    ///
    /// Nothing is asked then: a verdict that can't count need not be paid. Where uncalibrated judges are allowed, a
    /// notice takes the error's place.
    func requireCalibration(of instrument: InstrumentParts, metric: String?) throws(EvaluationError) {
        guard let required = RequiredCalibration(of: desk),
            let complaint = required.complaint(about: instrument, metric: metric, on: desk)
        else { return }
        guard desk.allowsUncalibrated else {
            throw EvaluationError(.judge, complaint, hint: RequiredCalibration.hint)
        }
        note("allowed by --allow-uncalibrated: \(complaint)")
    }
}
