public import JSON

/// A model as a project names it.
public struct ModelSpecification: Sendable, Hashable {
    /// The alias, or the inline `kind/model`.
    public var name: String
    /// The provider's name; `echo` and `given` for the built-in models.
    public var provider: String
    /// The model's id at the provider.
    public var model: String
    /// What stands for the model in the keys of recordings: `identity:`, else the model id.
    public var identity: String
    /// The name under which the price table knows the model.
    public var priceName: String
    /// False where no vendor's list price holds: the model runs on a machine of one's own, and nobody said whose
    /// price it has.
    public var hasListPrice: Bool
    /// Parameters sent with every request; a prompt's own win.
    public var parameters: JSONObject
    /// True when the model is shown and never gates.
    public var isAdvisory: Bool
    /// The remaining settings of the alias (`base_url`, `api_key_env`, `limits`, `fallback`), as written.
    public var settings: JSONObject

    /// Creates a specification; identity and price name default to the model id.
    public init(
        name: String, provider: String, model: String, identity: String? = nil, priceName: String? = nil,
        parameters: JSONObject = [:], isAdvisory: Bool = false, settings: JSONObject = [:],
        hasListPrice: Bool = true
    ) {
        self.name = name
        self.provider = provider
        self.model = model
        self.identity = identity ?? model
        self.priceName = priceName ?? model
        self.parameters = parameters
        self.isAdvisory = isAdvisory
        self.settings = settings
        self.hasListPrice = hasListPrice
    }

    /// The built-in model that answers with the last user message.
    public static let echo = ModelSpecification(name: "echo", provider: "echo", model: "echo")
    /// The built-in model of cases that bring their answer along.
    public static let given = ModelSpecification(name: "given", provider: "given", model: "given")
}
