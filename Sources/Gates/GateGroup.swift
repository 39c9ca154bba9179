import Diagnostics
public import Evals

/// One prompt × model of a suite: what a gate judges by itself unless it pools the suite.
public struct GateGroup: Sendable, Hashable {
    /// The suite's name.
    public var suite: String
    /// The prompt's reference as the suite writes it.
    public var prompt: String
    /// The model's name.
    public var model: String
    /// True when the model is advisory.
    public var isAdvisory: Bool

    /// Creates a group.
    public init(suite: String, prompt: String, model: String, isAdvisory: Bool = false) {
        self.suite = suite
        self.prompt = prompt
        self.model = model
        self.isAdvisory = isAdvisory
    }

    /// Whether the filter's conditions on prompt and model leave room for this group.
    func mayMatch(_ filter: GateFilter?) -> Bool {
        guard let filter else { return true }
        let sample = Execution(
            suite: suite, caseID: "", prompt: prompt, version: "", model: model, mark: .init(file: ""))
        return GateFilter(prompts: filter.prompts, models: filter.models).matches(sample)
    }
}

/// A suite's gates, completed by those that are implied.
public struct SuiteGates: Sendable, Hashable {
    /// The suite's name.
    public var suite: String
    /// The gates in the order in which they were written, the implied ones last.
    public var gates: [GateSpecification]

    /// Creates the list; it is taken as it is, see `GateSpecification.complete`.
    public init(suite: String, gates: [GateSpecification]) {
        self.suite = suite
        self.gates = gates
    }
}
