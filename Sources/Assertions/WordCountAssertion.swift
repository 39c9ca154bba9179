import Diagnostics
import Evals

/// `word-count`: how many words the answer has; words are what white space separates.
enum WordCountAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "word-count", summary: "The answer has so many words, separated by white space.",
            family: .measures, example: "word-count: {max: 120}",

            valueSchema: CountRange.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let range = try CountRange(specification)
        return try YesNoRule.assertion(specification, alwaysPasses: range.whyAlways) { subject in
            range.judgement(on: count(in: subject.output), things: "words")
        }
    }

    private static func count(in text: String) -> Int {
        var text = text
        let count = text.withUTF8 { bytes -> Int? in
            var count = 0
            var isInWord = false
            for byte in bytes {
                guard byte < 0x80 else { return nil }
                let isSpace = byte == 0x20 || byte &- 0x09 < 5
                if !isSpace, !isInWord { count += 1 }
                isInWord = !isSpace
            }
            return count
        }
        return count ?? countScalars(in: text)
    }

    private static func countScalars(in text: String) -> Int {
        var count = 0
        var isInWord = false
        for scalar in text.unicodeScalars {
            let isSpace = WhiteSpace.isSpace(scalar)
            if !isSpace, !isInWord { count += 1 }
            isInWord = !isSpace
        }
        return count
    }
}
