/// How a judge's verdicts, pass or fail, agree with those of people.
public struct VerdictAgreement: Sendable, Hashable {
    /// Answers that people passed and the judge passed.
    public let truePasses: Int
    /// Answers that people failed and the judge passed.
    public let falsePasses: Int
    /// Answers that people failed and the judge failed.
    public let trueFails: Int
    /// Answers that people passed and the judge failed.
    public let falseFails: Int
    /// The four counts as a table: category 0 is "pass", 1 is "fail".
    public let matrix: ConfusionMatrix

    /// Creates an agreement; nil when a count is negative or they add up to more than an integer holds.
    public init?(truePasses: Int, falsePasses: Int, trueFails: Int, falseFails: Int) {
        guard let matrix = ConfusionMatrix([[truePasses, falseFails], [falsePasses, trueFails]]) else {
            return nil
        }
        self.matrix = matrix
        self.truePasses = truePasses
        self.falsePasses = falsePasses
        self.trueFails = trueFails
        self.falseFails = falseFails
    }

    /// How many answers both judged.
    public var labels: Int { matrix.total }

    /// The answers on which both agree, among all; nil without answers.
    public var agreement: Proportion? { matrix.agreement }

    /// How often people pass an answer; nil without answers.
    public var baseRate: Proportion? { matrix.baseRate(of: 0) }

    /// How often the judge passes what people pass; nil when they pass nothing.
    public var sensitivity: Proportion? { matrix.sensitivity(to: 0) }

    /// How often the judge fails what people fail; nil when they fail nothing.
    public var specificity: Proportion? { matrix.specificity(to: 0) }

    /// Whether people passed some answers and failed others.
    ///
    /// Without both, half of what a judge can get wrong was never tried.
    public var hasBothLabels: Bool { sensitivity != nil && specificity != nil }

    /// Cohen's κ; nil when chance alone would agree always.
    public var kappa: Estimate? { matrix.cohenKappa }

    /// Gwet's AC1; nil without answers.
    public var gwetAC1: Double? { matrix.gwetAC1 }

    /// Sensitivity + specificity − 1, of which 0 is a coin's; nil without both labels.
    public var youden: Double? {
        guard let sensitivity, let specificity else { return nil }
        return sensitivity.rate + specificity.rate - 1
    }

    /// Whether κ is known, from both labels, and reaches a floor.
    public func reaches(_ floor: Double) -> Bool {
        guard hasBothLabels, let kappa else { return false }
        // 0.6 as it comes out of sums of doubles is not below 0.6.
        return kappa.value >= floor - 1e-12
    }

    /// What a pass rate of this judge says about the true one; nil without both labels.
    public func correction(of passRate: Proportion) -> PassRateCorrection? {
        guard let sensitivity, let specificity else { return nil }
        return .roganGladen(passRate: passRate, sensitivity: sensitivity, specificity: specificity)
    }
}
