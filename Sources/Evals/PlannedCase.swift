public import Diagnostics
public import JSON

/// A case of a suite, ready to be executed: one case, its prompts and models already chosen.
public struct PlannedCase: Sendable {
    /// The suite's name.
    public var suite: String
    /// The id, unique in the suite.
    public var id: String
    /// The tags.
    public var tags: [String]
    /// The columns of the dataset's row that gates select by.
    public var row: [String: String]
    /// Where the case stands.
    public var mark: SourceMark
    /// True for rows of a dataset.
    public var isDatasetRow: Bool
    /// An answer captured elsewhere, which is graded and never sent.
    public var response: Reply?
    /// The variables, for assertions.
    public var variables: JSONObject
    /// The retrieved texts.
    public var context: [String]
    /// The right answer.
    public var reference: String?
    /// The question; nil: the last user message.
    public var question: String?
    /// The score to reach instead of "all pass".
    public var threshold: Double?
    /// How often, and how many must pass.
    public var repetition: Repetition
    /// Why the case is not run.
    public var skip: String?
    /// Why the case is expected to fail.
    public var expectedFailure: String?
    /// Set when the case runs without deciding.
    public var quarantine: Quarantine?
    /// The executions' prompts and models, in the plan's order.
    public var trials: [Trial]

    /// One prompt × model of a case.
    public struct Trial: Sendable {
        /// The prompt's reference as the suite writes it.
        public var prompt: String
        /// The prompt's version.
        public var version: String
        /// The model.
        @Boxed public var model: ModelSpecification
        /// The request without sample and call number, or why it can't be made.
        public var request: Result<ModelRequest, EvaluationError>
        /// The assertions, or why they can't be made.
        public var assertions: Result<[CompiledAssertion], EvaluationError>
        /// The samples that this run is about, from 1, in order; nil: all of the case's repetition.
        public var samples: [Int]?

        /// Creates a trial.
        public init(
            prompt: String, version: String, model: ModelSpecification,
            request: Result<ModelRequest, EvaluationError>,
            assertions: Result<[CompiledAssertion], EvaluationError>, samples: [Int]? = nil
        ) {
            self.prompt = prompt
            self.version = version
            self.model = model
            self.request = request
            self.assertions = assertions
            self.samples = samples
        }
    }

    /// The samples of a trial that are run, in order.
    public func samples(of trial: Trial) -> [Int] {
        trial.samples ?? Array(1...max(1, repetition.samples))
    }

    /// Creates a case without trials.
    public init(suite: String, id: String, mark: SourceMark) {
        self.suite = suite
        self.id = id
        self.mark = mark
        tags = []
        row = [:]
        isDatasetRow = false
        variables = [:]
        context = []
        repetition = Repetition()
        trials = []
    }
}

/// How often a case is asked, and how many of the answers must pass.
public struct Repetition: Sendable, Hashable {
    /// Samples per prompt × model, at least 1.
    public var samples: Int
    /// Samples that must pass for the unit to pass; nil: each sample is its own unit.
    public var pass: Int?

    /// Creates a repetition.
    public init(samples: Int = 1, pass: Int? = nil) {
        self.samples = samples
        self.pass = pass
    }
}

/// Cases in the plan's order, one at a time, so that memory does not grow with their number.
public protocol CaseStreaming {
    /// The next case, or nil after the last; throws when a file changed under the run.
    mutating func next() throws(DiagnosticError) -> PlannedCase?
}
