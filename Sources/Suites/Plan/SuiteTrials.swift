import Diagnostics
import Evals

/// Which prompts and models a suite is run with.
struct SuiteTrials: Sendable {
    /// A prompt and its models.
    struct Row: Sendable {
        /// The index of the prompt in the suite.
        var prompt: Int
        /// The models, in order.
        var models: [ModelSpecification]
        /// The names of the models, and of those that the suite has when nothing narrows the run, each once.
        var declared: [String]
        /// True when `--prompt` or `--model` leaves the row out of this run.
        var isSelected: Bool
    }

    /// The prompts, in order.
    var rows: [Row]
    /// Samples of cases that do not say themselves.
    var samples: Int
    /// The names of models that decide nothing.
    let advisory: Set<String>

    /// Finds the models: of the command, else the profile, else the suite, else the project, else the prompt.
    init(
        _ suite: Suite, project: Project, options: PlanOptions, bag: inout DiagnosticBag
    ) {
        let directory = ModelDirectory(project: project)
        let profile = options.profile.flatMap { project.profiles[$0] }
        samples = options.repetition ?? profile?.repetition ?? suite.repetition ?? 1
        rows = []
        advisory = Set((suite.models ?? []).filter(\.isAdvisory).map(\.name))
        for (index, use) in suite.prompts.enumerated() {
            let isSelected =
                options.prompts.isEmpty
                || options.prompts.contains { $0 == use.label || $0 == use.prompt.name }
            let own = Self.ownModels(suite, use, project: project)
            let override = options.models ?? profile?.models
            // A model that is named twice is still asked once.
            let named = Self.distinct(override?.map { ($0, nil) } ?? own)
            if named.isEmpty, suite.cases.contains(where: { $0.response == nil }), suite.models == nil {
                bag.add(
                    Diagnostic(
                        "no-model", "nothing names a model for the prompt '\(use.label)'", at: use.mark,
                        hint:
                            "add `models: […]` to the suite, or `defaults: {models: […]}` to evalrun.yaml"))
            }
            var models: [ModelSpecification] = []
            for (name, mark) in named {
                switch directory.resolve(name, at: mark, isCommanded: options.models != nil) {
                case .success(var model):
                    model.isAdvisory = advisory.contains(name)
                    models.append(model)
                case .failure(let diagnostic): bag.add(diagnostic)
                }
            }
            let declared = Self.distinct(models.map { ($0.name, nil) } + own).map(\.name)
            rows.append(Row(prompt: index, models: models, declared: declared, isSelected: isSelected))
        }
    }

    /// The names without those that stand further up already.
    private static func distinct(
        _ names: [(name: String, mark: SourceMark?)]
    ) -> [(name: String, mark: SourceMark?)] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0.name).inserted }
    }

    /// The models when neither command nor profile names any: of the suite, else the project, else the prompt.
    private static func ownModels(
        _ suite: Suite, _ use: Suite.PromptUse, project: Project
    ) -> [(name: String, mark: SourceMark?)] {
        if let models = suite.models { return models.map { ($0.name, $0.mark) } }
        if !project.defaultModels.isEmpty {
            return project.defaultModels.map { ($0, project.defaultModelsMark) }
        }
        return use.prompt.model.map { [($0.name, $0.mark)] } ?? []
    }
}
