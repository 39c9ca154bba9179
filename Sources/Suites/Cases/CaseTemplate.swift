import Diagnostics
import Evals
import JSON
import Templates

/// A case as it is written: it becomes one case, or many through a dataset or a matrix.
struct CaseTemplate: Sendable {
    /// How the id comes about.
    enum Identity: Sendable {
        /// It is written.
        case fixed(String)
        /// It follows from the row.
        case template(Template)
        /// It is the hash of the row's content.
        case rowHash
    }

    /// How the id comes about.
    var identity: Identity
    /// Where the case stands.
    var mark: SourceMark
    /// The tags, the suite's own included.
    var tags: [ValueTemplate] = []
    /// The variables, the suite's defaults included.
    var variables: [(name: String, value: ValueTemplate)] = []
    /// The names among them that the case itself writes.
    var ownVariables: [(name: String, mark: SourceMark)] = []
    /// True for `vars: row`: each column is a variable.
    var takesWholeRow = false
    /// The user message of a prompt without one.
    var input: ValueTemplate?
    /// The retrieved texts.
    var context: ValueTemplate?
    /// The right answer.
    var reference: ValueTemplate?
    /// The question.
    var question: ValueTemplate?
    /// Messages before the last user message.
    var history: [MessageTemplate] = []
    /// An answer captured elsewhere.
    var response: ValueTemplate?
    /// The expectations, the suite's defaults included.
    var assertions: [AssertionTemplate] = []
    /// The expectations for each prompt of the suite, when some depend on the prompt.
    var assertionsByPrompt: [[AssertionTemplate]]?
    /// The score to reach instead of "all pass".
    var threshold: Double?
    /// Values that multiply the case.
    var matrix: [(name: String, values: [JSONValue])] = []
    /// The models the case is for; nil: all.
    var onlyModels: [String]?
    /// The prompts the case is for; nil: all.
    var onlyPrompts: [String]?
    /// Where the restriction stands.
    var onlyMark: SourceMark
    /// How often, when the case says so itself.
    var repetition: Repetition?
    /// Why the case is not run.
    var skip: String?
    /// Why it is expected to fail.
    var expectedFailure: String?
    /// Set when it runs without deciding.
    var quarantine: Quarantine?
    /// The file whose rows become cases.
    var dataset: DatasetSpecification?

    /// True when the case or what it starts from has mistakes, which are reported: what seems to be missing in it
    /// may be there.
    var isBroken = false

    /// Creates a case without anything.
    init(identity: Identity, mark: SourceMark) {
        self.identity = identity
        self.mark = mark
        onlyMark = mark
    }

    /// The combinations of the matrix's values, in order; one empty combination without a matrix.
    var combinations: [[(name: String, value: JSONValue)]] {
        matrix.reduce([[]]) { partial, axis in
            partial.flatMap { combination in axis.values.map { combination + [(axis.name, $0)] } }
        }
    }

    /// Whether `only:` leaves a prompt in.
    func isFor(_ use: Suite.PromptUse) -> Bool {
        onlyPrompts.map { names in names.contains { $0 == use.label || $0 == use.prompt.name } } ?? true
    }

    /// The template of one of `CaseVariables.builtIn`; nil when it is not written.
    func builtIn(_ name: String) -> ValueTemplate? {
        switch name {
        case "context": context
        case "reference": reference
        case "input": input
        case "question": question
        default: nil
        }
    }

    /// The variables of the case's own templates, which may use the row.
    var ownFreeVariables: [FreeVariable] {
        let values = [input, context, reference, question, response].compactMap { $0 }
        return values.flatMap(\.freeVariables) + assertions.flatMap(\.freeVariables)
            + history.flatMap(\.freeVariables)
    }
}
