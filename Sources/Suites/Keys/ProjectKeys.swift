import Secrets

/// The keys of the project file and of the price table.
enum ProjectKeys {
    private static let positive = Shape.number(0...Double.infinity)

    /// The whole file.
    static let file = KeyTable(
        "the project file",
        [
            .init("defaults", .record(defaults), "What suites start from."),
            .init("models", .named(.record(model)), "Models by alias."),
            .init("providers", .named(.record(provider)), "Providers by name."),
            .init("judge", .record(JudgeKeys.settings), "Who judges answers, and when."),
            .init("prices", .text, "The path of the price table."),
            .init(
                "redact", .list(.either([.text, .record(redaction)])),
                "Patterns of texts that are redacted everywhere, and kinds of personal data."),
            .init("profiles", .named(.record(profile)), "Named settings for `run --profile`."),
        ])

    /// The kinds of personal data that can be redacted.
    static let redactedKinds = PersonalData.allCases.map(\.rawValue)

    /// Personal data to redact.
    static let redaction = KeyTable(
        "an entry of redact",
        [.init("kind", .choice(redactedKinds), "Personal data of this kind, known by its shape.")])

    private static let defaults = KeyTable(
        "the defaults", [.init("models", .oneOrMany(.text), "Models of suites that name none.")])

    /// One model.
    static let model = KeyTable(
        "a model",
        [
            .init("provider", .text, "The provider's name or kind."),
            .init("model", .text, "The id at the provider."),
            .init(
                "parameters", .record(PromptKeys.parameters), "Sent with each request; a prompt's own win."),
            .init("identity", .text, "What stands for the model in recordings, whatever the route."),
            .init("price_as", .text, "The name in the price table."),
            .init("fallback", .list(.text), "Models that answer when this one does not."),
            .init("base_url", .text, "The provider's address, for this model."),
            .init("api_key_env", .text, "The environment variable with the key, for this model."),
            .init("limits", .record(limits), "Limits, for this model."),
            .init("stream", .boolean, "Whether to stream answers, for this model."),
        ])

    /// The kinds of provider.
    static let providerKinds = [
        "openai", "openai-responses", "anthropic", "gemini", "azure", "bedrock", "ollama",
        "openai-compatible", "http",
        "exec",
    ]

    private static let provider = KeyTable(
        "a provider",
        [
            .init("type", .choice(providerKinds), "The kind; not needed when the name is one."),
            .init("base_url", .text, "The address."),
            .init("api_key_env", .text, "The environment variable with the key."),
            .init("headers", .map(.text), "Further request headers."),
            .init("api_version", .text, "The version of the API (azure)."),
            .init("region", .text, "The region (bedrock)."),
            .init("method", .choice(["POST", "PUT", "GET"]), "How the request is sent (http)."),
            .init("body", .any, "The request's body, its texts being templates (http)."),
            .init("command", .list(.text), "The program and its arguments (exec)."),
            .init("answer", .text, "The JSONPath of the answer's text (http, exec)."),
            .init("context", .text, "The JSONPath of the retrieved texts (http, exec)."),
            .init("tool_calls", .text, "The JSONPath of the tool calls (http, exec)."),
            .init("usage", .text, "The JSONPath of the token counts (http, exec)."),
            .init("served_model", .text, "The JSONPath of the model's name (http, exec)."),
            .init("finish_reason", .text, "The JSONPath of why the answer ended (http, exec)."),
            .init("stream", .boolean, "Whether to stream answers, which measures the first token's time."),
            .init("timeout_s", positive, "Seconds until an answer is given up."),
            .init("connect_timeout_s", positive, "Seconds until a connection is given up."),
            .init("first_byte_timeout_s", positive, "Seconds until the first byte is given up."),
            .init("retry", .record(retry), "How often and how long to try."),
            .init("breaker", .integer(0...Int.max), "Errors in a row after which the provider is given up."),
            .init("limits", .record(limits), "Limits of concurrency and rate."),
        ])

    private static let retry = KeyTable(
        "retries",
        [
            .init("attempts", .integer(1...100), "Requests in all."),
            .init("base_s", positive, "The first pause."),
            .init("cap_s", positive, "The longest pause."),
            .init("max_wait_s", positive, "A longer Retry-After gives up."),
        ])

    private static let limits = KeyTable(
        "limits",
        [
            .init("concurrency", .integer(1...10_000), "Calls at the same time."),
            .init("rpm", .integer(1...Int.max), "Requests per minute."),
            .init("tpm", .integer(1...Int.max), "Tokens per minute."),
        ])

    private static let profile = KeyTable(
        "a profile",
        [
            .init("mode", .choice(["replay", "record", "refresh", "live"]), "Where answers come from."),
            .init("models", .oneOrMany(.text), "Models instead of the suites' own."),
            .init("repeat", .integer(1...1000), "Samples instead of the suites' own."),
            .init("jobs", .integer(1...1024), "Executions at the same time."),
            .init("max_usd", positive, "The most that the run may spend."),
            .init("batch", .boolean, "Whether live answers come from batches, at half the price."),
        ])

    /// The price table.
    static let prices = KeyTable(
        "the price table",
        [
            .init("date", .date, "The day for which the prices are true."),
            .init("models", .map(.record(price)), "USD per million tokens, by model."),
        ])

    private static let rates: [KeyTable.Key] = [
        .init("input", positive, "Uncached input."), .init("output", positive, "Output."),
        .init("cache_read", positive, "Input read from the cache."),
        .init("cache_write", positive, "Input written to the cache."),
    ]

    private static let tiers: [KeyTable.Key] = [
        .init("batch", .record(KeyTable("a price of batches", rates)), "The price of answers within a day."),
        .init("flex", .record(KeyTable("a flex price", rates)), "The price of answers that may be slow."),
        .init(
            "priority", .record(KeyTable("a priority price", rates)), "The price of answers before others."),
    ]

    /// The price of one model.
    static let price = KeyTable(
        "a price", rates + tiers + [.init("above", .oneOrMany(.record(step)), "The price of longer prompts.")]
    )

    /// The price of prompts above a size.
    static let step = KeyTable(
        "a price of longer prompts",
        [.init("tokens", .integer(1...Int.max), "The price holds for prompts of more tokens than this.")]
            + rates + tiers)
}
