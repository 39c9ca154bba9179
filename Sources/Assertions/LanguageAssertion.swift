import Diagnostics
import Evals
import JSON
import Languages

/// `language`: the answer is in a language, or in one of several.
///
/// An answer without any letter is in none, so it fails. Where letters are too few, or could be of several languages,
/// the assertion can't be evaluated: neither it nor its opposite passes by chance.
enum LanguageAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "language",
            summary:
                "The answer is in the language, or in one of several: at least `threshold` (default 0.7) of its text; a "
                + "language is an ISO 639-1 code or its English name; code between fences does not count, the first "
                + "megabyte is looked at, and an answer with fewer than 16 letters (6 in Chinese) or of uncertain "
                + "language is an error.",
            family: .safety, example: "language: de", scoring: .higherIsBetter(threshold: 0.7),
            valueSchema: OptionValue.listSchema(of: ["type": "string"]), compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let languages = try languages(of: specification)
        let expected = languages.map(\.name).joined(separator: " or ")
        return try ScoreRule.assertion(specification, defaultThreshold: 0.7, expected: expected) {
            (subject: Subject) throws(EvaluationError) in
            let text = ProseText.prose(of: subject.output, atMost: LanguageEstimate.longestText)
            switch LanguageEstimate(of: text) {
            case .told(let shares):
                let wanted = shares.filter { share in languages.contains { $0.includes(share.code) } }
                let parts = shares.map { share in
                    "\(Language.name(of: share.code)) \(Int((share.share * 100).rounded())) %"
                }
                return ScoreRule.Finding(
                    score: min(1, wanted.reduce(0) { $0 + $1.share }), detail: parts.joined(separator: ", "))
            case .noLetters:
                return ScoreRule.Finding(
                    score: 0, detail: "the answer has no letters, so it is in no language")
            case .tooShort:
                throw EvaluationError(
                    .assertion, "the answer is too short to tell its language",
                    hint: "take the assertion off cases with answers of a word or two")
            case .unclear:
                throw EvaluationError(
                    .assertion, "the language of the answer can't be told",
                    hint: "the answer may be no ordinary text; look at it")
            }
        }
    }

    private static func languages(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> [Language] {
        let value = try ScalarText.required(specification)
        let elements = value.array ?? [value]
        guard !elements.isEmpty else {
            throw DiagnosticError(
                Diagnostic(
                    "empty-list", "'\(specification.writtenType)' names no language",
                    at: specification.valueMark,
                    hint: "write \(specification.writtenType): de, or a list"))
        }
        var languages: [Language] = []
        for element in elements {
            guard let written = element.string, let language = Language(written) else {
                let shown = element.string.map { "'\($0)'" } ?? ScalarText.article(element)
                throw DiagnosticError(
                    Diagnostic(
                        "unknown-language",
                        "'\(specification.writtenType)' does not know the language \(shown)",
                        at: specification.valueMark, hint: hint(for: element.string)))
            }
            languages.append(language)
        }
        return languages
    }

    private static func hint(for written: String?) -> String {
        guard let written else { return "a code such as no must be text: write \"no\"" }
        let base = written.prefix { $0 != "-" && $0 != "_" }
        if base.count < written.count, let language = Language(String(base)) {
            return "regions can't be told: write \(language.code)"
        }
        return Spelling.hint(for: written, among: Language.codes + Language.names)
            ?? "write an ISO 639-1 code such as de, or an English name such as German"
    }
}
