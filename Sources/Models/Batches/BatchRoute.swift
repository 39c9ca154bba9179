import Evals
import JSON

/// How batches of one model travel.
struct BatchRoute: Sendable {
    /// The model.
    let model: ModelSpecification
    /// Where to, and within which bounds.
    let settings: ProviderSettings
    /// What a request and its answer mean.
    let api: any ModelAPI
    /// How they are put into batches.
    let batches: any BatchAPI

    /// Finds the way to a model; the error says why there is none.
    ///
    /// - Parameter provider: The provider's settings as written.
    init(model: ModelSpecification, provider: JSONObject) throws(EvaluationError) {
        let kind = provider["type"]?.string ?? model.provider
        guard let batches = BatchCatalog.api(kind) else {
            throw EvaluationError(
                .provider, "the provider '\(model.provider)' of the kind '\(kind)' takes no batches",
                hint: "run without --batch")
        }
        self.model = model
        self.batches = batches
        settings = ProviderSettings(name: model.provider, kind: kind, provider: provider, model: model)
        api = try APICatalog.api(settings, provider: provider)
    }
}
