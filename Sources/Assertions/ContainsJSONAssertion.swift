import Diagnostics
import Evals
import JSON
import JSONSchema

/// `contains-json`: somewhere in the answer stands a JSON object or list, which fits a schema where one is given.
///
/// JSON is taken strictly: no comments, no unquoted keys, nothing unfinished. Scalars alone do not count, since any
/// text holds some.
enum ContainsJSONAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "contains-json",
            summary: "A JSON object or list stands somewhere in the answer, and fits the schema where one is "
                + "given.",
            family: .structure, example: "contains-json: {type: object, required: [label]}",
            valueNeed: .optional, valueSchema: ["type": ["object", "boolean", "string"]],
            rendersValue: false, valueIsSchema: true,
            options: [IsJSONAssertion.formatOption], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard let (document, schema) = try IsJSONAssertion.schema(of: specification) else {
            return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
                try judge(subject, nil, expected: "a JSON object or list")
            }
        }
        let expected = Excerpt.display(JSONWriter.compact.text(of: document))
        var assertion = try YesNoRule.assertion(specification, neverPasses: whyNever(schema, document)) {
            (subject: Subject) throws(EvaluationError) in
            try judge(subject, schema, expected: expected)
        }
        assertion.warnings = StatedSchema.warnings(schema, of: specification)
        if !specification.isNegated, let reason = whyNever(schema, document) {
            assertion.warnings.append(
                Diagnostic(
                    "schema-keyword", "'\(specification.writtenType)' can never pass: \(reason)",
                    at: specification.valueMark, severity: .warning))
        }
        return assertion
    }

    private static func whyNever(_ schema: CompiledSchema, _ document: JSONValue) -> String? {
        if document == false { return "the schema accepts no value" }
        guard let type = schema.soleType, type != "object", type != "array" else { return nil }
        return "it looks at objects and lists, and the schema accepts values of the type \(type) only"
    }

    /// The fragment that is nearest to what is wanted: the one with the fewest violations, of these the largest.
    private struct Nearest {
        var violations: [SchemaViolation]
        var text: String
        var size: Int
    }

    private static func judge(
        _ subject: Subject, _ schema: CompiledSchema?, expected: String
    ) throws(EvaluationError) -> Judgement {
        var fitting: JSONValue?
        var nearest: Nearest?
        var unreadable: String?
        var count = 0
        let search = JSONFragments.search(subject.output) { fragment in
            count += 1
            switch fragment.value {
            case .failure(let error): unreadable = unreadable ?? error.message
            case .success(let value):
                guard let schema else {
                    fitting = value
                    return false
                }
                do throws(SchemaLimitError) {
                    let violations = try schema.validate(value)
                    if violations.isEmpty {
                        fitting = value
                        return false
                    }
                    if nearest.map({
                        ($0.violations.count, -$0.size) > (violations.count, -fragment.range.count)
                    }) ?? true {
                        nearest = Nearest(
                            violations: violations,
                            text: Excerpt.quoted(JSONWriter.compact.text(of: value)),
                            size: fragment.range.count)
                    }
                } catch {
                    unreadable = unreadable ?? "it could not be checked against the schema: \(error)"
                }
            }
            return true
        }
        let actual = Excerpt.display(subject.output)
        if let fitting {
            let kind = fitting.array == nil ? "object" : "list"
            let fits = schema == nil ? "" : " that fits the schema"
            return Judgement(
                passed: true, reason: "the answer contains a JSON \(kind)\(fits)", expected: expected,
                actual: actual)
        }
        if search.isTooDeep {
            unreadable = unreadable ?? "it nests deeper than \(JSONFragments.maximumDepth) levels"
        }
        if search.isGivenUp {
            unreadable = unreadable ?? "it has too many brackets inside of unfinished texts to search it all"
        }
        if let unreadable {
            throw EvaluationError(
                .assertion, "what may be JSON in the answer could not be read: \(unreadable)",
                hint: "look at the answer: it may hold JSON, but not JSON that can be checked here")
        }
        return Judgement(
            passed: false, reason: reason(count, nearest, search, subject), expected: expected, actual: actual
        )
    }

    private static func reason(
        _ count: Int, _ nearest: Nearest?, _ search: JSONFragments.Search, _ subject: Subject
    ) -> String {
        if let nearest {
            let what = count == 1 ? "the JSON in the answer" : "the nearest of \(count) pieces of JSON"
            let shown = count == 1 ? what : "\(what), \(nearest.text),"
            return IsJSONAssertion.reason(nearest.violations, of: shown)
        }
        guard let failure = search.longestFailure else {
            return "the answer contains no JSON object or list"
        }
        return "the answer contains no JSON object or list: \(failure.message) at line \(failure.line), "
            + "column \(failure.column)"
    }
}
