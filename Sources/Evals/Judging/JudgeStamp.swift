/// Which instrument gave a verdict, so that results can be compared and corrected.
public struct JudgeStamp: Sendable, Hashable {
    /// The names of the models that judged, in order.
    public var models: [String]
    /// The prompts used, each `name@version`.
    public var prompts: [String]
    /// The hash of the instrument: models, prompts, rubric and threshold.
    public var instrument: String
    /// The file of the instrument's calibration; nil when it has none.
    public var calibration: String?
    /// Verdicts of a panel, in order; one for a single judge.
    public var votes: [Bool]
    /// True when the order of the answers changed what a comparing judge preferred; nil where nothing is compared.
    public var isFlipped: Bool?

    /// Creates a stamp.
    public init(
        models: [String], prompts: [String], instrument: String, calibration: String? = nil,
        votes: [Bool] = [], isFlipped: Bool? = nil
    ) {
        self.models = models
        self.prompts = prompts
        self.instrument = instrument
        self.calibration = calibration
        self.votes = votes
        self.isFlipped = isFlipped
    }
}
