public import Evals
public import Statistics

/// A pass rate of judges beside what it says about the true one, given how the judge did on labeled answers.
///
/// For people: no gate looks at it.
public struct CalibratedRate: Sendable, Hashable {
    /// What the judge's rate becomes.
    public enum Outcome: Sendable, Hashable {
        /// The true rate, with its interval.
        case corrected(CorrectedPassRate)
        /// Why it can't be said.
        case uncorrected(String)
    }

    /// How the judge agreed with people; nil where the verdicts are of several instruments.
    public let agreement: VerdictAgreement?
    /// What the rate becomes.
    public let outcome: Outcome

    /// Corrects a rate.
    ///
    /// Nil when no instrument has a calibration, and without verdicts.
    ///
    /// - Parameters:
    ///   - calibrations: One for each instrument that gave verdicts; nil for one that has none.
    public init?(passes: Int, of verdicts: Int, by calibrations: [JudgeCalibration?]) {
        guard let rate = Proportion(successes: passes, of: verdicts),
            let calibration = calibrations.compactMap(\.self).first
        else { return nil }
        guard calibrations.count == 1 else {
            agreement = nil
            outcome = .uncorrected("the verdicts are of \(calibrations.count) rubrics or judges")
            return
        }
        let agreement = VerdictAgreement(
            truePasses: calibration.truePasses, falsePasses: calibration.falsePasses,
            trueFails: calibration.trueFails, falseFails: calibration.falseFails)
        self.agreement = agreement
        switch agreement?.correction(of: rate) {
        case .corrected(let corrected)?: outcome = .corrected(corrected)
        case .refused?: outcome = .uncorrected("the judge is hardly better than a coin")
        case nil: outcome = .uncorrected("the labels are all passes or all fails")
        }
    }
}
