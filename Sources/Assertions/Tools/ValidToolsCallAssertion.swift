import Diagnostics
import Evals
import JSON

/// `is-valid-openai-tools-call`: the answer is a list of calls of the prompt's tools, with arguments that fit.
enum ValidToolsCallAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-valid-openai-tools-call",
            summary:
                "The answer is a list of tool calls in OpenAI's form (`tool_calls`), and the arguments of each fit.",
            family: .tools, example: "is-valid-openai-tools-call", valueNeed: .none, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let schemas = ToolSchemas()
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            if let calls = listedCalls(in: subject) {
                return try ValidFunctionCallAssertion.judgement(
                    on: calls, subject, schemas, nothing: "the list of tool calls is empty")
            }
            if let verdict = RemoteToolText(subject.output)?.judgement { return verdict }
            return Judgement(
                passed: false, reason: "the answer is no list of tool calls",
                expected: "a list of tool calls",
                actual: Excerpt.display(subject.output))
        }
    }

    /// The calls beside the text, else those of a text that is a list of calls; nil when there is no such list.
    private static func listedCalls(in subject: Subject) -> [ToolCall]? {
        if !subject.reply.toolCalls.isEmpty { return ToolCallReader.calls(in: subject) }
        let selected = subject.selected.flatMap { $0.string == nil ? $0 : nil }
        guard let value = selected ?? (try? JSONParser().parse(subject.output)),
            let list = value.array ?? value["tool_calls"]?.array
        else { return nil }
        var calls: [ToolCall] = []
        for item in list {
            guard item["function"]?["name"]?.string != nil,
                item["type"] == nil || item["type"]?.string == "function",
                let call = ToolCallReader.calls(in: item, isLoose: false).first
            else { return nil }
            calls.append(call)
        }
        return calls
    }
}
