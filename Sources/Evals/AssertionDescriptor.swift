public import Diagnostics
public import JSON

/// What there is to know about a type of assertion: one table of these is the source of loader, schema and
/// reference.
public struct AssertionDescriptor: Sendable {
    /// Whether a type takes a value.
    public enum ValueNeed: Sendable, Hashable {
        /// It takes none.
        case none
        /// It may have one.
        case optional
        /// It needs one.
        case required
    }

    /// What the number behind an assertion means, and which way it goes; part of the type, so that nobody has to
    /// remember it.
    public enum Scoring: Sendable, Hashable {
        /// Yes or no: the score is 1 or 0.
        case yesNo
        /// A score from 0 to 1, higher is better: reaching the threshold passes; nil: the type has no default.
        case higherIsBetter(threshold: Double?)
        /// A quantity, lower is better: staying at or below the limit passes; nil: the limit must be written.
        case lowerIsBetter(unit: String, limit: Double?)
    }

    /// The chapter of the reference that a type stands in.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// What the answer says, to the letter.
        case text = "Text"
        /// JSON, XML, HTML, SQL.
        case structure = "Structure"
        /// How near the answer is to a reference text.
        case similarity = "Similarity to a reference"
        /// How long it is, what it cost, how the model behaved.
        case measures = "Length, time, cost"
        /// What the model called.
        case tools = "Tool calls"
        /// What should not be in an answer.
        case safety = "Safety and form"
        /// What combines or computes.
        case logic = "Logic"
        /// A model reads the answer and gives a verdict.
        case judges = "Judges"
        /// The metrics of Ragas, as Ragas defines them.
        case ragas = "Ragas"
        /// The metrics of DeepEval, as DeepEval defines them.
        case deepEval = "DeepEval"
        /// Answers compared with each other.
        case comparison = "Comparisons"
        /// Programs of the user's own.
        case programs = "Programs"
    }

    /// An option beside the value.
    public struct Option: Sendable {
        /// The key.
        public var name: String
        /// The JSON Schema of its value.
        public var schema: JSONValue
        /// One sentence for the reference.
        public var summary: String

        /// Creates an option.
        public init(name: String, schema: JSONValue, summary: String) {
            self.name = name
            self.schema = schema
            self.summary = summary
        }
    }

    /// The canonical name.
    public var name: String
    /// Other names of the same type.
    public var aliases: [String]
    /// One sentence for the reference.
    public var summary: String
    /// The chapter of the reference.
    public var family: Family
    /// An entry of an `assert:` list, as a suite would have it, for the reference; it must compile.
    public var example: String
    /// What the number behind it means.
    public var scoring: Scoring
    /// Whether it takes a value.
    public var valueNeed: ValueNeed
    /// The JSON Schema of its value.
    public var valueSchema: JSONValue
    /// True when the value of the short spelling is the threshold: `latency: 5000`.
    public var shortValueIsThreshold: Bool
    /// True when the value holds inner assertions (`assert-set`).
    public var holdsAssertions: Bool
    /// True when strings in the value are templates; false for schemas.
    public var rendersValue: Bool
    /// True when a value of `prompt` stands for the prompt's output schema, and other text without a line feed
    /// for the path of a schema.
    public var valueIsSchema: Bool
    /// The names that a value may use when it is an expression of the template language; nil when it is none.
    public var expressionNames: [String]?
    /// The options beside `threshold`, `weight`, `metric`, `transform`, `select`, `xpath` and `quarantine`, which
    /// all types have.
    public var options: [Option]
    /// The models that an assertion of the type asks; nil for types that ask nobody.
    public var needs: (@Sendable (AssertionSpecification) -> [ModelNeed])?
    /// The judge prompts that an assertion of the type uses, and the variables that each has.
    public var judgePrompts: [JudgePromptUse]
    /// Checks a specification and makes it ready to run; throws what the user did wrong.
    public var compile: @Sendable (AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion

    /// Creates a descriptor.
    public init(
        name: String, aliases: [String] = [], summary: String, family: Family, example: String,
        scoring: Scoring = .yesNo, valueNeed: ValueNeed = .required, valueSchema: JSONValue = true,
        shortValueIsThreshold: Bool = false, holdsAssertions: Bool = false,
        rendersValue: Bool = true, valueIsSchema: Bool = false, expressionNames: [String]? = nil,
        options: [Option] = [],
        needs: (@Sendable (AssertionSpecification) -> [ModelNeed])? = nil,
        judgePrompts: [JudgePromptUse] = [],
        compile: @escaping @Sendable (AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion
    ) {
        self.name = name
        self.aliases = aliases
        self.summary = summary
        self.family = family
        self.example = example
        self.scoring = scoring
        self.valueNeed = valueNeed
        self.valueSchema = valueSchema
        self.shortValueIsThreshold = shortValueIsThreshold
        self.holdsAssertions = holdsAssertions
        self.rendersValue = rendersValue
        self.valueIsSchema = valueIsSchema
        self.expressionNames = expressionNames
        self.options = options
        self.needs = needs
        self.judgePrompts = judgePrompts
        self.compile = compile
    }
}

/// The types of assertion that a program knows, by name and alias.
public struct AssertionCatalog: Sendable {
    /// The types, in the order of the reference.
    public let descriptors: [AssertionDescriptor]
    private let byName: [String: Int]

    /// Creates a catalog; where names clash the first one wins.
    public init(_ descriptors: [AssertionDescriptor]) {
        self.descriptors = descriptors
        var byName: [String: Int] = [:]
        for (index, descriptor) in descriptors.enumerated() {
            for name in [descriptor.name] + descriptor.aliases where byName[name] == nil {
                byName[name] = index
            }
        }
        self.byName = byName
    }

    /// The descriptor of a written type, `not-` taken off; nil when there is none.
    public func resolve(_ written: String) -> (descriptor: AssertionDescriptor, isNegated: Bool)? {
        if let index = byName[written] { return (descriptors[index], false) }
        guard written.hasPrefix("not-"), let index = byName[String(written.dropFirst(4))] else { return nil }
        return (descriptors[index], true)
    }

    /// All names that may be written, without `not-`.
    public var names: [String] { descriptors.flatMap { [$0.name] + $0.aliases } }

    /// The assertion that a specification states, ready to run.
    public func compile(_ specification: AssertionSpecification) throws(DiagnosticError) -> CompiledAssertion
    {
        guard let index = byName[specification.type] else {
            throw DiagnosticError(
                Diagnostic(
                    "unknown-assertion", "unknown assertion '\(specification.type)'", at: specification.mark,
                    hint: Spelling.hint(for: specification.type, among: names)))
        }
        return try descriptors[index].compile(specification)
    }
}
