import Evals
import JSON
import Models
import Suites

/// The limits that the calls of a plan are held to.
struct PlanLimits {
    /// The project's settings.
    let project: Project
    /// Executions at the same time.
    let jobs: Int

    /// Calls to a provider at the same time, where nothing else is written.
    private static let concurrency = 32

    /// The limits of a model: its own, else its provider's.
    func limits(of model: ModelSpecification) -> CallLoad.Limits {
        let written = [model.settings["limits"], project.providers[model.provider]?["limits"]]
        func limit(_ key: String) -> Int? { written.lazy.compactMap { $0?[key]?.integer }.first }
        return CallLoad.Limits(
            concurrency: min(jobs, limit("concurrency") ?? Self.concurrency), requestsPerMinute: limit("rpm"),
            tokensPerMinute: limit("tpm"))
    }

    /// What shares one model's limits: all models of a provider, unless the model has its own.
    private func pool(of model: ModelSpecification) -> String {
        model.settings["limits"] == nil ? model.provider : "\(model.provider) \(model.name)"
    }

    /// The minutes of all calls together: providers are called at the same time, each held to its limits.
    func minutes(of rows: [Forecast.Row]) -> Double {
        var loads: [String: (load: CallLoad, limits: CallLoad.Limits)] = [:]
        for row in rows {
            let pool = pool(of: row.model)
            loads[pool] = ((loads[pool]?.load ?? .none) + row.load, limits(of: row.model))
        }
        return loads.values.map { $0.load.minutes(at: $0.limits) }.max() ?? 0
    }
}
