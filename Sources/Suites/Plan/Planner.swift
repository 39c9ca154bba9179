public import Diagnostics
import Evals
import Files
import JSON

extension Workspace {
    /// Plans a run of suites; nil, with diagnostics, when there is a mistake or nothing to run.
    ///
    /// Warnings come along with a plan too.
    public func plan(_ options: PlanOptions) -> (plan: Plan?, diagnostics: [Diagnostic]) {
        var bag = DiagnosticBag()
        checkOptions(options, &bag)
        let trials = suites.map { SuiteTrials($0, project: project, options: options, bag: &bag) }
        checkRestrictions(trials, &bag)
        if options.checksProviders { checkProviders(trials, &bag) }
        let columns = suites.map { suite in
            Set(suite.gates.flatMap { $0.filter?.row.keys.map { $0 } ?? [] }).sorted()
        }
        var selection = CaseSelection(
            tags: options.tags, hasCases: !options.cases.isEmpty,
            only: options.only.map { ExecutionSelection($0) })
        for pattern in options.cases {
            let wildcard = Wildcard(pattern)
            if wildcard.isLiteral {
                selection.exact.insert(pattern)
            } else {
                selection.patterns.append(.init(pattern))
            }
        }
        let demand = JudgeDemand(
            suites,
            planner: CasePlanner(
                suites: suites, trials: trials, gateColumns: columns, only: selection.only),
            project: project)
        bag.add(contentsOf: demand.diagnostics)
        var calibrations: [String: JudgeCalibration] = [:]
        if readsCalibrations, demand.roles.contains(where: { $0.contains(.judge) }) {
            let folder = self.calibrations()
            bag.add(contentsOf: folder.diagnostics)
            calibrations = folder.calibrations
        }
        var checker = PlanChecker(
            suites: suites, trials: trials, selection: selection, gateColumns: columns, catalog: catalog,
            demand: demand, isComplete: isComplete, addresses: options.only ?? [])
        checker.run(tree: tree, asked: Set(options.cases))
        let meantExactly = options.cases.filter { !Wildcard($0).isLiteral && checker.exactIDs.contains($0) }
        if !meantExactly.isEmpty {
            // An id may look like a pattern, as those of a matrix do; the exact id comes first.
            selection.patterns = options.cases.filter {
                !Wildcard($0).isLiteral && !meantExactly.contains($0)
            }
            .map { .init($0) }
            selection.exact.formUnion(meantExactly)
            checker = PlanChecker(
                suites: suites, trials: trials, selection: selection, gateColumns: columns, catalog: catalog,
                demand: demand, isComplete: isComplete, addresses: options.only ?? [])
            checker.run(tree: tree, asked: Set(options.cases))
        }
        bag.add(contentsOf: checker.bag.diagnostics)
        for tag in checker.idleTags where isComplete && !checker.bag.hasErrors {
            bag.add(
                Diagnostic(
                    "unknown-tag", "no case of the selected suites has the tag '\(tag)'",
                    hint: Spelling.nearest(to: tag, among: checker.tagExamples.sorted())
                        .map { "did you mean --tag '\($0)'?" }))
        }
        if !bag.hasErrors, isComplete, checker.executions == 0 {
            bag.add(nothingSelected(options, checker))
        } else if !bag.hasErrors, isComplete, let warning = Self.unmet(checker.unmetAddresses) {
            bag.add(warning)
        }
        for id in selection.exact.sorted()
        where !bag.hasErrors && isComplete && !checker.exactIDs.contains(id) {
            bag.add(
                Diagnostic(
                    "unknown-case", "there is no case '\(id)'",
                    hint: Spelling.nearest(to: id, among: checker.examples).map { "did you mean '\($0)'?" }))
        }
        for pattern in checker.idlePatterns where !bag.hasErrors && isComplete {
            bag.add(Diagnostic("unknown-case", "no case fits '\(pattern.written)'"))
        }
        guard !bag.hasErrors, isComplete else { return (nil, bag.sorted) }
        var plan = Plan(
            suites: suites, trials: trials, selection: selection, gateColumns: columns, tree: tree,
            fingerprints: checker.fingerprints)
        plan.gates = suites.map { ($0.name, $0.gates) }
        plan.groups = checker.groups
        plan.executions = checker.executions
        plan.cases = checker.cases
        plan.rowCounts = checker.rowCounts
        plan.judging = PlannedJudging(demand, calls: checker.judgeCalls, executions: checker.judgedExecutions)
        plan.judging.calibrations = calibrations
        let profile = options.profile.flatMap { project.profiles[$0] }
        plan.isNarrowed = options.isNarrowing || profile?.models != nil
        plan.sha256 = checker.sha256
        return (plan, bag.sorted)
    }

