import Assertions
import Diagnostics
import Evals
import JSON

/// The `scale` of a rubric: what a judge says of a criterion, and what that is worth.
enum RubricScale: Sendable, Hashable {
    /// Met or not.
    case passFail
    /// A whole number, higher is better.
    case range(ClosedRange<Int>)
    /// One of several words, each worth a score.
    case choices([Choice])

    /// A word that a judge may choose.
    struct Choice: Sendable, Hashable {
        /// The word.
        let name: String
        /// What it is worth, in any unit.
        let score: Double
    }

    /// The JSON Schema of the option.
    static let optionSchema: JSONValue = [
        "anyOf": [
            ["const": "pass-fail"],
            ["type": "string", "pattern": "^-?[0-9]{1,4}--?[0-9]{1,4}$"],
            ["type": "object", "minProperties": 2, "additionalProperties": ["type": "number"]],
        ]
    ]

    /// The scale that an assertion states; pass or fail where it states none.
    init(of specification: AssertionSpecification) throws(DiagnosticError) {
        func mistake(_ message: String) -> DiagnosticError {
            DiagnosticError(
                Diagnostic(
                    "bad-value", message, at: specification.mark,
                    hint:
                        "write scale: pass-fail, scale: 1-5, scale: 0-10 or scale: {good: 1, ok: 0.5, bad: 0}"
                ))
        }
        guard let value = specification.options["scale"] else {
            self = .passFail
            return
        }
        if let members = value.object {
            let choices = members.compactMap { (name, score) in
                score.double.map { Choice(name: name, score: $0) }
            }
            guard choices.count == members.count,
                choices.allSatisfy({ $0.score.isFinite && !$0.name.trimmed.isEmpty })
            else { throw mistake("a choice of 'scale' has no name, or a score that is not a number") }
            guard Set(choices.map(\.score)).count > 1 else {
                throw mistake("the choices of 'scale' do not have two different scores")
            }
            self = .choices(choices)
        } else if value.string == "pass-fail" {
            self = .passFail
        } else if let range = value.string.flatMap(Self.range(of:)) {
            self = .range(range)
        } else {
            throw mistake("the 'scale' of '\(specification.writtenType)' is none")
        }
    }

    /// The range that `MIN-MAX` means; nil when it is none of two different whole numbers.
    private static func range(of text: String) -> ClosedRange<Int>? {
        guard let hyphen = text.dropFirst().firstIndex(of: "-") else { return nil }
        let (low, high) = (text[..<hyphen], text[text.index(after: hyphen)...])
        guard !low.hasPrefix("+"), !high.hasPrefix("+"), let min = Int(low), let max = Int(high), min < max,
            (-9999...9999).contains(min), max <= 9999
        else { return nil }
        return min...max
    }

    /// The member of a verdict that says it.
    var key: String {
        switch self {
        case .passFail: "pass"
        case .range: "score"
        case .choices: "choice"
        }
    }

    /// The JSON Schema of what a judge says; a number's bounds are checked by `complaint`, since not every API takes them.
    var schema: JSONValue {
        switch self {
        case .passFail: ["type": "boolean"]
        case .range: ["type": "integer"]
        case .choices(let choices):
            ["type": "string", "enum": .array(choices.map { .string($0.name) })]
        }
    }

    /// How the scale is to be used, in a sentence for the judge.
    var instruction: String {
        switch self {
        case .passFail: "\"pass\" is true when it is met in full, and false in every other case."
        case .range(let range):
            "\"score\" is a whole number from \(range.lowerBound) (not met at all) to \(range.upperBound) (met in full)."
        case .choices(let choices):
            "\"choice\" is one of "
                + choices.map { JSONWriter.compact.text(of: .string($0.name)) }.joined(separator: ", ")
                + ", to the letter."
        }
    }

    /// The member of a verdict as the judge is to write it.
    var form: String {
        switch self {
        case .passFail: "\"pass\": true or false"
        case .range: "\"score\": NUMBER"
        case .choices: "\"choice\": \"...\""
        }
    }

    /// What is wrong with what a judge said, in words for the judge; nil when it is on the scale.
    func complaint(about verdict: JSONValue?) -> String? {
        guard score(of: verdict) == nil else { return nil }
        if case .range(let range) = self {
            return "\"score\" is not a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
        return "\"\(key)\" is not on the scale"
    }

    /// What a judge's word is worth, (s − min)/(max − min); nil when it is not on the scale.
    func score(of verdict: JSONValue?) -> Double? {
        switch self {
        case .passFail: return verdict?.bool.map { $0 ? 1 : 0 }
        case .range(let range):
            guard let score = verdict?.integer, range.contains(score) else { return nil }
            return Double(score - range.lowerBound) / Double(range.upperBound - range.lowerBound)
        case .choices(let choices):
            guard let choice = choices.first(where: { $0.name == verdict?.string }) else { return nil }
            let scores = choices.map(\.score)
            guard let min = scores.min(), let max = scores.max(), max > min else { return nil }
            // Halves, so that the span of the largest numbers is still one.
            return (choice.score / 2 - min / 2) / (max / 2 - min / 2)
        }
    }

    /// What a judge said, for people: `pass`, `4`, `good`.
    func display(_ verdict: JSONValue) -> JSONValue {
        guard case .passFail = self else { return verdict }
        return verdict.bool == true ? "pass" : "fail"
    }
}
