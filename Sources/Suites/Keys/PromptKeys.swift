/// The keys of a prompt file.
enum PromptKeys {
    private static let anyNumber = Shape.number(-Double.infinity...Double.infinity)

    /// The whole file.
    static let file = KeyTable(
        "a prompt",
        [
            .init("name", .name, "The prompt's name; with the version it is unique in the project."),
            .init(
                "version", .either([.integer(0...Int.max), .name]),
                "The version; without it the content's hash."),
            .init("description", .text, "What the prompt is for."),
            .init("model", .text, "The model used when neither suite nor command names one."),
            .init("system", .text, aliases: ["system_prompt"], "The system message, a template."),
            .init("user", .text, aliases: ["template"], "The user message, a template."),
            .init("messages", .list(.record(message)), "All messages, instead of system and user."),
            .init("examples", .list(.record(example)), "Few-shot pairs, sent before the last user message."),
            .init("parameters", .record(parameters), "What is sent beside the messages; nothing else is."),
            .init("temperature", anyNumber, "The same as under parameters."),
            .init("max_tokens", .integer(1...Int.max), "The same as under parameters."),
            .init("top_p", anyNumber, "The same as under parameters."),
            .init("stop", .oneOrMany(.text), "The same as under parameters."),
            .init("seed", .integer(Int.min...Int.max), "The same as under parameters."),
            .init(
                "output_schema", .either([.map(.any), .boolean, .text]),
                "The JSON Schema of the answer, or its path."),
            .init("tools", .list(.record(tool)), "The tools offered to the model."),
            .init("inputs", .map(.record(input)), "Every variable, when written."),
            .init("tags", .list(.text), "Words to select and group by."),
            .init("changelog", .list(.map(.any)), "Why each version came about."),
        ])

    /// The parameters that may also stand at the top level.
    static let topLevelParameters = ["temperature", "max_tokens", "top_p", "stop", "seed"]

    /// One message.
    static let message = KeyTable(
        "a message",
        [
            .init("role", .choice(["system", "user", "assistant", "tool"]), "Who speaks."),
            .init("content", .either([.text, .list(.record(part))]), "What is said, a template."),
            .init("tool_calls", .list(.map(.any)), "The tools that an assistant's message calls."),
            .init("tool_call_id", .text, "The id of the call that a tool's message answers."),
        ])

    /// One part of a message.
    static let part = KeyTable(
        "a part of a message",
        [
            .init("text", .text, "Text, a template."), .init("image", .text, "The path of an image."),
        ])

    private static let example = KeyTable(
        "an example",
        [
            .init("user", .text, "What a user says, a template."),
            .init("assistant", .text, "What the model should answer, a template."),
        ])

    /// Parameters of a request; each is passed on as it is written.
    static let parameters = KeyTable(
        "the parameters",
        [
            .init("temperature", anyNumber, "Randomness of the answer."),
            .init("max_tokens", .integer(1...Int.max), "The longest answer, in tokens."),
            .init("max_completion_tokens", .integer(1...Int.max), "The longest answer including reasoning."),
            .init("top_p", anyNumber, "Nucleus sampling."),
            .init("top_k", .integer(0...Int.max), "Sampling from the k likeliest tokens."),
            .init("stop", .oneOrMany(.text), "Texts at which the answer ends."),
            .init("seed", .integer(Int.min...Int.max), "Makes sampling repeatable where the provider can."),
            .init("presence_penalty", anyNumber, "Discourages repetition of topics."),
            .init("frequency_penalty", anyNumber, "Discourages repetition of words."),
            .init("logprobs", .boolean, "Asks for log probabilities."),
            .init("top_logprobs", .integer(0...20), "How many alternatives to report."),
            .init("reasoning_effort", .text, "How much a reasoning model thinks."),
            .init("verbosity", .text, "How much the model says."),
            .init("thinking", .map(.any), "The provider's own thinking settings."),
            .init("tool_choice", .either([.text, .map(.any)]), "Which tool the model must call."),
            .init("parallel_tool_calls", .boolean, "Whether several tools may be called at once."),
            .init("response_format", .map(.any), "The provider's own output format."),
            .init("extra", .map(.any), "Further members of the request's body, passed on as they are."),
        ])

    private static let tool = KeyTable(
        "a tool",
        [
            .init("type", .choice(["function"]), "The long spelling's type."),
            .init("function", .record(function), "The long spelling's function."),
            .init("name", .text, "The function's name."), .init("description", .text, "What it does."),
            .init("parameters", .map(.any), "The JSON Schema of its arguments."),
            .init("strict", .boolean, "Whether the arguments must match exactly."),
        ])

    private static let function = KeyTable(
        "a function",
        [
            .init("name", .text, "The function's name."), .init("description", .text, "What it does."),
            .init("parameters", .map(.any), "The JSON Schema of its arguments."),
            .init("strict", .boolean, "Whether the arguments must match exactly."),
        ])

    /// The types an input may have.
    static let inputTypes = ["string", "integer", "number", "boolean", "array", "object", "null"]

    private static let input = KeyTable(
        "an input",
        [
            .init("type", .oneOrMany(.choice(inputTypes)), "The type of the value."),
            .init("description", .text, "What the variable means."),
            .init("enum", .list(.any), "The values it may have."),
            .init("min_length", .integer(0...Int.max), aliases: ["minLength"], "The shortest text."),
            .init("max_length", .integer(0...Int.max), aliases: ["maxLength"], "The longest text."),
            .init("minimum", anyNumber, "The smallest number."),
            .init("maximum", anyNumber, "The largest number."),
        ])
}
