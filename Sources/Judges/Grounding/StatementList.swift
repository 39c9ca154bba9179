import Evals
import JSON

/// The statements that a judge finds in a text: claims, facts, opinions.
struct StatementList: Sendable {
    /// The statements; none is blank.
    let statements: [String]
    /// Why there are none; empty when there are some.
    let absence: String
    /// The prompt's name and version.
    let prompt: String

    /// Asks a judge for them.
    ///
    /// An empty list needs a reason, so that a judge who did not look is no judge who found nothing. Where the list must
    /// not be empty no reason will do.
    static func ask(
        _ judge: Judge, prompt: String, texts: [(name: String, text: String)], mayBeEmpty: Bool = true
    ) async throws(EvaluationError) -> StatementList {
        let verdict = try await judge.ask(
            JudgeQuestion(prompt: prompt, texts: texts, schema: schema) { value in
                complaint(about: value, mayBeEmpty: mayBeEmpty)
            })
        let statements = verdict.value["statements"]?.array?.compactMap(\.string) ?? []
        return StatementList(
            statements: statements,
            absence: statements.isEmpty ? verdict.value["why_none"]?.string ?? "" : "",
            prompt: verdict.prompt)
    }

    /// Statements as a judge sees them: JSON, so that none can end early or pass for two.
    static func numbered(_ statements: [String]) -> String {
        let lines = statements.enumerated().map { index, statement in
            JSONWriter.compact.text(of: ["number": .integer(index + 1), "text": .string(statement)])
        }
        return "[\n\(lines.joined(separator: ",\n"))\n]"
    }

    private static let schema = VerdictSchema.object([
        "statements": ["type": "array", "items": ["type": "string"]], "why_none": ["type": "string"],
    ])

    private static func complaint(about value: JSONValue, mayBeEmpty: Bool) -> String? {
        let statements = value["statements"]?.array ?? []
        if statements.contains(where: { $0.string?.trimmed.isEmpty ?? true }) {
            return "a statement is empty"
        }
        guard statements.isEmpty else { return nil }
        guard mayBeEmpty else { return "'statements' is empty, though the text is not" }
        return value["why_none"]?.string?.trimmed.isEmpty ?? true
            ? "'statements' is empty, and 'why_none' does not say why" : nil
    }
}
