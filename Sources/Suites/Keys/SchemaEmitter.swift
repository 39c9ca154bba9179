public import Evals
public import JSON

/// The JSON Schemas of the files, for editors: made from the tables that the loader checks with.
public struct SchemaEmitter: Sendable {
    /// A kind of file.
    public enum Document: String, Sendable, CaseIterable {
        /// A prompt file.
        case prompt
        /// A suite file.
        case suite
        /// The project file.
        case project
    }

    private let catalog: AssertionCatalog

    /// Creates an emitter that knows some types of assertion.
    public init(catalog: AssertionCatalog) { self.catalog = catalog }

    /// The schema of a kind of file, draft 2020-12.
    public func schema(of document: Document) -> JSONValue {
        let table =
            switch document {
            case .prompt: PromptKeys.file
            case .suite: SuiteKeys.file
            case .project: ProjectKeys.file
            }
        var schema: JSONObject = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string("evalrun \(document.rawValue) file"),
        ]
        schema = schema.merging(self.schema(table))
        if document == .suite { schema["$defs"] = ["assertion": assertion()] }
        return .object(schema)
    }

    private func schema(_ table: KeyTable) -> JSONObject {
        var properties = JSONObject()
        for key in table.keys {
            for (index, spelling) in ([key.name] + key.aliases).enumerated() {
                var property = schema(key.shape)
                let note = index == 0 ? key.summary : "Another spelling of \(key.name). \(key.summary)"
                property["description"] = .string(note)
                properties[spelling] = .object(property)
            }
        }
        return ["type": "object", "properties": .object(properties), "additionalProperties": false]
    }

    private func schema(_ shape: Shape) -> JSONObject {
        switch shape {
        case .any: return [:]
        case .text: return ["type": "string"]
        case .scalarText: return ["type": ["string", "number", "boolean"]]
        case .name: return ["type": ["string", "integer"], "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"]
        case .integer(let range):
            var schema: JSONObject = ["type": "integer"]
            if range.lowerBound != .min { schema["minimum"] = .integer(range.lowerBound) }
            if range.upperBound != .max { schema["maximum"] = .integer(range.upperBound) }
            return schema
        case .number(let range):
            var schema: JSONObject = ["type": "number"]
            if range.lowerBound.isFinite { schema["minimum"] = .double(range.lowerBound) }
            if range.upperBound.isFinite { schema["maximum"] = .double(range.upperBound) }
            return schema
        case .boolean: return ["type": "boolean"]
        case .date: return ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"]
        case .choice(let words): return ["enum": .array(words.map { .string($0) })]
        case .list(let element): return ["type": "array", "items": .object(schema(element))]
        case .oneOrMany(let element):
            let one = JSONValue.object(schema(element))
            return ["anyOf": [one, ["type": "array", "items": one]]]
        case .map(let value): return ["type": "object", "additionalProperties": .object(schema(value))]
        case .named(let value):
            return [
                "type": "object", "additionalProperties": .object(schema(value)),
                "propertyNames": ["pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"],
            ]
        case .record(let table): return schema(table)
        case .either(let shapes): return ["anyOf": .array(shapes.map { .object(schema($0)) })]
        case .assertion: return ["$ref": "#/$defs/assertion"]
        }
    }

    /// The schema of an assertion: a bare name, `use`, or a mapping with the short or the long spelling.
    private func assertion() -> JSONValue {
        var properties = schema(SuiteKeys.assertionOptions)["properties"]?.object ?? [:]
        properties["use"] = ["type": "string", "description": "The path of a list of assertions."]
        var names: [JSONValue] = []
        var bareNames: [JSONValue] = []
        for descriptor in catalog.descriptors {
            var value = shortValue(of: descriptor)
            for option in descriptor.options {
                var schema = option.schema.object ?? [:]
                schema["description"] = .string(option.summary)
                properties[option.name] = Self.either(properties[option.name], .object(schema))
            }
            for name in [descriptor.name] + descriptor.aliases {
                for (prefix, note) in [("", ""), ("not-", "The opposite of: ")] {
                    names.append(.string(prefix + name))
                    if descriptor.valueNeed != .required, !descriptor.shortValueIsThreshold,
                        !descriptor.holdsAssertions
                    {
                        bareNames.append(.string(prefix + name))
                    }
                    value["description"] = .string(note + descriptor.summary)
                    properties[prefix + name] = .object(value)
                }
            }
        }
        properties["type"] = ["enum": .array(names), "description": "The type, in the long spelling."]
        return [
            "anyOf": [
                ["enum": .array(bareNames)],
                ["type": "object", "properties": .object(properties), "additionalProperties": false],
            ]
        ]
    }

    /// What two types want of an option of the same name.
    private static func either(_ known: JSONValue?, _ schema: JSONValue) -> JSONValue {
        guard let known, known != schema else { return schema }
        let isChoice = known.object.map { Array($0.keys) == ["anyOf"] } ?? false
        let choices = isChoice ? known["anyOf"]?.array ?? [known] : [known]
        return choices.contains(schema) ? known : ["anyOf": .array(choices + [schema])]
    }

    private func shortValue(of descriptor: AssertionDescriptor) -> JSONObject {
        if descriptor.holdsAssertions { return ["type": "array", "items": ["$ref": "#/$defs/assertion"]] }
        if descriptor.shortValueIsThreshold { return ["type": "number"] }
        let schema = descriptor.valueSchema.object ?? [:]
        guard descriptor.rendersValue, !schema.isEmpty else { return schema }
        // Where a template may stand, so may its text, whatever the type of what it gives.
        return ["anyOf": [.object(schema), ["type": "string", "pattern": "\\{[{%]"]]]
    }
}
