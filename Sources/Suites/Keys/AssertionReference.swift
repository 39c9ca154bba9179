public import Evals
import JSON

/// The reference of all types of assertion as a Markdown page, made from the catalog that the loader uses.
public struct AssertionReference: Sendable {
    private let catalog: AssertionCatalog

    /// Creates a reference of a catalog.
    public init(catalog: AssertionCatalog) { self.catalog = catalog }

    /// The whole page.
    public var markdown: String {
        var page = """
            # Assertions

            Made by `evalrun schema assertions` from the table that the loader checks files with. How assertions are written, \
            and what all have in common (`weight`, `metric`, `select`, `not-` …), is in [formats.md](formats.md#assertions).

            `not-` before any name turns it around. What can't be evaluated is an error, with or without `not-`, and never \
            a pass.

            """
        for family in AssertionDescriptor.Family.allCases {
            let members = catalog.descriptors.filter { $0.family == family }
            guard !members.isEmpty else { continue }
            page += "\n## \(family.rawValue)\n\n"
            page += "| assertion | value | passes when | example |\n|---|---|---|---|\n"
            for descriptor in members { page += row(descriptor) }
            for descriptor in members where !descriptor.options.isEmpty { page += options(descriptor) }
        }
        return page
    }

    private func row(_ descriptor: AssertionDescriptor) -> String {
        let names = ([descriptor.name] + descriptor.aliases).map { "`\($0)`" }.joined(separator: ", ")
        let summary = [descriptor.summary, scoring(descriptor)].compactMap(\.self).joined(separator: " ")
        let cells = [names, value(descriptor), summary, "`\(descriptor.example)`"]
        return "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
    }

    private func options(_ descriptor: AssertionDescriptor) -> String {
        var text = "\nOptions of `\(descriptor.name)`:\n\n"
        for option in descriptor.options {
            let words = Self.words(option.schema)
            text += "- `\(option.name)` (\(words)): \(option.summary)\n"
        }
        return text
    }

    private func scoring(_ descriptor: AssertionDescriptor) -> String? {
        switch descriptor.scoring {
        case .yesNo: nil
        case .higherIsBetter(let threshold?):
            "Higher is better; threshold \(Self.number(threshold)) unless written."
        case .higherIsBetter(nil): "Higher is better."
        case .lowerIsBetter(let unit, let limit?):
            "Lower is better; at most \(Self.number(limit)) \(unit) unless written."
        case .lowerIsBetter(let unit, nil): "Lower is better, in \(unit)."
        }
    }

    private func value(_ descriptor: AssertionDescriptor) -> String {
        if descriptor.shortValueIsThreshold { return "number" }
        if descriptor.holdsAssertions { return "list of assertions" }
        if descriptor.valueIsSchema {
            return descriptor.valueNeed == .required ? "schema" : "nothing, or a schema"
        }
        let words = Self.words(descriptor.valueSchema)
        switch descriptor.valueNeed {
        case .none: return "–"
        case .optional: return "nothing, or \(words)"
        case .required: return words
        }
    }

    /// The kinds of value that a JSON Schema allows, in words.
    private static func words(_ schema: JSONValue) -> String {
        if let choices = schema["enum"]?.array {
            return choices.map { $0.string.map { "`\($0)`" } ?? "`\($0)`" }.joined(separator: ", ")
        }
        for keyword in ["anyOf", "oneOf"] {
            guard let branches = schema[keyword]?.array else { continue }
            var seen: [String] = []
            for branch in branches.map(words) where !seen.contains(branch) { seen.append(branch) }
            return seen.joined(separator: " or ")
        }
        let types = schema["type"]?.array ?? schema["type"].map { [$0] } ?? []
        let names = types.compactMap(\.string).map { type in
            switch type {
            case "string": "text"
            case "object": mapping(schema)
            case "array": "list"
            case "integer": "whole number"
            default: type
            }
        }
        return names.isEmpty ? "any value" : names.joined(separator: " or ")
    }

    private static func mapping(_ schema: JSONValue) -> String {
        guard let keys = schema["properties"]?.object?.keys, !keys.isEmpty else { return "mapping" }
        return "`{" + keys.joined(separator: ", ") + "}`"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }

    /// A text as the cell of a table: in code, too, a bar would end the cell.
    private static func cell(_ text: String) -> String {
        String(text.map { $0 == "\n" ? " " : $0 }).split(separator: "|", omittingEmptySubsequences: false)
            .joined(separator: "\\|")
    }
}
