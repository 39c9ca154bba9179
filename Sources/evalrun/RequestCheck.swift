import Diagnostics
import Evals
import JSON
import Models
import Suites

/// Looks for what providers would reject in the requests of a plan, before any money is spent.
struct RequestCheck {
    /// The project.
    let workspace: Workspace
    /// What is planned.
    let plan: Plan

    /// What is wrong, each once: a warning, or an error where the request can't succeed and `sends` says that it is
    /// about to be made.
    ///
    /// Parameters, tools and schema are those of prompt and model, so that one case of each is looked at.
    func diagnostics(sends: Bool) -> [Diagnostic] {
        var found = providerMistakes(sends: sends)
        var seen: Set<[String]> = []
        var told: Set<[String]> = []
        var waiting = plan.groups.count
        var stream = plan.stream()
        // A stream that breaks off is reported by whoever reads the datasets.
        while waiting > 0, let planned = (try? stream.next()) ?? nil {
            for trial in planned.trials where planned.response == nil {
                guard seen.insert([planned.suite, trial.prompt, trial.model.name]).inserted else { continue }
                waiting -= 1
                guard case .success(let request) = trial.request else { continue }
                // `check` is told so by the planner.
                if sends, let missing = missing(in: request, of: trial, at: planned.mark) {
                    found.append(missing)
                }
                for complaint in complaints(about: request)
                where told.insert([trial.prompt, trial.model.name, complaint.id, complaint.message]).inserted
                {
                    found.append(diagnostic(complaint, trial, planned.mark, sends: sends))
                }
            }
        }
        return found
    }

    private func missing(
        in request: ModelRequest, of trial: PlannedCase.Trial, at mark: SourceMark
    ) -> Diagnostic? {
        ProviderDemand.missing(
            prompt: trial.prompt, model: trial.model.name,
            kind: workspace.project.kind(ofProvider: request.model.provider), parameters: request.parameters,
            at: mark)
    }

    /// What the provider of a request's model would reject in it.
    func complaints(about request: ModelRequest) -> [RequestComplaint] {
        let provider = workspace.project.providers[request.model.provider]?.object ?? [:]
        let settings = ProviderSettings(
            name: request.model.provider, kind: workspace.project.kind(ofProvider: request.model.provider),
            provider: provider, model: request.model)
        // What keeps an API from being used is told by `providerMistakes`.
        return (try? APICatalog.api(settings, provider: provider))?.complaints(about: request) ?? []
    }

    private func diagnostic(
        _ complaint: RequestComplaint, _ trial: PlannedCase.Trial, _ mark: SourceMark, sends: Bool
    ) -> Diagnostic {
        let prompt = workspace.prompts.first { $0.name == trial.prompt.prefix { $0 != "@" } }
        return Diagnostic(
            complaint.id, "'\(trial.prompt)' on '\(trial.model.name)': \(complaint.message)",
            at: prompt?.mark ?? mark, hint: complaint.hint,
            severity: complaint.isError && sends ? .error : .warning)
    }

    private func providerMistakes(sends: Bool) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (name, settings) in workspace.project.providers {
            let members = settings.object ?? [:]
            let mistakes: [SettingMistake] =
                switch workspace.project.kind(ofProvider: name) {
                case "http": HTTPApplication.mistakes(in: members)
                case "exec": ExecApplication.mistakes(in: members)
                default: []
                }
            found += mistakes.map { mistake in
                Diagnostic(
                    "bad-provider", "the provider '\(name)': \(mistake.message)",
                    at: SourceMark(file: "evalrun.yaml"), hint: mistake.hint)
            }
        }
        return found
    }
}
