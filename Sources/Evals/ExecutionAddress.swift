/// Which execution of a plan is meant: its case, prompt, model and sample, whatever became of it.
public struct ExecutionAddress: Sendable, Hashable {
    /// The suite's name.
    public var suite: String
    /// The case's id.
    public var caseID: String
    /// The prompt's reference as the suite writes it.
    public var prompt: String
    /// The model's alias or inline name.
    public var model: String
    /// Which of the repeated samples, from 1.
    public var sample: Int

    /// Creates an address.
    public init(suite: String, caseID: String, prompt: String, model: String, sample: Int = 1) {
        self.suite = suite
        self.caseID = caseID
        self.prompt = prompt
        self.model = model
        self.sample = sample
    }

    /// The address of an execution.
    public init(of execution: Execution) {
        self.init(
            suite: execution.suite, caseID: execution.caseID, prompt: execution.prompt,
            model: execution.model, sample: execution.sample)
    }
}

extension ExecutionAddress: Comparable {
    /// Orders by suite, case, prompt, model and sample.
    public static func < (left: ExecutionAddress, right: ExecutionAddress) -> Bool {
        (left.suite, left.caseID, left.prompt, left.model, left.sample)
            < (right.suite, right.caseID, right.prompt, right.model, right.sample)
    }
}

extension ExecutionAddress: CustomStringConvertible {
    /// `SUITE › CASE [PROMPT · MODEL]`, and ` #2` for a later sample.
    public var description: String {
        "\(suite) › \(caseID) [\(prompt) · \(model)]" + (sample == 1 ? "" : " #\(sample)")
    }
}
