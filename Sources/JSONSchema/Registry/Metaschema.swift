import JSON

/// The metaschemas of the drafts, made from tables of what each keyword's value may be.
///
/// They say what the published ones say of values; titles and other annotations are left out.
enum Metaschema {
    /// The metaschema, or one of its vocabularies, that a URI without fragment names.
    static func document(_ uri: String) -> JSONValue? {
        var path = Substring(uri)
        for scheme in ["http://json-schema.org/", "https://json-schema.org/"] where path.hasPrefix(scheme) {
            path = path.dropFirst(scheme.count)
        }
        guard path.count < uri.count else { return nil }
        switch path {
        case "draft-04/schema": return draft4
        case "draft-06/schema": return classic(.draft6)
        case "draft-07/schema": return classic(.draft7)
        case "draft/2019-09/schema": return modern(.draft2019)
        case "draft/2020-12/schema": return modern(.draft2020)
        default: break
        }
        for draft in [SchemaDraft.draft2019, .draft2020] {
            let prefix = "draft/\(year(draft))/meta/"
            guard path.hasPrefix(prefix) else { continue }
            let name = String(path.dropFirst(prefix.count))
            return vocabularies(draft).first { $0.name == name }.map { vocabulary($0, draft) }
        }
        return nil
    }

    // MARK: - Values of keywords

    private static let simpleTypes: JSONValue = [
        "enum": ["array", "boolean", "integer", "null", "number", "object", "string"]
    ]
    private static let types: JSONValue = [
        "anyOf": [simpleTypes, ["type": "array", "items": simpleTypes, "minItems": 1, "uniqueItems": true]]
    ]
    private static let text: JSONValue = ["type": "string"]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let number: JSONValue = ["type": "number"]
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let names: JSONValue = ["type": "array", "items": ["type": "string"], "uniqueItems": true]
    private static let pattern: JSONValue = ["type": "string", "format": "regex"]
    private static let reference: JSONValue = ["type": "string", "format": "uri-reference"]
    private static let uri: JSONValue = ["type": "string", "format": "uri"]
    private static let anchor: JSONValue = ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"]

    /// A list of schemas, which must not be empty.
    private static func list(_ schema: JSONValue) -> JSONValue {
        ["type": "array", "minItems": 1, "items": schema]
    }

    /// Schemas by name.
    private static func map(_ schema: JSONValue, names: JSONValue? = nil) -> JSONValue {
        var value: JSONObject = ["type": "object", "additionalProperties": schema]
        value["propertyNames"] = names
        return .object(value)
    }

    /// What has the same meaning in all drafts.
    private static let validation: JSONObject = [
        "maximum": number, "minimum": number, "maxLength": count, "minLength": count, "pattern": pattern,
        "maxItems": count, "minItems": count, "uniqueItems": flag, "maxProperties": count,
        "minProperties": count,
        "type": types,
    ]

    // MARK: - Drafts 4, 6 and 7

