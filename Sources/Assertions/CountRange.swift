import Diagnostics
import Evals
import JSON

/// How many words or characters an answer may have: `n`, `"n"` or `{min, max}`, both ends included.
struct CountRange: Sendable, Hashable {
    /// At least so many.
    let min: Int
    /// At most so many; nil for no limit.
    let max: Int?

    /// The JSON Schema of such a value.
    static let schema: JSONValue = [
        "anyOf": [
            ["type": "integer", "minimum": 0], ["type": "string", "pattern": "^\\s*[0-9]+\\s*$"],
            [
                "type": "object", "minProperties": 1, "additionalProperties": false,
                "properties": [
                    "min": ["type": "integer", "minimum": 0], "max": ["type": "integer", "minimum": 0],
                ],
            ],
        ]
    ]

    /// Reads the value of an assertion.
    init(_ specification: AssertionSpecification) throws(DiagnosticError) {
        let value = try ScalarText.required(specification)
        guard case .object(let members) = value else {
            let count = try Self.count(value, specification)
            min = count
            max = count
            return
        }
        for key in members.keys where key != "min" && key != "max" {
            throw Self.mistake(
                "unknown-key", "unknown key '\(key)' in '\(specification.writtenType)'", specification,
                hint: Spelling.hint(for: key, among: ["min", "max"]))
        }
        let lower = try members["min"].map { value throws(DiagnosticError) in
            try Self.count(value, specification)
        }
        let upper = try members["max"].map { value throws(DiagnosticError) in
            try Self.count(value, specification)
        }
        guard lower != nil || upper != nil else {
            throw Self.mistake(
                "bad-value", "'\(specification.writtenType)' has neither 'min' nor 'max'", specification)
        }
        if let lower, let upper, lower > upper {
            throw Self.mistake(
                "bad-value", "'min' is greater than 'max' in '\(specification.writtenType)'", specification)
        }
        min = lower ?? 0
        max = upper
    }

    /// Whether a count lies within.
    func contains(_ count: Int) -> Bool { count >= min && count <= max ?? .max }

    /// Why every answer lies within; nil when one may not.
    var whyAlways: String? { min == 0 && max == nil ? "no answer has fewer than 0" : nil }

    /// The range in words.
    var words: String {
        switch max {
        case min: "\(min)"
        case let max?: min == 0 ? "at most \(max)" : "\(min) to \(max)"
        case nil: "at least \(min)"
        }
    }

    /// The verdict on a count of `things`.
    func judgement(on count: Int, things: String) -> Judgement {
        let fits = contains(count)
        return Judgement(
            passed: fits, reason: "the answer has \(count) \(things), \(fits ? "within" : "not") \(words)",
            expected: "\(words) \(things)", actual: "\(count) \(things)")
    }

    private static func count(
        _ value: JSONValue, _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> Int {
        let count =
            switch value {
            case .number(let number): number.integer
            case .string(let text): JSONNumber(text: WhiteSpace.trimmed(text))?.integer
            default: Int?.none
            }
        guard let count, count >= 0 else {
            throw mistake(
                "bad-value", "'\(specification.writtenType)' takes whole numbers from 0 up", specification)
        }
        return count
    }

    private static func mistake(
        _ id: String, _ message: String, _ specification: AssertionSpecification, hint: String? = nil
    ) -> DiagnosticError {
        let example = "write \(specification.writtenType): 5, or {min: 3, max: 10}"
        return DiagnosticError(
            Diagnostic(id, message, at: specification.valueMark, hint: hint ?? example))
    }
}
