import Evals

/// The keys of a suite file.
enum SuiteKeys {
    /// The whole file.
    static let file = KeyTable(
        "a suite",
        [
            .init("suite", .name, aliases: ["name"], "The suite's name, unique in the project."),
            .init("description", .text, "What the suite is for."),
            .init("prompts", .oneOrMany(.text), "Prompts: name, name@3, name@all, name@git:REF."),
            .init("models", .oneOrMany(.either([.text, .record(model)])), "Models: aliases or kind/model."),
            .init("repeat", .integer(1...1000), "Samples per case × prompt × model."),
            .init("tags", .list(.text), "Tags of every case."),
            .init("defaults", .record(defaultKeys), "What each case starts from."),
            .init("cases", .list(.record(caseKeys)), "The cases and datasets."),
            .init(
                "traces", .record(traceKeys),
                "How rows of captured answers become cases, for `evalrun score`; its templates use `row`."),
            .init("gates", .list(.record(gate)), "The conditions that decide whether the build passes."),
        ])

    private static let model = KeyTable(
        "a model of a suite",
        [
            .init("model", .text, "An alias or kind/model."),
            .init("advisory", .boolean, "Shown, and never part of a gate."),
        ])

    /// What each case starts from.
    static let defaultKeys = KeyTable(
        "the defaults",
        [
            .init("vars", .map(.any), "Variables that each case starts from."),
            .init("assert", .list(.assertion), "Assertions of each case."),
            .init("tags", .list(.text), "Tags of each case."),
            .init("threshold", .number(0...1), "The score to reach instead of \"all pass\"."),
        ])

    /// One case or dataset.
    static let caseKeys = KeyTable(
        "a case",
        [
            .init("id", .scalarText, "The stable name of the case."),
            .init("description", .text, "What the case is about."),
            .init("tags", .list(.scalarText), "Words to select and gate by."),
            .init("vars", .either([.map(.any), .text]), "The variables; for a dataset also `row`."),
            .init("input", .text, "The user message of a prompt without one, a template."),
            .init("history", .list(.record(PromptKeys.message)), "Messages before the last user message."),
            .init("context", .oneOrMany(.text), "The retrieved text, a template."),
            .init("reference", .scalarText, "The right answer, a template."),
            .init("question", .text, "The question; by default the last user message."),
            .init("response", .either([.text, .record(response)]), "An answer captured elsewhere."),
            .init("assert", .list(.assertion), "The expectations."),
            .init("assert_defaults", .boolean, "false: without the suite's default assertions."),
            .init("threshold", .number(0...1), "The score to reach instead of \"all pass\"."),
            .init("dataset", .either([.text, .record(dataset)]), "A file whose rows become cases."),
            .init("matrix", .map(.list(.any)), "Values that multiply the case."),
            .init("only", .record(only), "The models and prompts the case is for."),
            .init(
                "repeat", .either([.integer(1...1000), .record(repetition)]),
                "Samples, and how many must pass."),
            .init("skip", .text, "Why the case is not run."),
            .init("xfail", .text, "Why it is expected to fail."),
            .init("quarantine", .record(quarantine), "Runs without deciding, until a day."),
            .init("turns", .any, "Reserved for multi-turn cases."),
            .init("tools", .any, "Reserved for multi-turn cases."),
        ])

    /// How a row of captured answers becomes a case: what a case can say about a row.
    static let traceKeys = KeyTable(
        "the traces",
        caseKeys.keys.filter {
            !["dataset", "matrix", "only", "repeat", "xfail", "skip", "quarantine", "turns", "tools"]
                .contains($0.name)
        }.map { key in
            var key = key
            if key.name == "response" { key.shape = .either([.text, .record(capturedResponse)]) }
            return key
        })

    /// An answer of a row, whose numbers and lists may be templates too.
    private static let capturedResponse = KeyTable(
        response.title,
        response.keys.map { key in
            var key = key
            switch key.name {
            case "latency_ms", "ttft_ms", "cost_usd": key.shape = .scalarText
            case "usage": key.shape = .either([.text, .map(.scalarText)])
            case "tool_calls": key.shape = .either([.text, .list(.map(.any))])
            default: break
            }
            return key
        })

