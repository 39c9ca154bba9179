import Evals

/// The texts of a case that some metrics can't do without; where one is missing the author forgot it.
enum CaseTexts {
    /// The retrieved texts.
    static func context(of subject: Subject, for type: String) throws(EvaluationError) -> [String] {
        guard subject.context.contains(where: { !$0.trimmed.isEmpty }) else {
            throw EvaluationError(
                .assertion, "'\(type)' needs retrieved texts, and there are none",
                hint: "write context: in the case, or say where in its response the application returns them")
        }
        return subject.context
    }

    /// The right answer.
    static func reference(of subject: Subject, for type: String) throws(EvaluationError) -> String {
        guard let reference = subject.reference, !reference.trimmed.isEmpty else {
            throw EvaluationError(
                .assertion, "'\(type)' needs the right answer, and the case has none",
                hint: "write reference: in the case")
        }
        return reference
    }

    /// The question.
    static func question(of subject: Subject, for type: String) throws(EvaluationError) -> String {
        guard let question = subject.question, !question.trimmed.isEmpty else {
            throw EvaluationError(
                .assertion, "'\(type)' needs a question, and the case has none",
                hint: "write question: in the case; without it the last user message is the question")
        }
        return question
    }
}