    /// Reports `only: {models: […]}` with a model that the suite is never run with.
    private func checkRestrictions(_ trials: [SuiteTrials], _ bag: inout DiagnosticBag) {
        let elsewhere = project.profiles.values.flatMap { $0.models ?? [] }
        for (suite, trial) in zip(suites, trials) {
            let known = Set(trial.rows.flatMap(\.declared) + elsewhere)
            for template in suite.cases where template.response == nil {
                for name in template.onlyModels ?? [] where !known.contains(name) {
                    bag.add(
                        Diagnostic(
                            "unknown-model", "the suite is not run with a model '\(name)'",
                            at: template.onlyMark, hint: Spelling.hint(for: name, among: known.sorted())))
                }
            }
        }
    }

    private func checkOptions(_ options: PlanOptions, _ bag: inout DiagnosticBag) {
        if let name = options.profile, project.profiles[name] == nil {
            bag.add(
                Diagnostic(
                    "unknown-profile", "there is no profile '\(name)'",
                    hint: Spelling.hint(for: name, among: project.profiles.keys.sorted())
                        ?? "profiles are written under `profiles:` in evalrun.yaml"))
        }
        reportTwins(in: project.defaultModels, of: "defaults", at: project.defaultModelsMark, &bag)
        for (name, profile) in project.profiles.sorted(by: { $0.key < $1.key }) {
            let file = SourceMark(file: project.defaultModelsMark.file)
            reportTwins(in: profile.models ?? [], of: "the profile '\(name)'", at: file, &bag)
        }
        let labels = suites.flatMap { $0.prompts.flatMap { [$0.label, $0.prompt.name] } }
        for name in options.prompts where !labels.contains(name) {
            bag.add(
                Diagnostic(
                    "unknown-prompt", "no selected suite uses a prompt '\(name)'",
                    hint: Spelling.hint(for: name, among: Set(labels).sorted())))
        }
    }

    /// Reports models that a list of evalrun.yaml names more than once.
    private func reportTwins(
        in models: [String], of owner: String, at mark: SourceMark, _ bag: inout DiagnosticBag
    ) {
        var counts: [String: Int] = [:]
        for model in models {
            counts[model, default: 0] += 1
            guard counts[model] == 2 else { continue }
            bag.add(
                Diagnostic(
                    "duplicate-model", "the model '\(model)' is named twice in the models of \(owner)",
                    at: mark, hint: "name each model once; `repeat:` asks a model more often"))
        }
    }

    /// A warning about executions that failed and that the plan does not have any more.
    private static func unmet(_ addresses: Set<ExecutionAddress>) -> Diagnostic? {
        guard let first = addresses.min() else { return nil }
        let shown = TerminalText.excerpt("\(first)", limit: 160)
        return Diagnostic(
            "unknown-execution",
            addresses.count == 1
                ? "an execution that failed is not in the plan any more: \(shown)"
                : "\(addresses.count) executions that failed are not in the plan any more, the first being \(shown)",
            hint: sameOptions, severity: .warning)
    }

    private static let sameOptions =
        "where the earlier run had --model, --profile, --repeat or suites of its own, give them here too"

    private func nothingSelected(_ options: PlanOptions, _ checker: PlanChecker) -> Diagnostic {
        if let only = options.only {
            let isGone = !only.isEmpty && checker.unmetAddresses.count == only.count
            return Diagnostic(
                "nothing-selected", "there is nothing to run again",
                hint: only.isEmpty
                    ? "no execution failed or errored; an empty selection is no pass"
                    : isGone
                        ? "the plan has none of the executions that failed; " + Self.sameOptions
                        : "none of the executions that failed fits --case, --tag, --prompt and --model")
        }
        let ids = checker.examples
        let isRestricted = suites.contains { suite in
            suite.cases.contains { $0.onlyModels != nil || $0.onlyPrompts != nil }
        }
        var hint = "an empty selection is no pass" + (isRestricted ? "; see the suites' `only:`" : "")
        if let pattern = options.cases.first, let near = Spelling.nearest(to: pattern, among: ids) {
            hint = "did you mean --case '\(near)'?"
        } else if options.isNarrowing {
            hint = "no case fits --case, --tag, --prompt and --model together"
        }
        return Diagnostic("nothing-selected", "there is nothing to run", hint: hint)
    }

    /// Reports what an API demands and a request lacks.
    private func checkProviders(_ trials: [SuiteTrials], _ bag: inout DiagnosticBag) {
        for (suite, trial) in zip(suites, trials) {
            for row in trial.rows {
                let use = suite.prompts[row.prompt]
                for model in row.models {
                    let missing = ProviderDemand.missing(
                        prompt: use.label, model: model.name, kind: project.kind(ofProvider: model.provider),
                        parameters: model.parameters.merging(use.prompt.parameters), at: use.mark)
                    if let missing { bag.add(missing) }
                }
            }
        }
    }
}
