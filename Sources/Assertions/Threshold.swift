package import Diagnostics
package import Evals
import JSON

/// The `threshold:` of an assertion: a score to reach, or for some types a limit in a unit of their own.
package enum Threshold {
    /// How far a score may be below a threshold: means of decimal scores are not exact in binary.
    private static let tolerance = 1e-9

    /// Whether a score is enough.
    package static func isReached(_ threshold: Double, by score: Double) -> Bool {
        score >= threshold - tolerance
    }

    /// The score to reach, 0…1; nil when none is written.
    package static func score(of specification: AssertionSpecification) throws(DiagnosticError) -> Double? {
        guard let threshold = specification.threshold else { return nil }
        guard threshold >= 0, threshold <= 1 else {
            throw mistake(
                specification, "the threshold of '\(specification.writtenType)' is not between 0 and 1",
                hint: "the threshold is a score to reach: 1 is a perfect answer, 0 the worst one")
        }
        return threshold
    }

    /// The limit of a type that needs one and takes no value: a number from 0 up, in `unit`.
    static func limit(
        of specification: AssertionSpecification, unit: String, example: String
    ) throws(DiagnosticError) -> Double {
        let hint = "write \(specification.writtenType): \(example), or threshold: \(example)"
        guard specification.value == nil else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'\(specification.writtenType)' takes a threshold in \(unit), and no value",
                    at: specification.valueMark, hint: hint))
        }
        guard let threshold = specification.threshold else {
            throw DiagnosticError(
                Diagnostic(
                    "missing-value", "'\(specification.writtenType)' needs a threshold in \(unit)",
                    at: specification.mark, hint: hint))
        }
        guard threshold.isFinite, threshold >= 0 else {
            throw mistake(
                specification,
                "the threshold of '\(specification.writtenType)' is not a number of \(unit) from 0 up",
                hint: hint)
        }
        return threshold
    }

    /// A limit as people write it: without a needless fraction.
    package static func text(_ limit: Double) -> String {
        JSONNumber(limit).map { ScalarText.text(of: $0) } ?? "\(limit)"
    }

    private static func mistake(
        _ specification: AssertionSpecification, _ message: String, hint: String
    ) -> DiagnosticError {
        DiagnosticError(Diagnostic("bad-threshold", message, at: specification.valueMark, hint: hint))
    }
}
