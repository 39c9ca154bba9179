import Diagnostics
import Evals

/// Finds the gates that nothing in their suite falls under.
///
/// A run that is narrowed to other models does not make a gate idle: the models that the suite itself names count
/// too.
struct GateCoverage {
    private let suites: [Suite]
    private let trials: [SuiteTrials]
    private let columns: [[String]]
    private var isMatched: [[Bool]]
    private var idle: [[IdleValues]]

    /// Starts with no case seen.
    init(_ suites: [Suite], trials: [SuiteTrials], columns: [[String]]) {
        self.suites = suites
        self.trials = trials
        self.columns = columns
        isMatched = suites.map { $0.gates.map(\.isImplied) }
        idle = suites.map { $0.gates.map { IdleValues($0.filter) } }
    }

    /// Notes which gates a case falls under.
    mutating func visit(_ instance: CaseInstance, _ template: CaseTemplate) {
        let suite = instance.suite
        for index in idle[suite].indices where !idle[suite][index].isEmpty {
            let trial = trials[suite].rows.filter {
                template.response != nil || template.isFor(suites[suite].prompts[$0.prompt])
            }
            let given = template.response == nil ? [] : [ModelSpecification.given.name]
            idle[suite][index].visit(
                instance, prompts: trial.map { suites[suite].prompts[$0.prompt] },
                models: given + trial.flatMap(\.declared))
        }
        for (index, gate) in suites[suite].gates.enumerated() where !isMatched[suite][index] {
            if case .score(let metric?) = gate.metric,
                !template.assertions.contains(where: { $0.metrics.contains(metric) })
            {
                continue
            }
            isMatched[suite][index] = gate.filter.map { covers($0, instance, template) } ?? true
        }
    }

    private func covers(_ filter: GateFilter, _ instance: CaseInstance, _ template: CaseTemplate) -> Bool {
        var stub = Execution(
            suite: "", caseID: instance.id, tags: instance.tags, prompt: "", version: "", model: "",
            mark: template.mark)
        if let row = instance.row {
            for column in columns[instance.suite] { stub.row[column] = row.text(column) }
        }
        let isGiven = template.response != nil
        for row in isGiven ? Array(trials[instance.suite].rows.prefix(1)) : trials[instance.suite].rows {
            let use = suites[instance.suite].prompts[row.prompt]
            guard isGiven || template.isFor(use) else { continue }
            stub.prompt = use.label
            for model in isGiven ? [ModelSpecification.given.name] : row.declared {
                guard isGiven || template.onlyModels?.contains(model) ?? true else { continue }
                stub.model = model
                if filter.matches(stub) { return true }
            }
        }
        return false
    }

    /// A diagnostic for each idle gate.
    var diagnostics: [Diagnostic] {
        var found: [Diagnostic] = []
        for (suite, (matched, idle)) in zip(suites, zip(isMatched, idle)) {
            for (gate, values) in zip(suite.gates, zip(matched, idle)) where values.0 {
                found += values.1.diagnostics(at: gate.mark)
            }
            for (gate, isMatched) in zip(suite.gates, matched) where !isMatched {
                found.append(
                    Diagnostic(
                        "gate-matches-nothing", "nothing in the suite falls under this gate", at: gate.mark,
                        hint: Self.hint(gate, suite)))
            }
        }
        return found
    }

    private static func hint(_ gate: GateSpecification, _ suite: Suite) -> String {
        guard case .score(let metric?) = gate.metric else {
            return gate.filter == nil
                ? "the suite has no case" : "check the spelling of what stands under `where:`"
        }
        let metrics = Set(suite.cases.flatMap { $0.assertions.flatMap(\.metrics) }).sorted()
        return Spelling.nearest(to: metric, among: metrics).map { "did you mean 'score.\($0)'?" }
            ?? "add `metric: \(metric)` to an assertion"
    }
}
