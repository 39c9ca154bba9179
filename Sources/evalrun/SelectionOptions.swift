import ArgumentParser
import Suites

/// The suites that a command line names.
struct SuiteArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Suites: files, folders or names. Default: evalsuites/", valueName: "suite"),
        completion: .file(extensions: ["yaml", "yml"]))
    var suites: [String] = []
}

/// The suites of a command whose arguments are something else.
struct SuiteOptions: ParsableArguments {
    @Option(
        name: .customLong("suite"), parsing: .singleValue,
        help: ArgumentHelp(
            "A suite: a file, a folder or a name; repeatable. Default: evalsuites/", valueName: "suite"),
        completion: .file(extensions: ["yaml", "yml"]))
    var suites: [String] = []
}

/// Options that narrow what of the suites is meant.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Use this model instead of the suites' own; repeatable.", valueName: "name"))
    var model: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Only this prompt, by name or reference; repeatable.", valueName: "name"))
    var prompt: [String] = []

    @Option(
        name: .customLong("case"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only this case: an exact id first, then * and ? as wildcards; repeatable.", valueName: "id"))
    var cases: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Only cases with this tag; repeatable, any of them.", valueName: "tag"))
    var tag: [String] = []

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Samples per case, prompt and model; a case's own `repeat` stays.", valueName: "n")
    )
    var repetition: Int?

    @Option(name: .long, help: ArgumentHelp("A profile of evalrun.yaml.", valueName: "name"))
    var profile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Only what failed or errored in an earlier run: last, or a file of results as JSON.",
            valueName: "results"),
        completion: .file(extensions: ["json"]))
    var failed: String?

    /// Checks the options.
    func validate() throws {
        if let repetition, !(1...1000).contains(repetition) {
            throw ValidationError("--repeat must be from 1 to 1000, not \(repetition).")
        }
    }

    /// The wishes as the planner takes them.
    var planOptions: PlanOptions {
        var options = PlanOptions()
        options.models = model.isEmpty ? nil : model
        options.prompts = prompt
        options.cases = cases
        options.tags = tag
        options.repetition = repetition
        options.profile = profile
        return options
    }
}
