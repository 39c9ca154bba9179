import Assertions
import Evals

/// Finds the answers that an answer is compared with, and what of them there is to compare.
struct ComparedAnswers: Sendable {
    /// The answers of the case.
    let rivals: Rivals
    /// Which of them is judged.
    let place: Int
    /// What the assertion looks at in each answer; nil: the whole.
    let narrowing: Narrowing?

    /// The answers that an interview can ask for; an error where there are none.
    init(of interview: Interview, narrowing: Narrowing?) throws(EvaluationError) {
        guard let rivals = interview.rivals, let place = interview.place, rivals.all.indices.contains(place)
        else { throw EvaluationError(.assertion, "there are no answers here to compare with") }
        self.rivals = rivals
        self.place = place
        self.narrowing = narrowing
    }

    /// What the assertion looks at in one of the answers; nil when the answer has nothing of the kind.
    ///
    /// An error says whose answer could not be had.
    func subject(of index: Int) async throws(EvaluationError) -> Subject? {
        let subject: Subject
        do throws(EvaluationError) {
            subject = try await rivals.subject(of: index)
        } catch {
            throw EvaluationError(
                error.kind, "the answer of \(name(of: index)) is not there to compare with: \(error.message)",
                hint: error.hint)
        }
        switch try narrowing?.narrowed(subject) {
        case .found(let narrowed): return narrowed
        case .nothing: return nil
        case nil: return subject
        }
    }

    /// Whose answer it is.
    func name(of index: Int) -> String {
        "'\(rivals.all[index].prompt)' by '\(rivals.all[index].model)'"
    }

    /// Whose answers there are, for a hint.
    var names: String { rivals.all.indices.map { name(of: $0) }.joined(separator: ", ") }

    /// Question, context and reference as far as they are the same for all these answers; without the answers.
    static func common(to subjects: [Subject]) -> [(name: String, text: String)] {
        guard let first = subjects.first else { return [] }
        let others = subjects.dropFirst().map { JudgedTexts(of: $0).all }
        return JudgedTexts(of: first).all.filter { text in
            text.name != "answer" && others.allSatisfy { $0.contains { $0 == text } }
        }
    }
}
