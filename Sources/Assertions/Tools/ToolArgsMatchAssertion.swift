import Diagnostics
import Evals
import JSON

/// `tool-args-match`: a tool was called with certain arguments.
enum ToolArgsMatchAssertion {
    /// What the catalog holds.
    static let descriptors = [
        AssertionDescriptor(
            name: "tool-args-match",
            summary:
                "One of the tool's calls has these arguments; others may be beside them unless `match: exact`.",
            family: .tools, example: "tool-args-match: {name: get_weather, args: {city: Berlin}}",
            valueSchema: [
                "type": "object", "required": ["name", "args"], "additionalProperties": false,
                "properties": ["name": ["type": "string"], "args": ["type": "object"]],
            ],
            options: [
                AssertionDescriptor.Option(
                    name: "match", schema: ["enum": ["subset", "exact"]],
                    summary: "`subset` (the default): further arguments are allowed; `exact`: none is.")
            ], compile: compile)
    ]

    @Sendable
    private static func compile(
        _ specification: AssertionSpecification
    ) throws(DiagnosticError) -> CompiledAssertion {
        let value = try ScalarText.required(specification)
        guard let name = value["name"]?.string, !name.isEmpty, let wanted = value["args"]?.object else {
            throw mistake("needs the name of a tool and a mapping of arguments", specification)
        }
        if let other = value.object?.keys.first(where: { $0 != "name" && $0 != "args" }) {
            throw DiagnosticError(
                Diagnostic(
                    "unknown-key", "unknown key '\(other)' in '\(specification.writtenType)'",
                    at: specification.valueMark, hint: Spelling.hint(for: other, among: ["name", "args"])))
        }
        let isExact: Bool
        switch specification.options["match"] {
        case nil, "subset": isExact = false
        case "exact": isExact = true
        default: throw mistake("has a 'match' that is neither 'subset' nor 'exact'", specification)
        }
        let expected = Excerpt.display("\(name)(\(JSONWriter.compact.text(of: .object(wanted))))")
        let isVacuous = wanted.isEmpty && !isExact
        var assertion = try YesNoRule.assertion(specification) { subject in
            let calls = ToolCallReader.calls(in: subject).filter { $0.name == name }
            guard !calls.isEmpty else {
                return Judgement(
                    passed: false, reason: "'\(name)' was not called", expected: expected,
                    actual: ToolReport.display(ToolCallReader.calls(in: subject)))
            }
            let differences = calls.map { difference(between: $0, and: wanted, isExact: isExact) }
            let passed = differences.contains { $0 == nil }
            return Judgement(
                passed: passed,
                reason: passed
                    ? "'\(name)' was called with these arguments"
                    : "'\(name)' was called with other arguments: \(differences.compactMap(\.self).first ?? "")",
                expected: expected, actual: ToolReport.display(calls))
        }
        if isVacuous {
            assertion.warnings.append(
                Diagnostic(
                    "weak-value", "'\(specification.writtenType)' names no arguments, so any call passes",
                    at: specification.valueMark, hint: "write tool-called: \(name), or add `match: exact`",
                    severity: .warning))
        }
        return assertion
    }

    /// How the arguments differ; nil when they match.
    private static func difference(
        between call: ToolCall, and wanted: JSONObject, isExact: Bool
    ) -> String? {
        guard let arguments = call.parsedArguments else { return "they are not JSON" }
        guard let found = arguments.object else { return "they are no object" }
        for (key, value) in wanted {
            guard let other = found[key] else { return "'\(key)' is missing" }
            if let pointer = mismatch(other, value, isExact: isExact, at: "/" + key) {
                return "\(pointer) differs"
            }
        }
        if isExact, let extra = found.keys.first(where: { wanted[$0] == nil }) {
            return "'\(extra)' is too many"
        }
        return nil
    }

    /// The place at which a value is not as wanted; objects inside may have further members too.
    private static func mismatch(
        _ found: JSONValue, _ wanted: JSONValue, isExact: Bool, at place: String
    ) -> String? {
        guard !isExact, let wanted = wanted.object, let found = found.object else {
            return found == wanted ? nil : place
        }
        for (key, value) in wanted {
            guard let other = found[key] else { return place + "/" + key }
            if let pointer = mismatch(other, value, isExact: isExact, at: place + "/" + key) {
                return pointer
            }
        }
        return nil
    }

    private static func mistake(_ what: String, _ specification: AssertionSpecification) -> DiagnosticError {
        DiagnosticError(
            Diagnostic(
                "bad-value", "'\(specification.writtenType)' \(what)", at: specification.valueMark,
                hint: "write \(specification.writtenType): {name: get_weather, args: {city: Berlin}}"))
    }
}
