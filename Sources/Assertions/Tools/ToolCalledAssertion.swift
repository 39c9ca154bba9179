import Diagnostics
import Evals
import JSON

/// `tool-called`: the answer calls certain tools, whatever else it calls.
enum ToolCalledAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "tool-called",
            summary:
                "Each of the tools was called, as often as the list has it, whatever else was; with `order: true` in this order.",
            family: .tools, example: "tool-called: [find_order, refund]", valueSchema: TextList.schema,
            options: [
                AssertionDescriptor.Option(
                    name: "order", schema: ["type": "boolean"],
                    summary:
                        "`true`: the calls must come in the order of the list; others may stand between them."
                )
            ], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let names = try TextList(specification).texts
        let inOrder = specification.options["order"] ?? false
        guard case .bool(let isOrdered) = inOrder else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "'order' must be true or false", at: specification.mark,
                    hint: "leave it out where the order does not count"))
        }
        guard !names.contains("") else {
            throw DiagnosticError(
                Diagnostic(
                    "bad-value", "no tool has an empty name", at: specification.valueMark,
                    hint: "name the tools that must be called"))
        }
        let expected = Excerpt.display(
            "calls of " + Excerpt.quoted(names) + (isOrdered ? " in this order" : ""))
        return try YesNoRule.assertion(specification) { subject in
            let calls = ToolCallReader.calls(in: subject)
            let missing = isOrdered ? firstMissing(of: names, in: calls) : missing(of: names, in: calls)
            let reason =
                missing.isEmpty
                ? "\(Excerpt.quoted(names)) called" + (isOrdered ? " in this order" : "")
                : "\(Excerpt.quoted(missing)) not called" + (isOrdered ? " after the tools before it" : "")
            return Judgement(
                passed: missing.isEmpty, reason: reason, expected: expected, actual: ToolReport.names(calls))
        }
    }

    /// The names that were not called, or not as often as the list has them.
    private static func missing(of names: [String], in calls: [ToolCall]) -> [String] {
        var left: [String: Int] = [:]
        for call in calls { left[call.name, default: 0] += 1 }
        return names.filter { name in
            left[name, default: 0] -= 1
            return left[name, default: 0] < 0
        }
    }

    /// The first name that does not follow those before it; empty when all do.
    private static func firstMissing(of names: [String], in calls: [ToolCall]) -> [String] {
        var rest = calls[...]
        for name in names {
            guard let place = rest.firstIndex(where: { $0.name == name }) else { return [name] }
            rest = rest[(place + 1)...]
        }
        return []
    }
}
