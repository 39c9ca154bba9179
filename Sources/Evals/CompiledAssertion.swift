public import Diagnostics
public import JSON

/// An assertion ready to run, many times and from many tasks.
public struct CompiledAssertion: Sendable {
    /// What was stated.
    public var specification: AssertionSpecification
    /// Why it can never fail, where that is so: worth a warning.
    public var vacuity: String?
    /// What is most likely a mistake in the value, such as a misspelt keyword of a schema.
    public var warnings: [Diagnostic] = []
    /// What `transform`, `select` and `xpath` make of an answer; nil where none of them is written.
    ///
    /// Throws when the answer can't be narrowed down for another reason than what it says.
    public var narrow: (@Sendable (Subject) throws(EvaluationError) -> Narrowed)?
    /// True when it asks models beside the one under test.
    public var asks: Bool = false
    /// True when it needs the answers of the same case by other prompts and models.
    public var compares: Bool = false
    /// What it asks in common with others of the same execution, and the group of those; nil: nothing.
    public var sharedQuestion: SharedQuestion?
    /// The instruments that decide it and the assertions inside of it; empty where no judge does.
    public var instruments: [InstrumentUse] = []
    /// Judges one answer without regard to `not-`, which is applied in one place for all types.
    ///
    /// Throws when the assertion can't be evaluated; that is never a failed expectation.
    public var judge: @Sendable (Subject) async throws(EvaluationError) -> Judgement

    /// Creates a compiled assertion.
    public init(
        _ specification: AssertionSpecification, vacuity: String? = nil,
        judge: @escaping @Sendable (Subject) async throws(EvaluationError) -> Judgement
    ) {
        self.specification = specification
        self.vacuity = vacuity
        self.judge = judge
    }
}

/// What is left of an answer for an assertion to look at.
public enum Narrowed: Sendable {
    /// This is.
    case found(Subject)
    /// Nothing: a failed expectation, under `not-` as well; why, and what was looked for.
    case nothing(reason: String, expected: String)
}

/// A question that several assertions of an execution may put to a judge in one call.
public struct SharedQuestion: Sendable, Hashable {
    /// Those with the same group can be asked together: the same judge, prompt, and part of the answer.
    public var group: String
    /// The assertion's part of the question.
    public var content: JSONValue

    /// Creates a question.
    public init(group: String, content: JSONValue) {
        self.group = group
        self.content = content
    }
}

/// What an assertion looks at.
public struct Subject: Sendable {
    /// The text that is judged: the answer's content, or what `transform`, `select` or `xpath` made of it.
    public var output: String
    /// The value taken from it, when that is not a text.
    public var selected: JSONValue?
    /// The whole answer.
    public var reply: Reply
    /// What the answer cost; nil when unknown.
    public var cost: Money?
    /// The conversation that led to the answer.
    public var messages: [Message]
    /// The variables of the case.
    public var variables: JSONObject
    /// The retrieved texts of the case.
    public var context: [String]
    /// The right answer, as the case states it.
    public var reference: String?
    /// The question; by default the last user message.
    public var question: String?
    /// The tools that were offered.
    public var tools: [JSONValue]
    /// Asks models about the answer; nil where nobody may be asked.
    public var interview: Interview?
    /// The name of the assertion among those of its case: its metric, else type and place, `llm-rubric-2`.
    public var label = ""

    /// Creates a subject; the output defaults to the reply's content.
    public init(
        reply: Reply, cost: Money? = nil, messages: [Message] = [], variables: JSONObject = [:],
        context: [String] = [], reference: String? = nil, question: String? = nil, tools: [JSONValue] = []
    ) {
        output = reply.content ?? ""
        self.reply = reply
        self.cost = cost
        self.messages = messages
        self.variables = variables
        self.context = context
        self.reference = reference
        self.question = question
        self.tools = tools
    }
}

/// What a type of assertion says of one answer, before `not-`.
public struct Judgement: Sendable, Hashable {
    /// Whether the expectation is met.
    public var passed: Bool
    /// From 0 to 1.
    public var score: Double
    /// One sentence: what was found, for passes too.
    public var reason: String
    /// What was expected, for display.
    public var expected: String?
    /// What was found, for display.
    public var actual: String?
    /// The results of the inner assertions of a set.
    public var inner: [AssertionResult]
    /// True when the answer has nothing to look at (no JSON, say): failed, and under `not-` as well.
    public var isInapplicable: Bool
    /// What a person can check the verdict by: claims, verdicts, votes; nil for types without such.
    public var details: JSONValue?
    /// Which instrument judged; nil when no judge did.
    public var stamp: JudgeStamp?

    /// Creates a judgement; the score defaults to 1 for a pass and 0 else.
    public init(
        passed: Bool, score: Double? = nil, reason: String, expected: String? = nil, actual: String? = nil,
        inner: [AssertionResult] = [], isInapplicable: Bool = false, details: JSONValue? = nil,
        stamp: JudgeStamp? = nil
    ) {
        self.passed = passed
        self.isInapplicable = isInapplicable
        self.score = score ?? (passed ? 1 : 0)
        self.reason = reason
        self.expected = expected
        self.actual = actual
        self.inner = inner
        self.details = details
        self.stamp = stamp
    }
}

/// What became of one assertion of an execution, `not-` applied.
public struct AssertionResult: Sendable, Hashable {
    /// The type as written, with `not-`.
    public var type: String
    /// The metric the score counts for.
    public var metric: String?
    /// Whether the expectation is met.
    public var passed: Bool
    /// From 0 to 1.
    public var score: Double
    /// The weight; 0 reports and never decides.
    public var weight: Double
    /// One sentence.
    public var reason: String
    /// What was expected, for display.
    public var expected: String?
    /// What was found, for display.
    public var actual: String?
    /// True when the assertion is in quarantine: it is shown and never decides.
    public var isQuarantined: Bool
    /// Why it could not be evaluated.
    public var error: EvaluationError?
    /// Inner results of a set.
    public var inner: [AssertionResult]
    /// True when a judge was not asked, since the case had failed already: not passed, and scored 0.
    public var isUnasked = false
    /// What a person can check the verdict by.
    public var details: JSONValue?
    /// Which instrument judged.
    public var stamp: JudgeStamp?

    /// Creates a result.
    public init(
        type: String, metric: String? = nil, passed: Bool, score: Double, weight: Double = 1, reason: String,
        expected: String? = nil, actual: String? = nil, isQuarantined: Bool = false,
        error: EvaluationError? = nil, inner: [AssertionResult] = []
    ) {
        self.type = type
        self.metric = metric
        self.passed = passed
        self.score = score
        self.weight = weight
        self.reason = reason
        self.expected = expected
        self.actual = actual
        self.isQuarantined = isQuarantined
        self.error = error
        self.inner = inner
    }
}
