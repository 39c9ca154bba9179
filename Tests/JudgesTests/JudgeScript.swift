import Evals
import JSON

/// What scripted judges say to the questions whose prompts end in a name.
///
/// A bench renders prompts without their names, so that questions are told apart by the properties of the form they ask
/// for and by their variables.
struct JudgeScript: Sendable {
    /// The values given for each kind of question, by a variable that only this kind has.
    var answers: [(variable: String, value: JSONValue)]

    /// The model that plays it.
    var model: ScriptedModel {
        ScriptedModel { (request: ModelRequest) throws(EvaluationError) -> Reply in
            let lines = request.text.split(separator: "\n").map(String.init)
            for (variable, value) in answers where lines.contains(where: { $0.hasPrefix("\(variable): ") }) {
                return value.string.map { Reply(content: $0, finishReason: "stop") } ?? .says(value)
            }
            throw EvaluationError(.provider, "the script has no answer to: \(request.text)")
        }
    }

    /// A list of statements.
    static func list(_ statements: [String], whyNone: String = "") -> JSONValue {
        ["statements": .array(statements.map { .string($0) }), "why_none": .string(whyNone)]
    }

    /// `count` statements.
    static func list(of count: Int) -> JSONValue { list((0..<count).map { "statement \($0 + 1)" }) }

    /// Verdicts about the items 1, 2, ….
    static func verdicts(_ words: [String]) -> JSONValue {
        verdicts(words.enumerated().map { ($0.offset + 1, $0.element) })
    }

    /// Verdicts about the items of these numbers.
    static func verdicts(_ pairs: [(Int, String)]) -> JSONValue {
        [
            "verdicts": .array(
                pairs.map { number, word in
                    ["number": .integer(number), "reason": "So it is.", "verdict": .string(word)]
                })
        ]
    }
}
