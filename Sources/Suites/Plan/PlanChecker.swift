import Diagnostics
import Evals
import Files
import JSON
import Templates

/// The first pass over all cases: finds every mistake that rows and variables bring, counts the executions, and
/// hashes what is planned.
struct PlanChecker {
    private let suites: [Suite]
    private let trials: [SuiteTrials]
    private let planner: CasePlanner
    private let selection: CaseSelection
    private let catalog: AssertionCatalog
    private let demand: JudgeDemand
    private let isComplete: Bool

    /// What was found.
    private(set) var bag = RepeatedMistakes()
    /// The executions that are selected.
    private(set) var executions = 0
    /// The executions that are selected and judged by a model.
    private(set) var judgedExecutions = 0
    /// How often each model of the demand is asked at least.
    private(set) var judgeCalls: [Int]
    /// The cases that are selected.
    private(set) var cases = 0
    /// The groups of the whole plan.
    private(set) var groups: [Plan.Group] = []
    /// The ids that `--case` means exactly.
    private(set) var exactIDs: Set<String> = []
    /// The patterns of `--case` that no id fits.
    private(set) var idlePatterns: [CaseSelection.Pattern]
    /// The tags of `--tag` that no case has.
    private(set) var idleTags: [String]
    /// Some tags of the plan, for hints.
    private(set) var tagExamples: Set<String> = []
    /// The addresses of `--failed` that the plan does not have.
    private(set) var unmetAddresses: Set<ExecutionAddress>
    /// The fingerprints of the datasets.
    private(set) var fingerprints: [Int] = []
    /// The rows of the datasets.
    private(set) var rowCounts: [RowCount] = []

    private var hash = ContentHash()
    private var seenGroups: Set<Plan.Group> = []
    private var gates: GateCoverage
    private var variables: VariableCheck
    private var idExamples: [String] = []

    /// The most mistakes reported for one dataset.
    private static let mistakesPerDataset = 20

    /// Prepares a pass, at the end of which those of `addresses` are left that the plan does not have; unless `isComplete`, mistakes left out some cases, and nothing is reported as missing.
    init(
        suites: [Suite], trials: [SuiteTrials], selection: CaseSelection, gateColumns: [[String]],
        catalog: AssertionCatalog, demand: JudgeDemand, isComplete: Bool,
        addresses: Set<ExecutionAddress> = []
    ) {
        self.suites = suites
        self.trials = trials
        self.selection = selection
        self.catalog = catalog
        self.demand = demand
        judgeCalls = demand.models.map { _ in 0 }
        idlePatterns = selection.patterns
        idleTags = selection.tags
        unmetAddresses = addresses
        self.isComplete = isComplete
        planner = CasePlanner(
            suites: suites, trials: trials, gateColumns: gateColumns, only: selection.only)
        gates = GateCoverage(suites, trials: trials, columns: gateColumns)
        variables = VariableCheck(suites)
    }

    /// The hash of what is planned, after the pass.
    var sha256: String { hash.hex }

    /// Some ids of the plan, for hints.
    var examples: [String] { idExamples }

    /// Makes the pass; `asked` are the ids and patterns of `--case`.
    mutating func run(tree: any FileTree, asked: Set<String>) {
        var stream = InstanceStream(suites, tree: tree)
        var ids: Set<IdentityHash> = []
        var suite = -1
        var template = -1
        var mistakes = 0
        while true {
            do throws(DiagnosticError) {
                guard let instance = try stream.next() else { break }
                if instance.suite != suite || instance.template != template {
                    mistakes = 0
                    template = instance.template
                }
                if instance.suite != suite {
                    suite = instance.suite
                    ids.removeAll(keepingCapacity: true)
                }
                let before = bag.errorCount
                if !ids.insert(IdentityHash(instance.id)).inserted { reportTwin(instance) }
                if asked.contains(instance.id) { exactIDs.insert(instance.id) }
                idlePatterns.removeAll { $0.wildcard.matches(instance.id) }
                if !idleTags.isEmpty {
                    idleTags.removeAll(where: instance.tags.contains)
                    if tagExamples.count < 1000 { tagExamples.formUnion(instance.tags) }
                }
                if idExamples.count < 1000 { idExamples.append(instance.id) }
                check(instance)
                mistakes += bag.errorCount - before
            } catch {
                let before = bag.errorCount
                bag.add(contentsOf: error.diagnostics)
                mistakes += bag.errorCount - before
            }
            if mistakes >= Self.mistakesPerDataset {
                mistakes = 0
                stream.skipDataset()
                let mark = suites.indices.contains(suite) ? suites[suite].cases[template].mark : nil
                bag.add(
                    Diagnostic(
                        "more-mistakes",
                        "the case's further rows are not checked until these mistakes are mended",
                        at: mark, severity: .warning))
            }
        }
        fingerprints = stream.fingerprints
        rowCounts = stream.rowCounts
        // With mistakes in cases, a gate may only seem to match nothing.
        if !bag.hasErrors, isComplete { bag.add(contentsOf: gates.diagnostics) }
    }

    private mutating func reportTwin(_ instance: CaseInstance) {
        let template = suites[instance.suite].cases[instance.template]
        let shown = TerminalText.excerpt(instance.id, limit: 80)
        var hint = "ids name recordings and tests; give one of them another"
        if case .rowHash = template.identity {
            hint = "two rows are equal; remove one, or set an id: \"{{ row.… }}\""
        }
        bag.add(
            Diagnostic(
                "duplicate-id", "the suite has the case '\(shown)' twice", at: template.mark, hint: hint,
                notes: instance.row.map { [$0.note] } ?? []))
    }

