public import Evals

/// What the assertions of a plan ask models about answers.
public struct PlannedJudging: Sendable {
    /// A model that is asked.
    public struct Asked: Sendable {
        /// The model.
        public var model: ModelSpecification
        /// What it is asked for.
        public var roles: Set<ModelNeed.Role>
        /// How often it is asked when each assertion asks each of its judges one question.
        ///
        /// Some types ask more than one; fewer are asked where the case has failed already (`when: others-pass`) and
        /// where rubrics are judged together (`batch_rubrics`).
        public var calls: Int
    }

    /// The models, each once, in the order in which assertions need them.
    public var asked: [Asked] = []
    /// The names of the judge prompts that are used.
    public var prompts: Set<String> = []
    /// The executions whose answer is judged by a model.
    public var executions = 0

    /// What is known of how well an instrument agrees with people, by the instrument's hash.
    public var calibrations: [String: JudgeCalibration] = [:]

    /// Creates the judging of a plan whose assertions ask nobody.
    public init() {}

    /// Keeps of what suites demand the models that the selected cases ask.
    init(_ demand: JudgeDemand, calls: [Int], executions: Int) {
        for (index, model) in demand.models.enumerated() where calls[index] > 0 {
            asked.append(Asked(model: model, roles: demand.roles[index], calls: calls[index]))
        }
        prompts = asked.isEmpty ? [] : demand.prompts
        self.executions = executions
    }
}

extension Plan {
    /// The models that assertions ask about answers, each once.
    public var judgeModels: [ModelSpecification] { judging.asked.map(\.model) }
}
