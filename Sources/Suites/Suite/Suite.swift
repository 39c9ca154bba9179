import Diagnostics
import Evals

/// A suite as it is written, its prompts and models resolved.
struct Suite: Sendable {
    /// A prompt as the suite uses it.
    struct PromptUse: Sendable {
        /// The reference as written; `name@VERSION` for each version of `name@all`.
        var label: String
        /// The prompt.
        var prompt: Prompt
        /// Where the suite names it.
        var mark: SourceMark
    }

    /// The name.
    var name: String
    /// The file as it is shown.
    var file: String
    /// Where the name stands.
    var mark: SourceMark
    /// The prompts, in order.
    var prompts: [PromptUse] = []
    /// The models the suite names; nil: none.
    var models: [(name: String, isAdvisory: Bool, mark: SourceMark)]?
    /// Samples per case × prompt × model; nil: one.
    var repetition: Int?
    /// The cases as written.
    var cases: [CaseTemplate] = []
    /// How rows of captured answers become cases; nil when the suite does not say.
    var traces: CaseTemplate?
    /// The gates, implied ones included.
    var gates: [GateSpecification] = []

    /// The suite with its traces as the only case; nil when it has none.
    var scoring: Suite? {
        traces.map { traces in
            var suite = self
            suite.cases = [traces]
            return suite
        }
    }
}
