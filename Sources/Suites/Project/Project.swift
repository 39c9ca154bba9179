public import Diagnostics
public import Evals
public import JSON
public import Secrets

/// The settings of a project, from `evalrun.yaml`.
public struct Project: Sendable {
    /// Settings under a name, for `run --profile`.
    public struct Profile: Sendable, Hashable {
        /// Where answers come from; nil: replay.
        public var mode: String?
        /// Models instead of the suites' own; nil: theirs.
        public var models: [String]?
        /// Samples instead of the suites' own; nil: theirs.
        public var repetition: Int?
        /// Executions at the same time; nil: the default.
        public var jobs: Int?
        /// The most that the run may spend; nil: no bound.
        public var maximum: Money?
        /// Whether live answers come from batches; nil: they do not.
        public var batch: Bool?
    }

    /// Models by alias, in the file's order.
    public internal(set) var models: [ModelSpecification] = []
    /// Models of suites that name none.
    public internal(set) var defaultModels: [String] = []
    /// Where the default models are named.
    var defaultModelsMark = SourceMark(file: "evalrun.yaml")
    /// The settings of each provider, as written.
    public internal(set) var providers: JSONObject = [:]
    /// The prices.
    public internal(set) var prices = PriceTable()
    /// Patterns of texts to redact, and where each stands.
    public internal(set) var redactions: [(pattern: String, mark: SourceMark)] = []
    /// Kinds of personal data to redact.
    public internal(set) var redactedKinds: Set<PersonalData> = []
    /// Profiles by name.
    public internal(set) var profiles: [String: Profile] = [:]

    /// Who judges answers, and when.
    public internal(set) var judge = JudgeSettings()
    /// What `judge:` names somebody for, mistakes included.
    var judgeRoles: Set<ModelNeed.Role> = []

    /// Which models may be asked; nil when the settings are trusted as they are.
    var trust: ModelTrust?

    /// The environment variables that may hold keys: the usual ones, and those that the project names for keys and in
    /// header fields.
    public var keyVariables: [String] {
        let usual = [
            "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "AZURE_OPENAI_API_KEY",
            "AWS_BEARER_TOKEN_BEDROCK", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "OPENROUTER_API_KEY",
            "GROQ_API_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "LITELLM_API_KEY",
        ]
        let keys = providers.compactMap { $0.value["api_key_env"]?.string }
        let fields = providers.flatMap { provider in
            (provider.value["headers"]?.object ?? [:]).flatMap { Self.variables(in: $0.value.string ?? "") }
        }
        // A host is no secret, what stands behind it may be a token.
        let addresses = (providers.map(\.value) + models.map { .object($0.settings) }).flatMap { settings in
            Self.variables(in: Self.path(of: settings["base_url"]?.string ?? ""))
        }
        let named = keys + fields + addresses + models.compactMap { $0.settings["api_key_env"]?.string }
        return usual + named.filter { !usual.contains($0) }
    }

    /// What stands behind the host of an address.
    private static func path(of address: String) -> String {
        let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0].hasSuffix(":") ? String(parts[3]) : ""
    }

    /// The names of `${NAME}` and `${NAME:-default}` in a text.
    private static func variables(in text: String) -> [String] {
        text.split(separator: "${", omittingEmptySubsequences: false).dropFirst().map { rest in
            String(rest.prefix { $0 != "}" && $0 != ":" })
        }
    }

    /// The model that a name means: an alias, `echo`, or an inline `kind/model`; nil when there is none.
    public func model(named name: String) -> ModelSpecification? {
        try? ModelDirectory(project: self).resolve(name, at: nil).get()
    }

    /// The kind of a provider: its `type`, else its name.
    public func kind(ofProvider name: String) -> String {
        providers[name]?["type"]?.string ?? name
    }
}
