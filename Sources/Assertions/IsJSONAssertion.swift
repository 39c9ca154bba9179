import Diagnostics
import Evals
import JSON
import JSONSchema

/// `is-json`, also called `schema`: the answer is JSON, and fits a schema where one is given.
///
/// Where the schema's `type` is exactly `string` the trimmed answer is the instance, unless it is a quoted
/// JSON string: so a classifier that answers with one word can have an `enum`.
enum IsJSONAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "is-json", aliases: ["schema"],
            summary: "The answer is JSON alone, and fits the schema where one is given.",
            family: .structure, example: "schema: {type: object, required: [label]}",
            valueNeed: .optional, valueSchema: ["type": ["object", "boolean", "string"]],
            rendersValue: false, valueIsSchema: true,
            options: [formatOption], compile: compile)
    ]

    /// The option of all types that take a schema.
    static let formatOption = AssertionDescriptor.Option(
        name: "format", schema: ["enum": ["assert", "annotation"]],
        summary: "Whether the schema's `format` is checked (`assert`, the default) or not.")

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        guard let (document, schema) = try schema(of: specification) else {
            return try YesNoRule.assertion(specification) { (subject: Subject) throws(EvaluationError) in
                switch try JSONAnswer.value(of: subject) {
                case .success(let value):
                    return Judgement(
                        passed: true, reason: "the answer is JSON (\(ScalarText.article(value)))",
                        expected: "JSON", actual: Excerpt.display(subject.output))
                case .failure(let error): return notJSON(error, subject, expected: "JSON")
                }
            }
        }
        return try assertion(specification, document, schema)
    }

    /// The schema of an assertion and its source; nil when only JSON is asked for.
    static func schema(
        of specification: AssertionSpecification
    ) throws(DiagnosticError) -> (document: JSONValue, schema: CompiledSchema)? {
        let assertsFormat = try assertsFormat(specification)
        guard let document = try document(specification) else { return nil }
        let schema = try StatedSchema.compile(document, of: specification, assertsFormat: assertsFormat)
        return (document, schema)
    }

    private static func assertion(
        _ specification: AssertionSpecification, _ document: JSONValue, _ schema: CompiledSchema
    ) throws(DiagnosticError) -> CompiledAssertion {
        let expected = Excerpt.display(JSONWriter.compact.text(of: document))
        var assertion = try YesNoRule.assertion(
            specification, alwaysPasses: whyAlways(schema, document),
            neverPasses: document == false ? "the schema accepts no value" : nil
        ) { (subject: Subject) throws(EvaluationError) in
            try judge(subject, schema, expected: expected)
        }
        assertion.warnings = StatedSchema.warnings(schema, of: specification)
        return assertion
    }

    private static func judge(
        _ subject: Subject, _ schema: CompiledSchema, expected: String
    ) throws(EvaluationError) -> Judgement {
        let value: JSONValue
        if schema.soleType == "string", subject.selected == nil {
            let text = WhiteSpace.trimmed(subject.output)
            value = try quotedString(text) ?? .string(text)
        } else {
            switch try JSONAnswer.value(of: subject) {
            case .success(let found): value = found
            case .failure(let error): return notJSON(error, subject, expected: expected)
            }
        }
        do throws(SchemaLimitError) {
            let violations = try schema.validate(value)
            return Judgement(
                passed: violations.isEmpty,
                reason: violations.isEmpty ? "the answer fits the schema" : reason(violations),
                expected: expected, actual: Excerpt.display(subject.output))
        } catch {
            throw EvaluationError(
                .assertion, "the answer could not be checked against the schema: \(error)",
                hint: "a simpler schema or pattern at that place helps")
        }
    }

    /// The first violations in one sentence.
    static func reason(_ violations: [SchemaViolation], of what: String = "the answer") -> String {
        let shown = violations.prefix(5).map(\.message).joined(separator: "; ")
        let more = violations.count > 5 ? "; and \(violations.count - 5) more" : ""
        return "\(what) does not fit the schema: \(shown)\(more)"
    }

    private static func notJSON(
        _ error: JSONParseError, _ subject: Subject, expected: String
    ) -> Judgement {
        Judgement(
            passed: false, reason: JSONAnswer.complaint(error, about: subject), expected: expected,
            actual: Excerpt.display(subject.output))
    }

    private static func quotedString(_ text: String) throws(EvaluationError) -> JSONValue? {
        guard text.utf8.first == UInt8(ascii: "\""),
            case .success(let value) = try JSONAnswer.value(of: text),
            case .string = value
        else { return nil }
        return value
    }

    private static func assertsFormat(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> Bool {
        switch specification.options["format"] {
        case nil, "assert": return true
        case "annotation": return false
        default:
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'format' is neither 'assert' nor 'annotation'", at: specification.mark,
                    hint: "leave it out to have formats checked, or write format: annotation"))
        }
    }

    /// The schema document; nil when only JSON is asked for.
    private static func document(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> JSONValue? {
        if specification.value == nil, !["schema", "not-schema"].contains(specification.writtenType) {
            return nil
        }
        let value = try ScalarText.required(specification)
        switch value {
        case .object, .bool: return value
        case .string(let text):
            let document: JSONValue
            do throws(JSONParseError) {
                document = try JSONParser().parse(text)
            } catch {
                throw DiagnosticError(
                    Diagnostic(
                        "bad-schema", "the schema of '\(specification.writtenType)' is not JSON: \(error)",
                        at: specification.valueMark,
                        hint: "write the schema as a mapping, or name its file"))
            }
            guard document.object != nil || document.bool != nil else {
                throw wrongKind(document, specification)
            }
            return document
        default: throw wrongKind(value, specification)
        }
    }

    private static func wrongKind(
        _ value: JSONValue, _ specification: AssertionSpecification
    ) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "bad-schema",
                "the schema of '\(specification.writtenType)' is \(ScalarText.article(value)), not a mapping",
                at: specification.valueMark, hint: "write a mapping, true or false"))
    }

    private static func whyAlways(_ schema: CompiledSchema, _ document: JSONValue) -> String? {
        if schema.acceptsEverything {
            // The words stand behind "can never fail: ", which is not all there is to say.
            return "the schema accepts every JSON value, so all that is checked is that the answer is JSON; "
                + "if that is what is meant, write is-json without a schema"
        }
        let annotations: Set<String> = [
            "type", "title", "description", "$schema", "$id", "id", "$comment", "default", "examples",
            "deprecated", "readOnly", "writeOnly",
        ]
        guard schema.soleType == "string", document.object?.keys.allSatisfy(annotations.contains) == true
        else { return nil }
        return "the schema accepts every text, and every answer is a text"
    }
}
