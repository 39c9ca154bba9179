public import Evals

/// A prompt × model of a suite that a run asks.
public struct PlannedModel: Sendable, Hashable {
    /// The suite's name.
    public var suite: String
    /// The prompt's reference.
    public var prompt: String
    /// The model.
    public var model: ModelSpecification

    /// Creates one.
    public init(suite: String, prompt: String, model: ModelSpecification) {
        self.suite = suite
        self.prompt = prompt
        self.model = model
    }
}

extension Plan {
    /// What this run asks, in the plan's order: the prompts and models that the selection leaves.
    ///
    /// Cases may leave out some of them with `only`. The built-in models are not among them, since they cost nothing.
    public var askedModels: [PlannedModel] {
        zip(suites, trials).flatMap { suite, trials -> [PlannedModel] in
            // Cases that bring their answer along ask nobody.
            guard suite.cases.contains(where: { $0.response == nil }) else { return [] }
            return trials.rows.filter(\.isSelected).flatMap { row in
                row.models.filter { $0.provider != ModelSpecification.echo.provider }.map { model in
                    PlannedModel(suite: suite.name, prompt: suite.prompts[row.prompt].label, model: model)
                }
            }
        }
    }
}
