import Diagnostics
import Evals
import JSON

/// Which models the assertions of some suites ask about answers, and what is wrong with that.
struct JudgeDemand {
    /// One question to a model that an assertion has at least.
    private struct Seat: Hashable {
        var model: Int
        var role: ModelNeed.Role
        var calls: Int
    }

    /// The assertions of a case for one prompt.
    struct Place: Hashable {
        /// The index of the suite.
        var suite: Int
        /// The index of the case's template.
        var template: Int
        /// The index of the prompt; nil where the prompt does not matter.
        var prompt: Int?
    }

    private struct Pairing: Hashable {
        var mark: SourceMark
        var judge: String
        var model: String
    }

    /// The models that are asked, each once, in the order in which assertions name them.
    private(set) var models: [ModelSpecification] = []
    /// What each of the models is asked for.
    private(set) var roles: [Set<ModelNeed.Role>] = []
    /// The judge prompts that are used.
    private(set) var prompts: Set<String> = []
    /// What is wrong, and warnings.
    private(set) var diagnostics: [Diagnostic] = []

    private let directory: JudgeDirectory
    private var calls: [Place: [(model: Int, calls: Int)]] = [:]
    private var known: [SourceMark: [Seat]] = [:]
    private var warned: Set<Pairing> = []

    /// Looks through all assertions, inner ones included.
    init(_ suites: [Suite], planner: CasePlanner, project: Project) {
        directory = JudgeDirectory(project: project)
        for (index, suite) in suites.enumerated() {
            for (number, template) in suite.cases.enumerated() {
                let lists = template.assertionsByPrompt ?? [template.assertions]
                for (prompt, assertions) in lists.enumerated() {
                    let asking = Self.asking(assertions)
                    guard !asking.isEmpty else { continue }
                    let models = planner.pairs(of: template, suite: index).map(\.model)
                    let place = Place(
                        suite: index, template: number,
                        prompt: template.assertionsByPrompt == nil ? nil : prompt)
                    calls[place] = asking.flatMap { assertion in
                        seats(of: assertion, judging: template.response == nil ? models : [])
                            .map { ($0.model, $0.calls) }
                    }
                }
            }
        }
    }

    /// The calls that the assertions of a case make at least for one answer, by the indices of the models.
    func calls(suite: Int, template: Int, prompt: Int) -> [(model: Int, calls: Int)] {
        guard !calls.isEmpty else { return [] }
        return calls[Place(suite: suite, template: template, prompt: nil)]
            ?? calls[Place(suite: suite, template: template, prompt: prompt)] ?? []
    }

    /// The assertions that ask models, those inside of sets included.
    private static func asking(_ assertions: [AssertionTemplate]) -> [AssertionTemplate] {
        assertions.flatMap { ($0.descriptor.needs == nil ? [] : [$0]) + asking($0.inner) }
    }

    private mutating func seats(
        of assertion: AssertionTemplate, judging tested: [ModelSpecification]
    ) -> [Seat] {
        let base = assertion.base
        // The same place is the same assertion: a default, or an entry of a list that many cases use.
        let seats: [Seat]
        if let found = known[base.mark] {
            seats = found
        } else {
            seats = (assertion.descriptor.needs?(base) ?? []).flatMap { self.seats(for: $0, of: base) }
            known[base.mark] = seats
            prompts.formUnion(assertion.descriptor.judgePrompts.map(\.name))
        }
        for seat in seats where seat.role == .judge {
            for model in tested { warn(of: models[seat.model], judging: model, base) }
        }
        return seats
    }

    private mutating func seats(for need: ModelNeed, of base: AssertionSpecification) -> [Seat] {
        let settings = directory.project.judge
        var names = need.names
        var repetition = 1
        switch need.role {
        case .judge:
            repetition =
                names == nil
                ? settings.panel?.repetition ?? 1 : base.options["panel"]?["repeat"]?.integer ?? 1
            names = names ?? settings.panel?.models
        case .embeddings: names = names ?? settings.embeddings.map { [$0] }
        case .moderation: names = names ?? settings.moderation.map { [$0] }
        case .classifier: break
        }
        guard let names, !names.isEmpty else {
            // What is written and wrong is reported where it stands.
            if !directory.project.judgeRoles.contains(need.role) {
                diagnostics.append(Self.nobody(need.role, base))
            }
            return []
        }
        var found: [ModelSpecification] = []
        for name in names {
            switch directory.resolve(name, for: need.role, at: base.mark) {
            case .success(let model): found.append(model)
            case .failure(let diagnostic): diagnostics.append(diagnostic)
            }
        }
        if need.role == .judge, need.names != nil,
            let complaint = JudgeDirectory.complaint(about: found, at: base.mark)
        {
            diagnostics.append(complaint)
        }
        return found.map { Seat(model: index(of: $0, need.role), role: need.role, calls: repetition) }
    }

    private mutating func index(of model: ModelSpecification, _ role: ModelNeed.Role) -> Int {
        if let index = models.firstIndex(where: { $0.name == model.name }) {
            roles[index].insert(role)
            return index
        }
        models.append(model)
        roles.append([role])
        return models.count - 1
    }

    private static func nobody(_ role: ModelNeed.Role, _ base: AssertionSpecification) -> Diagnostic {
        let type = base.writtenType
        switch role {
        case .judge:
            return Diagnostic(
                "no-judge", "nobody is named to judge '\(type)'", at: base.mark,
                hint: "add `judge: {model: NAME}` to evalrun.yaml, or `judge: NAME` to the assertion")
        case .embeddings:
            return Diagnostic(
                "no-embeddings", "no model is named for the embeddings of '\(type)'", at: base.mark,
                hint: "add `judge: {embeddings: NAME}` to evalrun.yaml, or name it in the assertion")
        case .moderation:
            return Diagnostic(
                "no-moderation", "no model is named for the moderation of '\(type)'", at: base.mark,
                hint: "add `judge: {moderation: NAME}` to evalrun.yaml, or name it in the assertion")
        case .classifier:
            return Diagnostic(
                "no-classifier", "no model is named for the labels of '\(type)'", at: base.mark,
                hint: "name it in the assertion")
        }
    }

    private mutating func warn(
        of judge: ModelSpecification, judging model: ModelSpecification, _ base: AssertionSpecification
    ) {
        guard isSame(judge, model),
            warned.insert(Pairing(mark: base.mark, judge: judge.name, model: model.name)).inserted
        else { return }
        let message =
            judge.name == model.name
            ? "'\(judge.name)' judges its own answers in '\(base.writtenType)'"
            : "the judge '\(judge.name)' of '\(base.writtenType)' is the model '\(model.name)' that it judges"
        diagnostics.append(
            Diagnostic(
                "judge-is-model", message, at: base.mark,
                hint: "models prefer what they wrote themselves; let another one judge",
                severity: .warning))
    }

    /// Whether two names stand for one model.
    ///
    /// The id of a model behind `http` or `exec` is a word of the project's own, which means nothing elsewhere.
    private func isSame(_ judge: ModelSpecification, _ model: ModelSpecification) -> Bool {
        if judge.name == model.name { return true }
        let own = ["http", "exec"]
        let isOwn = [judge, model].contains {
            own.contains(directory.project.kind(ofProvider: $0.provider))
        }
        if isOwn, judge.provider != model.provider { return false }
        return judge.identity == model.identity || judge.model == model.model
    }
}