    /// An answer captured elsewhere.
    static let response = KeyTable(
        "a response",
        [
            .init("content", .text, "The text."), .init("model", .text, "The model that answered."),
            .init("finish_reason", .text, "Why the model stopped."),
            .init("tool_calls", .list(.map(.any)), "The tool calls."),
            .init("refusal", .text, "The refusal."),
            .init("usage", .record(usage), "The tokens."),
            .init("latency_ms", .number(0...Double.infinity), "Milliseconds to the last byte."),
            .init("ttft_ms", .number(0...Double.infinity), "Milliseconds to the first token."),
            .init("cost_usd", .number(0...9_000_000), "What it cost."),
            .init("logprobs", .any, "Log probabilities."),
        ])

    private static let usage = KeyTable(
        "the usage",
        [
            .init("input_tokens", .integer(0...Int.max), "Tokens of the request."),
            .init("output_tokens", .integer(0...Int.max), "Tokens of the answer."),
            .init("cache_read_tokens", .integer(0...Int.max), "Input read from the provider's cache."),
            .init("cache_write_tokens", .integer(0...Int.max), "Input written to the provider's cache."),
            .init("reasoning_tokens", .integer(0...Int.max), "Output that was spent on reasoning."),
        ])

    private static let dataset = KeyTable(
        "a dataset",
        [
            .init("file", .text, "The path of a csv, jsonl, json or yaml file."),
            .init("where", .text, "An expression over `row`; rows for which it is false are left out."),
            .init("limit", .integer(1...Int.max), "At most so many rows."),
            .init("sample", .scalarText, "A share of the rows, such as 5%, chosen by a stable hash."),
        ])

    private static let only = KeyTable(
        "a restriction",
        [
            .init("models", .oneOrMany(.text), "Models the case is for."),
            .init("prompts", .oneOrMany(.text), "Prompts the case is for."),
        ])

    private static let repetition = KeyTable(
        "a repetition",
        [
            .init("samples", .integer(1...1000), "Samples per prompt × model."),
            .init("pass", .integer(1...1000), "Samples that must pass."),
        ])

    /// A quarantine.
    static let quarantine = KeyTable(
        "a quarantine",
        [
            .init("until", .date, "The last day."), .init("owner", .text, "Who mends it."),
            .init("reason", .text, "Why."),
        ])

    /// A gate.
    static let gate = KeyTable(
        "a gate",
        [
            .init(
                "metric", .text,
                """
                pass_rate, error_rate, score.METRIC, latency_ms.p95, cost_usd, tokens.input, \
                tokens_per_second.p50, fallback_rate, retry_rate, judge_cost_usd, rerolled …
                """),
            .init("min", .number(-Double.infinity...Double.infinity), "The smallest value that passes."),
            .init("max", .number(-Double.infinity...Double.infinity), "The largest value that passes."),
            .init(
                "where", .map(.oneOrMany(.scalarText)),
                "Which executions count: tags, case, prompt, model, row.COLUMN."),
            .init("over", .choice(["suite"]), "Pools the suite instead of judging each prompt × model."),
            .init("level", .choice(["warn", "fail"]), "warn never fails the build."),
        ])

    /// The options that every assertion has.
    static let assertionOptions = KeyTable(
        "an assertion",
        [
            .init("type", .text, "The type, in the long spelling."),
            .init("value", .any, "The value, in the long spelling."),
            .init(
                "assert", .list(.assertion), "The inner assertions of an assert-set, in the long spelling."),
            .init("threshold", .number(0...Double.infinity), "The score to reach, or the type's own limit."),
            .init(
                "weight", .number(0...1_000_000), "Weight in the case's score; 0 reports and never decides."),
            .init("metric", .name, "The metric the score counts for."),
            .init(
                "transform", .oneOrMany(.either([.choice(transformNames), .record(transformStep)])),
                "What is done to the answer first: one step, or a list of them in order."),
            .init("select", .text, "A JSONPath or JSON Pointer into the answer, applied first."),
            .init("xpath", .text, "An XPath 1.0 into the answer, applied first."),
            .init("quarantine", .record(quarantine), "Runs without deciding, until a day."),
        ])

    private static let transformNames = TransformStep.Name.allCases.map(\.rawValue)

    /// A step of `transform` that takes an argument.
    static let transformStep = KeyTable(
        "a step of 'transform'",
        [
            .init(
                "regex-extract", .text,
                "What the first group of the pattern matches, or the whole match without a group."),
            .init("select", .text, "What a JSONPath or JSON Pointer finds."),
            .init("xpath", .text, "What an XPath 1.0 finds."),
        ])
}
