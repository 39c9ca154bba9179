import Diagnostics
import Evals
import JSON

/// What a count of common parts is put in relation to.
enum OverlapMeasure: String, CaseIterable, Sendable {
    /// How much of the reference the answer has.
    case recall
    /// How much of the answer is in the reference.
    case precision
    /// The harmonic mean of both.
    case f1

    /// The option of that name.
    static func option(standard: OverlapMeasure) -> AssertionDescriptor.Option {
        AssertionDescriptor.Option(
            name: "measure", schema: ["enum": .array(allCases.map { .string($0.rawValue) })],
            summary:
                "`recall`: how much of the text the answer has; `precision`: how much of the answer the text has; "
                + "`f1`: their harmonic mean. Default \(standard.rawValue).")
    }

    /// The measure that a specification asks for.
    init(_ specification: AssertionSpecification, standard: OverlapMeasure) throws(DiagnosticError) {
        let word = try OptionValue.word(
            "measure", of: specification, among: Self.allCases.map(\.rawValue), standard: standard.rawValue)
        self = Self(rawValue: word) ?? standard
    }

    /// The score, 0…1, of `common` parts; 0 where there are none.
    func score(common: Int, reference: Int, answer: Int) -> Double {
        guard common > 0, reference > 0, answer > 0 else { return 0 }
        return switch self {
        case .recall: Double(common) / Double(reference)
        case .precision: Double(common) / Double(answer)
        case .f1: 2 * Double(common) / Double(reference + answer)
        }
    }
}
