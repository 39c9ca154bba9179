import Diagnostics
import Evals
import JSON

/// `no-markdown`: the answer is plain text.
enum NoMarkdownAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "no-markdown",
            summary:
                "The answer has no Markdown: headings, emphasis, lists (numbered ones from two items on), tables, links, "
                + "images, code, block quotes, rules; what looks the same in plain text (2 * 3, snake_case, a single "
                + "\"1. \") is none.",
            family: .safety, example: "no-markdown", valueNeed: .none,
            options: [
                AssertionDescriptor.Option(
                    name: "allow",
                    schema: OptionValue.listSchema(of: ["enum": .array(kinds.map { .string($0) })]),
                    summary: "Kinds of Markdown that are fine: one, or a list.")
            ],
            compile: compile)
    ]

    private static let kinds = MarkdownScan.Kind.allCases.map(\.rawValue)

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let allowed = Set(try OptionValue.words("allow", of: specification, among: kinds) ?? [])
        let all = allowed.isSuperset(of: kinds) ? "every kind of Markdown is allowed" : nil
        return try YesNoRule.assertion(specification, alwaysPasses: all) { subject in
            let finds = MarkdownScan.finds(in: subject.output).filter { !allowed.contains($0.kind.rawValue) }
            guard !finds.isEmpty else {
                return Judgement(passed: true, reason: "the answer has no Markdown", expected: "plain text")
            }
            let list = finds.prefix(5).map {
                "\($0.kind.words) (line \($0.line): \(Excerpt.quoted($0.text)))"
            }.joined(separator: ", ")
            let more = finds.count > 5 ? " and \(finds.count - 5) more kinds" : ""
            return Judgement(
                passed: false, reason: "the answer has Markdown: \(list)\(more)", expected: "plain text",
                actual: Excerpt.display(subject.output))
        }
    }
}
