public import Diagnostics

/// The `judge:` of `evalrun.yaml`: who judges, and when.
public struct JudgeSettings: Sendable, Hashable {
    /// When judges are asked.
    public enum Moment: String, Sendable, Hashable, CaseIterable {
        /// For every answer.
        case always
        /// Unless an assertion that asks nobody has already failed the case.
        case othersPass = "others-pass"
    }

    /// Who judges where an assertion does not say; nil: nobody, and each assertion has to say.
    public var panel: JudgePanel?
    /// The model whose embeddings are compared; nil: each assertion has to say.
    public var embeddings: String?
    /// The model behind which a moderation endpoint stands; nil: each assertion has to say.
    public var moderation: String?
    /// When judges are asked.
    public var moment: Moment
    /// Whether the rubrics of one case that have the same judge are judged in one call.
    public var batchesRubrics: Bool
    /// The smallest κ of a calibration with which a judge may decide, up to 1; nil: judges need no calibration.
    public var requiredAgreement: Double?
    /// Where the settings stand; nil when none are written.
    public var mark: SourceMark?

    /// Creates settings, by default those of a project that has none.
    public init(
        panel: JudgePanel? = nil, embeddings: String? = nil, moderation: String? = nil,
        moment: Moment = .always, batchesRubrics: Bool = false, requiredAgreement: Double? = nil,
        mark: SourceMark? = nil
    ) {
        self.panel = panel
        self.embeddings = embeddings
        self.moderation = moderation
        self.moment = moment
        self.batchesRubrics = batchesRubrics
        self.requiredAgreement = requiredAgreement
        self.mark = mark
    }
}
