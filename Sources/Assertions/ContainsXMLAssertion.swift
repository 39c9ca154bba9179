import Diagnostics
import Evals
import XML

/// `contains-xml`: well-formed elements stand somewhere in the answer, and have between them what is asked for.
enum ContainsXMLAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "contains-xml",
            summary:
                "A well-formed XML element stands somewhere in the answer; each of the elements listed is in "
                + "one of them (paths from its outermost element such as order.item.0.name).",
            family: .structure, example: "contains-xml: [analysis.label, analysis.color]",
            valueNeed: .optional, valueSchema: XMLElementList.schema, compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let list = try XMLElementList(specification)
        let expected = Excerpt.display(list.summary)
        return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
            var search = FragmentSearch(missing: list.paths)
            try search.run(subject.output)
            let passed = search.count > 0 && search.missing.isEmpty
            return Judgement(
                passed: passed, reason: reason(search, passed), expected: expected,
                actual: Excerpt.display(subject.output))
        }
    }

    private static func reason(_ search: FragmentSearch, _ passed: Bool) -> String {
        if passed { return "the answer contains well-formed XML" }
        guard search.count > 0 else {
            guard let refusal = search.refusal else { return "the answer contains no XML" }
            return "the answer contains no well-formed XML: \(refusal)"
        }
        let fragments = search.count == 1 ? "XML" : "\(search.count) pieces of XML"
        return "the answer contains \(fragments) without \(Excerpt.quoted(search.missing.map(\.source)))"
    }

    /// Reads the fragments of a text, outermost first, until nothing is missing.
    private struct FragmentSearch {
        /// What no fragment has had so far.
        var missing: [XMLElementPath]
        /// How many fragments were well-formed.
        var count = 0
        /// Why the first of the others is not.
        var refusal: String?

        mutating func run(_ text: String) throws(EvaluationError) {
            guard text.utf8.count <= XMLDocument.maximumLength else {
                throw Self.limit("it is longer than \(XMLDocument.maximumLength) bytes")
            }
            var text = text
            var copy = self
            let outcome = text.withUTF8 { bytes in
                Result { () throws(EvaluationError) in try copy.run(bytes) }
            }
            try outcome.get()
            self = copy
        }

        private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) throws(EvaluationError) {
            var pending = [0..<bytes.count]
            // A fragment that is not well-formed is searched for others inside, which are read once more.
            var budget = 8 * bytes.count + (1 << 20)
            while let part = pending.popLast() {
                let fragments = XMLFragments(of: bytes, in: part)
                guard !fragments.isCut else {
                    throw Self.limit(
                        "it has more than \(XMLFragments.maximumCount) elements side by side or open")
                }
                budget -= part.count
                for range in fragments.ranges {
                    budget -= range.count
                    guard budget > 0 else { throw Self.limit("too many of its elements are not well-formed") }
                    switch try XMLAnswer.document(of: String(decoding: bytes[range], as: UTF8.self)) {
                    case .success(let document):
                        count += 1
                        missing.removeAll { document.has($0) }
                        if missing.isEmpty { return }
                    case .failure(let failure):
                        refusal = refusal ?? failure.message
                        if range.count > 2 { pending.append(range.lowerBound + 1..<range.upperBound - 1) }
                    }
                }
            }
        }

        private static func limit(_ message: String) -> EvaluationError {
            EvaluationError(
                .assertion, "the answer could not be searched for XML: \(message)",
                hint: "look at the answer: it may hold XML, but more than can be checked here")
        }
    }
}
