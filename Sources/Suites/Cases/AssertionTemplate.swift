import Diagnostics
import Evals
import JSON
import Templates

/// An assertion whose value may depend on the case, the row or the prompt.
struct AssertionTemplate: Sendable {
    /// What is known of the type.
    var descriptor: AssertionDescriptor
    /// The specification without value and inner assertions.
    var base: AssertionSpecification
    /// The value; nil when there is none.
    var value: ValueTemplate?
    /// True for `schema: prompt`, whose value is the output schema of the prompt.
    var isPromptSchema: Bool
    /// The inner assertions of a set.
    var inner: [AssertionTemplate]
    /// The assertion itself, when nothing in it depends on the case.
    var compiled: CompiledAssertion?

    /// True when neither case nor prompt can change the assertion.
    var isConstant: Bool { !dependsOnPrompt && (value?.isConstant ?? true) && inner.allSatisfy(\.isConstant) }

    /// True when the assertion needs the prompt's output schema.
    var dependsOnPrompt: Bool { isPromptSchema || inner.contains(where: \.dependsOnPrompt) }

    /// The variables that the value's templates use.
    var freeVariables: [FreeVariable] { (value?.freeVariables ?? []) + inner.flatMap(\.freeVariables) }

    /// The metrics the assertion counts for, inner ones included.
    var metrics: [String] { (base.metric.map { [$0] } ?? []) + inner.flatMap(\.metrics) }

    /// The specification with everything filled in.
    func specification(_ context: TemplateContext) throws(TemplateError) -> AssertionSpecification {
        var specification = base
        specification.value = try value?.render(context)
        if let value, !value.isConstant { specification.unrendered = value.written }
        var rendered: [AssertionSpecification] = []
        for assertion in inner { rendered.append(try assertion.specification(context)) }
        specification.inner = rendered
        return specification
    }

    /// The same assertion with the output schema of a prompt in place.
    func with(promptSchema schema: WrittenValue) -> AssertionTemplate {
        guard dependsOnPrompt else { return self }
        var copy = self
        if isPromptSchema {
            copy.set(schema: schema)
            copy.isPromptSchema = false
        }
        copy.inner = inner.map { $0.with(promptSchema: schema) }
        return copy
    }

    /// Takes a schema as the value.
    mutating func set(schema: WrittenValue) {
        value = .constant(schema.value)
        base.valueMark = schema.mark
        base.written = schema
    }
}