    private mutating func check(_ instance: CaseInstance) {
        let suite = suites[instance.suite]
        let template = suite.cases[instance.template]
        // Its mistakes are reported; more would only follow from them.
        guard !template.isBroken else { return }
        let isSelected = selection.includes(id: instance.id, tags: instance.tags)
        let samples = planner.repetition(of: template, suite: instance.suite).samples
        let texts = Result { () throws(TemplateError) in try CaseTexts(template, instance) }
        if case .failure(let error) = texts, error.diagnostic.id == GivenResponse.mistakeID {
            var mistake = error.diagnostic
            if let row = instance.row { mistake.notes.append(row.note) }
            bag.add(mistake)
        }
        var counted = false
        var checkedPrompts: Set<Int> = []
        gates.visit(instance, template)
        for pair in planner.pairs(of: template, suite: instance.suite) {
            let use = suite.prompts[pair.prompt]
            let group = Plan.Group(
                suite: suite.name, prompt: use.label, model: pair.model.name,
                isAdvisory: pair.model.isAdvisory)
            note(group)
            if checkedPrompts.insert(pair.prompt).inserted {
                bag.add(contentsOf: variables.mistakes(instance, template, prompt: pair.prompt))
                checkAssertions(instance, template, pair.prompt, texts)
            }
            let chosen = planner.samples(of: instance, on: pair)
            if !unmetAddresses.isEmpty { meet(chosen ?? [], of: instance, on: pair) }
            guard isSelected, pair.isSelected, chosen?.isEmpty != true else { continue }
            executions += chosen?.count ?? samples
            if template.skip == nil {
                countCalls(instance, prompt: pair.prompt, samples: chosen?.count ?? samples)
            }
            if !counted {
                counted = true
                cases += 1
            }
            let line =
                [
                    suite.name, instance.id, use.label, use.prompt.version, pair.model.name,
                    pair.model.identity, "\(samples)",
                ] + (chosen.map { $0.count == samples ? [] : $0.map { "#\($0)" } } ?? [])
            hash.update(Array(line.joined(separator: "\u{0}").utf8))
            hash.update([0x0A])
        }
        noteLeftOut(template, suite: instance.suite)
    }

    /// Counts what judges are asked about some samples.
    private mutating func countCalls(_ instance: CaseInstance, prompt: Int, samples: Int) {
        let calls = demand.calls(suite: instance.suite, template: instance.template, prompt: prompt)
        guard !calls.isEmpty else { return }
        judgedExecutions += samples
        for (model, count) in calls { judgeCalls[model] += count * samples }
    }

    /// Notes that the plan has what `--failed` names, whether or not this run is about it.
    private mutating func meet(_ samples: [Int], of instance: CaseInstance, on pair: CasePlanner.Pair) {
        let suite = suites[instance.suite]
        for sample in samples {
            unmetAddresses.remove(
                ExecutionAddress(
                    suite: suite.name, caseID: instance.id, prompt: suite.prompts[pair.prompt].label,
                    model: pair.model.name, sample: sample))
        }
    }

    /// Notes the groups of the models that the suite has and this run leaves out.
    private mutating func noteLeftOut(_ template: CaseTemplate, suite index: Int) {
        guard template.response == nil else { return }
        for row in trials[index].rows where row.declared.count > row.models.count {
            let use = suites[index].prompts[row.prompt]
            guard template.isFor(use) else { continue }
            for model in row.declared.dropFirst(row.models.count)
            where template.onlyModels?.contains(model) ?? true {
                note(
                    Plan.Group(
                        suite: suites[index].name, prompt: use.label, model: model,
                        isAdvisory: trials[index].advisory.contains(model)))
            }
        }
    }

    private mutating func note(_ group: Plan.Group) {
        if seenGroups.insert(group).inserted { groups.append(group) }
    }

    /// Compiles assertions whose value depends on the row, so that a bad pattern is found before anything runs.
    private mutating func checkAssertions(
        _ instance: CaseInstance, _ template: CaseTemplate, _ prompt: Int,
        _ texts: Result<CaseTexts, TemplateError>
    ) {
        let sources = template.assertionsByPrompt?[prompt] ?? template.assertions
        guard sources.contains(where: { $0.compiled == nil }), case .success(let texts) = texts else {
            return
        }
        let context = texts.assertionContext(instance)
        for source in sources where source.compiled == nil && !source.isConstant && !source.dependsOnPrompt {
            guard let specification = try? source.specification(context) else { continue }
            do throws(DiagnosticError) {
                let compiled = try catalog.compile(specification)
                bag.add(contentsOf: compiled.warnings)
                guard let vacuity = compiled.vacuity else { continue }
                let message = "'\(specification.writtenType)' can never fail: \(vacuity)"
                bag.add(Diagnostic("vacuous-assertion", message, at: specification.mark, severity: .warning))
            } catch {
                for var diagnostic in error.diagnostics {
                    if let row = instance.row { diagnostic.notes.append(row.note) }
                    bag.add(diagnostic)
                }
            }
        }
    }
}

/// 64 bits that stand for an id, so that the ids of a large dataset need little memory.
///
/// Among a million ids two share their bits once in 37 million runs; a case would then be called a repeat, and
/// never be lost unseen.
private struct IdentityHash: Hashable {
    private let bits: Int

    init(_ id: String) {
        var hasher = Hasher()
        hasher.combine(id)
        bits = hasher.finalize()
    }
}
