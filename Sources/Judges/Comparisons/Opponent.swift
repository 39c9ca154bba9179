import Diagnostics
import Evals
import JSON

/// What an answer is compared with: the `against` of `pairwise`.
enum Opponent: Sendable, Hashable {
    /// The case's reference.
    case reference
    /// The answer of another prompt or model of the case; nil: the same as that of the judged answer.
    case answer(prompt: String?, model: String?)

    /// The option as the descriptor states it.
    static let option = AssertionDescriptor.Option(
        name: "against",
        schema: [
            "oneOf": [
                ["type": "string", "minLength": 1],
                [
                    "type": "object",
                    "properties": [
                        "prompt": ["type": "string", "minLength": 1],
                        "model": ["type": "string", "minLength": 1],
                    ],
                    "minProperties": 1, "additionalProperties": false,
                ],
            ]
        ],
        summary:
            "What the answer is compared with: `reference` (unless written), the name of another model of the case, or "
            + "`{prompt: NAME, model: NAME}`, where what is left out is the answer's own.")

    /// The opponent that an assertion names; the reference when it names none.
    init(of specification: AssertionSpecification) throws(DiagnosticError) {
        guard let written = specification.options["against"] else {
            self = .reference
            return
        }
        if let name = written.string, !name.isEmpty {
            self = name == "reference" ? .reference : .answer(prompt: nil, model: name)
            return
        }
        let known = ["prompt", "model"]
        guard let members = written.object, !members.isEmpty,
            members.allSatisfy({ known.contains($0.key) && $0.value.string?.isEmpty == false })
        else {
            let unknown = written.object?.keys.first { !known.contains($0) }
            throw DiagnosticError(
                Diagnostic(
                    "bad-against",
                    unknown.map { "unknown key '\($0)' of 'against'" }
                        ?? "'against' names nothing to compare with",
                    at: specification.mark,
                    hint: unknown.flatMap { Spelling.hint(for: $0, among: known) }
                        ?? "write against: reference, against: MODEL, or against: {prompt: NAME, model: NAME}"
                ))
        }
        self = .answer(prompt: members["prompt"]?.string, model: members["model"]?.string)
    }

    /// What it is, in words.
    var text: String {
        switch self {
        case .reference: "the reference"
        case .answer(nil, let model?): "the answer of '\(model)'"
        case .answer(let prompt?, nil): "the answer to '\(prompt)'"
        case .answer(let prompt, let model): "the answer of '\(prompt ?? "")' by '\(model ?? "")'"
        }
    }

    /// The place of the answer among those of the case; an error when this run has none.
    static func place(
        prompt: String?, model: String?, among answers: ComparedAnswers
    ) throws(EvaluationError) -> Int {
        let own = answers.rivals.all[answers.place]
        let (prompt, model) = (prompt ?? own.prompt, model ?? own.model)
        guard let place = answers.rivals.all.firstIndex(where: { $0.prompt == prompt && $0.model == model })
        else {
            throw EvaluationError(
                .assertion, "the case has no answer of '\(prompt)' by '\(model)' to compare with",
                hint:
                    "it has those of \(answers.names); a choice of prompts or models on the command line leaves "
                    + "the others out")
        }
        return place
    }
}
