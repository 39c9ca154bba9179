import Diagnostics
import Evals
import JSON

/// `overlap`: how much of words or of letters answer and reference share, whatever their order.
enum OverlapAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "overlap",
            summary:
                "What the answer and a text, or the best of several, share reaches the threshold (default 0.75): by "
                + "default `tokens`, twice the words in common over all words of both; or `jaccard`, the different "
                + "words in common over all different words; or `cosine` of the counts of n-grams of characters; case "
                + "and order do not count.",
            family: .similarity,
            example: "{overlap: The parcel arrives on Monday., method: cosine, threshold: 0.6}",
            scoring: .higherIsBetter(threshold: 0.75), valueSchema: ReferenceTexts.schema,
            options: [
                AssertionDescriptor.Option(
                    name: "method", schema: ["enum": .array(methods.map { .string($0) })],
                    summary:
                        "`tokens` (the default): 2 × words in common ÷ words of both, each as often as it stands "
                        + "there; `jaccard`: different words in common ÷ different words in either; `cosine`: the "
                        + "cosine of the two vectors of n-gram counts."),
                AssertionDescriptor.Option(
                    name: "n", schema: ["type": "integer", "minimum": 1, "maximum": 6],
                    summary:
                        "Counts n-grams of n characters instead of words, 1 to 6; default 3 for `cosine`, else words."
                ),
            ],
            compile: compile)
    ]

    private static let methods = ["tokens", "jaccard", "cosine"]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let texts = try ReferenceTexts.texts(of: specification)
        let method = try OptionValue.word("method", of: specification, among: methods, standard: "tokens")
        let size = try OptionValue.integer(
            "n", of: specification, in: 1...6, standard: method == "cosine" ? 3 : 0)
        return size == 0
            ? try assertion(specification, texts, method: method, things: "words") { words(of: $0) }
            : try assertion(specification, texts, method: method, things: "\(size)-grams") {
                grams(of: $0, size: size)
            }
    }

    private static func assertion<Term>(
        _ specification: AssertionSpecification, _ texts: [String], method: String, things: String,
        bag: @escaping @Sendable (String) -> TermBag<Term>
    ) throws(DiagnosticError) -> CompiledAssertion {
        let references = texts.map(bag)
        for reference in references {
            guard reference.total > 0 else { throw ReferenceTexts.nothing("words", in: specification) }
            guard !reference.isTooLarge else {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-value",
                        "the text of '\(specification.writtenType)' has more than a million different "
                            + things, at: specification.valueMark, hint: "compare with a shorter text"))
            }
        }
        return try ScoreRule.assertion(
            specification, defaultThreshold: 0.75, expected: ReferenceTexts.display(texts)
        ) { (subject: Subject) throws(EvaluationError) in
            let answer = bag(subject.output)
            guard !answer.isTooLarge else {
                throw EvaluationError(
                    .assertion, "the answer has more than a million different \(things), too many to compare",
                    hint: "use rouge-n, or put max-length before it")
            }
            let scores = references.map { reference in
                switch method {
                case "jaccard": reference.jaccard(answer)
                case "cosine": reference.cosine(answer)
                default: reference.dice(answer)
                }
            }
            let best = scores.max() ?? 0
            let reference = references[scores.firstIndex(of: best) ?? 0]
            return ScoreRule.Finding(
                score: best,
                detail: "the text has \(reference.total) \(things) and the answer \(answer.total)")
        }
    }

    private static func words(of text: String) -> TermBag<String> {
        var bag = TermBag<String>()
        Words(rule: .letters).scan(text, while: { bag.add($0) })
        return bag
    }

    /// The n-grams of characters in lower case, white space as one space; a text that is shorter is one n-gram.
    private static func grams(of text: String, size: Int) -> TermBag<UInt128> {
        var bag = TermBag<UInt128>()
        // A scalar has 21 bits, so that six of them fit.
        let mask = (UInt128(1) << UInt128(21 * size)) - 1
        var gram: UInt128 = 0
        var length = 0
        Words(rule: .spaced).scan(
            text,
            while: { word in
                for scalar in (length == 0 ? word : " " + word).unicodeScalars {
                    gram = (gram << 21 | UInt128(scalar.value)) & mask
                    length += 1
                    if length >= size { guard bag.add(gram) else { return false } }
                }
                return true
            })
        if length > 0, length < size { _ = bag.add(gram) }
        return bag
    }
}
