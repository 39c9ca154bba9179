public import Diagnostics

extension Workspace {
    /// Whether there is no case to run, since the suites have traces alone.
    public var hasTracesAlone: Bool { suites.isEmpty && !idle.isEmpty }

    /// Why there is nothing to run; nil when there may be something.
    public var idleness: Diagnostic? {
        guard suites.isEmpty, let first = idle.first else { return nil }
        return Diagnostic(
            "no-cases", "the suite '\(first.name)' has no cases, just 'traces'", at: first.mark,
            hint:
                "`evalrun score FILE --suite \(ShellWord.quoted(first.name))` judges captured answers with it"
        )
    }

    /// What is wrong with the models that traces ask about answers, while nobody scores.
    public var traceMistakes: [Diagnostic] {
        var others = DiagnosticBag()
        let trials = scoring.map {
            SuiteTrials($0, project: project, options: PlanOptions(), bag: &others)
        }
        let planner = CasePlanner(
            suites: scoring, trials: trials, gateColumns: scoring.map { _ in [] }, only: nil)
        return JudgeDemand(scoring, planner: planner, project: project).diagnostics
    }

    /// The suites and prompts whose captured answers judges may have been asked about, also those of rows that no plan
    /// knows.
    public var capturedPlaces: [(suite: String, prompt: String)] {
        scoring.compactMap { suite in suite.prompts.first.map { (suite.name, $0.label) } }
    }
}
