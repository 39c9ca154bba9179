import Diagnostics
import Evals
import Files
import JSON
import Models
import Programs
import Suites
import Synchronization

/// Answers the models of the kind `exec`, each by the program that its provider names.
final class ProgramModels: Answering {
    private let project: Project
    private let host: ProgramHost?
    private let root: ProjectRoot
    private let known = Mutex<[String: ProgramModel]>([:])

    /// Creates the models of a project; without a host none may run.
    init(project: Project, root: ProjectRoot, host: ProgramHost?) {
        self.project = project
        self.root = root
        self.host = host
    }

    /// What the program of the request's model answers.
    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer {
        try await model(of: request.model.provider).answer(request)
    }

    private func model(of provider: String) throws(EvaluationError) -> ProgramModel {
        let found: Result<ProgramModel, EvaluationError> = known.withLock { known in
            if let model = known[provider] { return .success(model) }
            let settings = project.providers[provider]?.object ?? [:]
            let clock = ContinuousClock()
            let start = clock.now
            do throws(DiagnosticError) {
                let model = try ProgramModel(
                    ExecApplication(settings: settings), access: host.map { .granted($0) } ?? .refused,
                    root: root,
                    searchPath: Console.environment("PATH"),
                    timeout: .seconds(min(settings["timeout_s"]?.double ?? 60, 3e8)),
                    clock: { clock.now - start })
                known[provider] = model
                return .success(model)
            } catch {
                let first = error.diagnostics.first
                return .failure(
                    EvaluationError(
                        .provider, "the provider '\(provider)' can't be used: \(first?.message ?? "")",
                        hint: first?.hint))
            }
        }
        return try found.get()
    }
}
