import Diagnostics
import Evals
import JSON

extension JudgePanel {
    /// The panel that an assertion's `judge` or `panel` names; nil when it names none.
    init?(of specification: AssertionSpecification) throws(DiagnosticError) {
        let (single, several) = (specification.options["judge"], specification.options["panel"])
        if single == nil, several == nil { return nil }
        func mistake(_ message: String, hint: String) -> DiagnosticError {
            DiagnosticError(
                Diagnostic("bad-judge", message, at: specification.mark, hint: hint))
        }
        guard let several else {
            guard let name = single?.string, !name.isEmpty else {
                throw mistake("'judge' is not the name of a model", hint: "write judge: NAME")
            }
            self.init(models: [name])
            return
        }
        guard single == nil else {
            throw mistake("'judge' and 'panel' can't both be written", hint: "name all judges in the panel")
        }
        let known = ["models", "vote", "repeat"]
        let hint = "write panel: {models: [NAME, NAME], vote: majority, repeat: 1}"
        guard let members = several.object else { throw mistake("'panel' is not a mapping", hint: hint) }
        if let unknown = members.keys.first(where: { !known.contains($0) }) {
            throw mistake(
                "unknown key '\(unknown)' of 'panel'", hint: Spelling.hint(for: unknown, among: known) ?? hint
            )
        }
        guard let list = members["models"]?.array, !list.isEmpty,
            list.allSatisfy({ $0.string?.isEmpty == false })
        else { throw mistake("the panel's 'models' is not a list of names", hint: hint) }
        let names = list.compactMap(\.string)
        guard Set(names).count == names.count else {
            throw mistake("a judge is twice in the panel", hint: "write repeat: 2 to ask each judge twice")
        }
        self.init(models: names)
        if let written = members["vote"] {
            guard let vote = written.string.flatMap({ Vote(rawValue: $0) }) else {
                throw mistake("the panel's 'vote' is none of majority, mean, all", hint: hint)
            }
            self.vote = vote
        }
        if let written = members["repeat"] {
            guard let times = written.integer, (1...25).contains(times) else {
                throw mistake("the panel's 'repeat' is not a whole number from 1 to 25", hint: hint)
            }
            repetition = times
        }
    }
}
