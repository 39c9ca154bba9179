public import Evals
public import Statistics

/// What a judge said of labeled answers, one after the other.
public struct CalibrationOutcome: Sendable {
    /// An answer that people and the judge see differently.
    public struct Disagreement: Sendable, Hashable {
        /// The answer's id.
        public let id: String
        /// Whether people pass it; the judge does the opposite.
        public let humanPasses: Bool
        /// The judge's words.
        public let reason: String
        /// The answer.
        public let output: String
    }

    /// A label on which the judge gave no verdict.
    public struct Gap: Sendable, Hashable {
        /// The answer's id.
        public let id: String
        /// Why.
        public let error: EvaluationError
    }

    /// The disagreements, in the order of the labels.
    public private(set) var disagreements: [Disagreement] = []
    /// The labels without a verdict, in the order of the labels.
    public private(set) var gaps: [Gap] = []
    /// The ids of labels that were decided without asking a judge, in the order of the labels.
    public private(set) var unasked: [String] = []
    /// The labels that were judged or were to be.
    public private(set) var labels = 0

    private var truePasses = 0
    private var falsePasses = 0
    private var trueFails = 0
    private var falseFails = 0

    /// Creates the outcome of no label.
    public init() {}

    /// Adds a verdict on a labeled answer.
    public mutating func add(
        verdict passes: Bool, reason: String, on id: String, labeled humanPasses: Bool, output: String
    ) {
        labels += 1
        switch (humanPasses, passes) {
        case (true, true): truePasses += 1
        case (false, true): falsePasses += 1
        case (false, false): trueFails += 1
        case (true, false): falseFails += 1
        }
        guard humanPasses != passes else { return }
        disagreements.append(
            Disagreement(id: id, humanPasses: humanPasses, reason: reason, output: output))
    }

    /// Adds a label on which there is no verdict.
    public mutating func add(gap error: EvaluationError, on id: String) {
        labels += 1
        gaps.append(Gap(id: id, error: error))
    }

    /// Adds a label that was decided without asking a judge, as where `select` finds nothing.
    ///
    /// It says nothing about the judge, whatever the decision was.
    public mutating func add(unasked id: String) {
        labels += 1
        unasked.append(id)
    }

    /// How many labels no judge gave a verdict on.
    public var withoutVerdict: Int { gaps.count + unasked.count }

    /// The four counts, of verdicts alone.
    public var agreement: VerdictAgreement? {
        VerdictAgreement(
            truePasses: truePasses, falsePasses: falsePasses, trueFails: trueFails, falseFails: falseFails)
    }

    /// The exit status that the measurement calls for; nothing is kept unless it is `passed`.
    ///
    /// Every tenth label may be without a verdict, since the judge gave none or was not asked; any other trouble makes the measurement void, since it
    /// says nothing about the judge and can be had without it.
    public var status: ExitStatus {
        var statuses: [ExitStatus] = []
        for gap in gaps {
            switch gap.error.kind {
            case .interrupted: statuses.append(.interrupted)
            case .budget: statuses.append(.budget)
            case .judge: continue
            case let kind: statuses.append(kind.isMissingRecording ? .recordingMissing : .errored)
            }
        }
        if withoutVerdict * 10 > labels || withoutVerdict == labels { statuses.append(.errored) }
        return ExitStatus.winner(of: statuses)
    }
}
