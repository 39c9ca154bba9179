public import Statistics

/// What a person should know before a judge's verdicts are believed because of a calibration.
public enum CalibrationWarning {
    /// With fewer labels, intervals are so wide that hardly anything is shown.
    public static let fewestLabels = 30

    /// The warnings about a measurement.
    public static func all(about agreement: VerdictAgreement) -> [(id: String, message: String, hint: String)]
    {
        var found: [(id: String, message: String, hint: String)] = []
        if agreement.labels < fewestLabels {
            found.append(
                (
                    "few-labels", "\(agreement.labels) labels say little about a judge",
                    "label \(fewestLabels) answers or more, about half of them bad ones"
                ))
        }
        if !agreement.hasBothLabels {
            let there = agreement.sensitivity == nil ? "fails" : "passes"
            found.append(
                (
                    "one-label", "all labels are \(there), so that half of the judge was never tried",
                    "such a calibration can't satisfy `require_calibration`; label answers of the other kind too"
                ))
        } else if let youden = agreement.youden, (youden * 1e12).rounded() / 1e12 <= 0.1 {
            found.append(
                (
                    "weak-judge",
                    "the judge is hardly better than a coin: sensitivity + specificity − 1 is 0.1 or less",
                    "look at the disagreements: the rubric may mean something else than the people who labeled"
                ))
        }
        return found
    }
}
