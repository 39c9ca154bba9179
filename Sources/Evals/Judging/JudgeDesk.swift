/// What the judges of one run have in common: settings, models, prompts and prices.
public struct JudgeDesk: Sendable {
    /// The `judge:` of the project.
    public var settings: JudgeSettings
    /// The models that assertions may ask, by the names they are asked by.
    public var models: [String: ModelSpecification]
    /// The prompts by name.
    public var prompts: [String: JudgePrompt]
    /// The names of the prompts that each type of assertion uses.
    public var uses: [String: [String]]
    /// What models cost.
    public var prices: PriceTable
    /// What is known of how well an instrument agrees with people, by the instrument's hash.
    public var calibrations: [String: JudgeCalibration]
    /// Whether judges may decide without the calibration that the settings require.
    public var allowsUncalibrated: Bool
    /// The names of the models that are known to give log probabilities.
    public var logprobModels: Set<String>
    /// A request as it is recorded, what is secret replaced: requests that look the same then have to be numbered.
    public var recorded: @Sendable (ModelRequest) -> ModelRequest
    /// A text as it is recorded: what is derived from texts and recorded too, such as tags, is derived from this.
    public var masked: @Sendable (String) -> String

    /// Creates a desk.
    public init(
        settings: JudgeSettings = JudgeSettings(), models: [String: ModelSpecification] = [:],
        prompts: [String: JudgePrompt] = [:], uses: [String: [String]] = [:],
        prices: PriceTable = PriceTable(),
        calibrations: [String: JudgeCalibration] = [:], allowsUncalibrated: Bool = false,
        logprobModels: Set<String> = [],
        recorded: @escaping @Sendable (ModelRequest) -> ModelRequest = { $0 },
        masked: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.settings = settings
        self.models = models
        self.prompts = prompts
        self.uses = uses
        self.prices = prices
        self.calibrations = calibrations
        self.allowsUncalibrated = allowsUncalibrated
        self.logprobModels = logprobModels
        self.recorded = recorded
        self.masked = masked
    }

    /// The model of a name that an assertion asks.
    ///
    /// Errors are of the kind `judge`; loading a project finds unknown names before anything runs.
    public func model(_ name: String) throws(EvaluationError) -> ModelSpecification {
        guard let model = models[name] else {
            throw EvaluationError(
                .judge, "there is no model '\(name)' to ask", hint: "add it to models: in evalrun.yaml")
        }
        return model
    }

    /// The prompt of a name.
    ///
    /// Errors are of the kind `judge`.
    public func prompt(_ name: String) throws(EvaluationError) -> JudgePrompt {
        guard let prompt = prompts[name] else {
            throw EvaluationError(.judge, "there is no judge prompt '\(name)'")
        }
        return prompt
    }
}
