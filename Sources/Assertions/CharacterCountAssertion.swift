import Diagnostics
import Evals

/// `character-count`: how many Unicode scalars the answer has, so that an emoji may count as several.
enum CharacterCountAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "character-count", summary: "The answer has so many Unicode code points.",
            family: .measures, example: "character-count: {min: 20, max: 600}",

            valueSchema: CountRange.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let range = try CountRange(specification)
        return try YesNoRule.assertion(specification, alwaysPasses: range.whyAlways) { subject in
            range.judgement(on: count(in: subject.output), things: "characters")
        }
    }

    /// The number of scalars: of bytes that begin one.
    private static func count(in text: String) -> Int {
        var text = text
        return text.withUTF8 { bytes in bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }
    }
}
