import Evals
import JSON

/// The statements of a text, each of which can be checked on its own.
enum RagasStatements {
    /// The prompt.
    static let use = JudgePromptUse("judge-ragas-statements", variables: ["question", "text", "tag"])

    private static let schema: JSONValue = [
        "type": "object", "properties": ["statements": ["type": "array", "items": ["type": "string"]]],
        "required": ["statements"], "additionalProperties": false,
    ]

    /// Asks for the statements of a text, which answers a question where one is given.
    static func question(splitting text: String, to question: String? = nil) -> JudgeQuestion {
        var texts: [(name: String, text: String)] = []
        if let question { texts.append(("question", question)) }
        texts.append(("text", text))
        return JudgeQuestion(prompt: use.name, texts: texts, schema: schema) { verdict in
            list(verdict).contains { $0.trimmed.isEmpty } ? "one of the statements is empty" : nil
        }
    }

    /// The statements that a verdict lists; may be none.
    static func statements(in verdict: Verdict) -> [String] { list(verdict.value) }

    private static func list(_ value: JSONValue) -> [String] {
        value["statements"]?.array?.compactMap(\.string) ?? []
    }
}
