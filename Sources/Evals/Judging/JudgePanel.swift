/// Who judges: one or several models, each once or several times.
public struct JudgePanel: Sendable, Hashable {
    /// How the verdicts of a panel become one.
    public enum Vote: String, Sendable, Hashable, CaseIterable {
        /// More than half of the verdicts pass.
        case majority
        /// The mean of the scores is enough.
        case mean
        /// Every verdict passes.
        case all
    }

    /// The models' names, at least one.
    public var models: [String]
    /// How the verdicts become one.
    public var vote: Vote
    /// How often each model is asked, from 1.
    public var repetition: Int

    /// Creates a panel.
    public init(models: [String], vote: Vote = .majority, repetition: Int = 1) {
        self.models = models
        self.vote = vote
        self.repetition = repetition
    }
}
