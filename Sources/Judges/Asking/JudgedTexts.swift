import Evals

/// The texts of a case and its answer that nobody vouches for, by the names that judge prompts use.
struct JudgedTexts: Sendable {
    /// The answer, and what is known of question, context and reference, in the order `question`, `context`,
    /// `reference`, `answer`.
    let all: [(name: String, text: String)]

    /// The texts of a subject; several retrieved texts are joined by empty lines.
    init(of subject: Subject) {
        var all: [(name: String, text: String)] = []
        if let question = subject.question { all.append(("question", question)) }
        if !subject.context.isEmpty {
            all.append(("context", subject.context.joined(separator: "\n\n")))
        }
        if let reference = subject.reference { all.append(("reference", reference)) }
        all.append(("answer", subject.output))
        self.all = all
    }

    /// Some of the texts, in the order of the names.
    ///
    /// A missing or blank one is an error of the kind `assertion`: the case does not have what the type needs. The
    /// answer may be empty.
    func required(
        _ names: [String], by type: String
    ) throws(EvaluationError) -> [(name: String, text: String)] {
        var texts: [(name: String, text: String)] = []
        for name in names {
            guard let found = all.first(where: { $0.name == name }),
                name == "answer" || !found.text.trimmed.isEmpty
            else {
                throw EvaluationError(
                    .assertion, "'\(type)' needs a \(name), and the case has none",
                    hint: "write \(name): in the case")
            }
            texts.append(found)
        }
        return texts
    }
}