    private static let draft4: JSONValue = {
        let schema: JSONValue = ["$ref": "#"]
        let required: JSONValue = ["type": "array", "minItems": 1, "items": text, "uniqueItems": true]
        let flagOrSchema: JSONValue = ["anyOf": [flag, schema]]
        let properties = validation.merging([
            "id": text, "$schema": text, "title": text, "description": text, "default": [:],
            "multipleOf": ["type": "number", "minimum": 0, "exclusiveMinimum": true],
            "exclusiveMaximum": flag, "exclusiveMinimum": flag, "additionalItems": flagOrSchema,
            "items": ["anyOf": [schema, list(schema)]], "required": required,
            "additionalProperties": flagOrSchema, "definitions": map(schema), "properties": map(schema),
            "patternProperties": map(schema), "dependencies": map(["anyOf": [schema, required]]),
            "enum": ["type": "array"], "format": text, "allOf": list(schema), "anyOf": list(schema),
            "oneOf": list(schema), "not": schema,
        ])
        return [
            "id": "http://json-schema.org/draft-04/schema#",
            "$schema": "http://json-schema.org/draft-04/schema#", "type": "object",
            "properties": .object(properties),
            "dependencies": ["exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]],
        ]
    }()

    private static func classic(_ draft: SchemaDraft) -> JSONValue {
        let schema: JSONValue = ["$ref": "#"]
        var properties = validation.merging([
            "$id": reference, "$schema": uri, "$ref": reference, "title": text, "description": text,
            "default": true, "examples": ["type": "array"],
            "multipleOf": ["type": "number", "exclusiveMinimum": 0], "exclusiveMaximum": number,
            "exclusiveMinimum": number, "additionalItems": schema,
            "items": ["anyOf": [schema, list(schema)]],
            "contains": schema, "required": names, "additionalProperties": schema, "definitions": map(schema),
            "properties": map(schema), "patternProperties": map(schema, names: ["format": "regex"]),
            "dependencies": map(["anyOf": [schema, names]]), "propertyNames": schema, "const": true,
            "enum": ["type": "array"], "format": text, "allOf": list(schema), "anyOf": list(schema),
            "oneOf": list(schema), "not": schema,
        ])
        if draft == .draft7 {
            properties = properties.merging([
                "$comment": text, "readOnly": flag, "writeOnly": flag, "contentMediaType": text,
                "contentEncoding": text, "if": schema, "then": schema, "else": schema,
            ])
        }
        let name = "http://json-schema.org/draft-0\(draft.rawValue)/schema#"
        return [
            "$id": .string(name), "$schema": .string(name), "type": ["object", "boolean"],
            "properties": .object(properties),
        ]
    }

    // MARK: - Drafts 2019-09 and 2020-12

    private struct Vocabulary {
        var name: String
        var properties: JSONObject
    }

    private static func year(_ draft: SchemaDraft) -> String { draft == .draft2019 ? "2019-09" : "2020-12" }

    /// A reference to the metaschema that validating began with, so that extended ones reach into themselves.
    private static func recursion(_ draft: SchemaDraft) -> JSONValue {
        draft == .draft2019 ? ["$recursiveRef": "#"] : ["$dynamicRef": "#meta"]
    }

    private static func modern(_ draft: SchemaDraft) -> JSONValue {
        let base = "https://json-schema.org/draft/\(year(draft))/"
        let schema = recursion(draft)
        let all = vocabularies(draft).filter { $0.name != "format-assertion" }
        var document: JSONObject = [
            "$schema": .string(base + "schema"), "$id": .string(base + "schema"),
            "$vocabulary": .object(
                pairs: all.map { (base + "vocab/" + $0.name, .bool($0.name != "format")) }),
            "allOf": .array(all.map { ["$ref": .string("meta/" + $0.name)] }), "type": ["object", "boolean"],
            "properties": [
                "definitions": map(schema), "dependencies": map(["anyOf": [schema, names]]),
            ],
        ]
        mark(&document, draft)
        return .object(document)
    }

    private static func vocabulary(_ vocabulary: Vocabulary, _ draft: SchemaDraft) -> JSONValue {
        let base = "https://json-schema.org/draft/\(year(draft))/"
        var document: JSONObject = [
            "$schema": .string(base + "schema"), "$id": .string(base + "meta/" + vocabulary.name),
            "$vocabulary": [base + "vocab/" + vocabulary.name: true], "type": ["object", "boolean"],
            "properties": .object(vocabulary.properties),
        ]
        mark(&document, draft)
        return .object(document)
    }

    private static func mark(_ document: inout JSONObject, _ draft: SchemaDraft) {
        if draft == .draft2019 {
            document["$recursiveAnchor"] = true
        } else {
            document["$dynamicAnchor"] = "meta"
        }
    }

    private static func vocabularies(_ draft: SchemaDraft) -> [Vocabulary] {
        let schema = recursion(draft)
        let isNewest = draft == .draft2020
        var core: JSONObject = [
            "$id": ["type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$"], "$schema": uri,
            "$ref": reference, "$anchor": anchor, "$comment": text, "$defs": map(schema),
            "$vocabulary": ["type": "object", "propertyNames": uri, "additionalProperties": flag],
        ]
        var applicator: JSONObject = [
            "contains": schema, "additionalProperties": schema, "properties": map(schema),
            "patternProperties": map(schema, names: ["format": "regex"]), "dependentSchemas": map(schema),
            "propertyNames": schema, "if": schema, "then": schema, "else": schema, "allOf": list(schema),
            "anyOf": list(schema), "oneOf": list(schema), "not": schema,
        ]
        let unevaluated: JSONObject = ["unevaluatedItems": schema, "unevaluatedProperties": schema]
        if isNewest {
            core = core.merging(["$dynamicRef": reference, "$dynamicAnchor": anchor])
            applicator = applicator.merging(["prefixItems": list(schema), "items": schema])
        } else {
            core = core.merging(["$recursiveRef": reference, "$recursiveAnchor": flag])
            applicator = applicator.merging(unevaluated).merging([
                "items": ["anyOf": [schema, list(schema)]], "additionalItems": schema,
            ])
        }
        let checks = validation.merging([
            "multipleOf": ["type": "number", "exclusiveMinimum": 0], "exclusiveMaximum": number,
            "exclusiveMinimum": number, "maxContains": count, "minContains": count, "required": names,
            "dependentRequired": map(names), "const": true, "enum": ["type": "array"],
        ])
        let notes: JSONObject = [
            "title": text, "description": text, "default": true, "deprecated": flag, "readOnly": flag,
            "writeOnly": flag, "examples": ["type": "array"],
        ]
        let content: JSONObject = [
            "contentEncoding": text, "contentMediaType": text, "contentSchema": schema,
        ]
        let formats = isNewest ? ["format-annotation", "format-assertion"] : ["format"]
        return [
            Vocabulary(name: "core", properties: core),
            Vocabulary(name: "applicator", properties: applicator),
        ]
            + (isNewest ? [Vocabulary(name: "unevaluated", properties: unevaluated)] : [])
            + [
                Vocabulary(name: "validation", properties: checks),
                Vocabulary(name: "meta-data", properties: notes),
            ]
            + formats.map { Vocabulary(name: $0, properties: ["format": text]) }
            + [Vocabulary(name: "content", properties: content)]
    }
}
