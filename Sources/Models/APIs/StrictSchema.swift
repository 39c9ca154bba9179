public import JSON

/// What OpenAI's strict structured outputs reject in a JSON Schema.
///
/// By the guide "Structured Outputs", section "Supported schemas", and by the errors that the service is known to
/// answer with. The service has the last word, so that nothing here is more than a warning.
public enum StrictSchema {
    /// The deepest nesting of objects.
    static let deepestNesting = 10
    /// The most properties of all objects together.
    static let mostProperties = 5000
    /// The most values of all enumerations together.
    static let mostEnumValues = 1000
    /// The most characters of the names of properties and definitions, and of the values of `enum` and `const`.
    static let mostCharacters = 120_000
    /// How many values an enumeration of texts may have before the characters of its values count.
    static let manyEnumValues = 250
    /// The most characters of the values of an enumeration with many of them.
    static let mostEnumCharacters = 15_000

    /// What would be rejected in a schema; empty when it can be sent with `strict: true`.
    ///
    /// - Parameter name: What the schema is, for messages: `output_schema`, or `schema of the tool 'search'`.
    public static func complaints(
        about schema: JSONValue, name: String = "output_schema"
    ) -> [RequestComplaint] {
        var walk = Walk(name: name)
        walk.root(schema)
        return walk.complaints
    }

    /// Keywords that are not taken: those that the guide names, and those that the service is known to reject.
    static let refusedKeywords: Set<String> = [
        "allOf", "not", "dependentRequired", "dependentSchemas", "if", "then", "else",
        "oneOf", "default", "minLength", "maxLength", "uniqueItems", "prefixItems", "additionalItems",
        "contains",
        "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "patternProperties",
        "propertyNames", "minProperties", "maxProperties", "dependencies",
    ]

    /// The values of `format` that are taken.
    static let formats = [
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid",
    ]

    /// One walk through a schema.
    private struct Walk {
        let name: String
        var complaints: [RequestComplaint] = []
        private var properties = 0
        private var enumValues = 0
        private var characters = 0

        init(name: String) { self.name = name }

        mutating func root(_ schema: JSONValue) {
            if schema["anyOf"] != nil {
                complain(
                    "has 'anyOf' at its root", at: .root, hint: "put it into a property of an object")
            } else if schema["type"]?.string != "object" {
                complain(
                    "has a root that is not an object", at: .root,
                    hint: "write type: object, and put the rest into a property")
            }
            visit(schema, at: .root, level: 0, isRoot: true)
            limit(properties, Self.most(mostProperties, "properties"))
            limit(enumValues, Self.most(mostEnumValues, "values in enumerations"))
            limit(characters, Self.most(mostCharacters, "characters in names and fixed values"))
        }

        private mutating func visit(
            _ schema: JSONValue, at place: JSONPointer, level: Int, isRoot: Bool = false
        ) {
            guard let members = schema.object else {
                if !isRoot {
                    complain(
                        "is no mapping at \(place), and true or false is not taken", at: nil,
                        hint: "write its type")
                }
                return
            }
            let types =
                members["type"]?.array?.compactMap(\.string) ?? members["type"]?.string.map { [$0] } ?? []
            for (key, _) in members where refusedKeywords.contains(key) {
                complain("has '\(key)', which is not taken", at: place, hint: "leave it out")
            }
            reference(members, at: place)
            if types.isEmpty, !isRoot,
                !["anyOf", "$ref", "enum", "const"].contains(where: { members[$0] != nil })
            {
                complain("says no type", at: place, hint: "write its type")
            }
            if let format = members["format"]?.string, !formats.contains(format) {
                complain(
                    "has the format '\(format)', which is not taken", at: place,
                    hint: "known are \(formats.joined(separator: ", "))")
            }
            var level = level
            if types.contains("object") || members["properties"] != nil {
                level += 1
                if level == deepestNesting + 1 {
                    complain("nests objects more than \(deepestNesting) deep", at: place, hint: nil)
                }
                object(members, at: place)
            }
            if types.contains("array"), members["items"] == nil {
                complain("has a list without 'items'", at: place, hint: "say what its elements are")
            }
            values(members, at: place)
            descend(members, at: place, level: level)
        }

        private mutating func reference(_ members: JSONObject, at place: JSONPointer) {
            guard let reference = members["$ref"] else { return }
            if members.count > 1 {
                let others = members.keys.filter { $0 != "$ref" }.map { "'\($0)'" }.joined(separator: ", ")
                complain("has \(others) beside '$ref'", at: place, hint: "write '$ref' alone")
            }
            if reference.string?.hasPrefix("#") != true {
                complain("refers to something outside of itself", at: place, hint: "put it under $defs")
            }
        }

        private mutating func object(_ members: JSONObject, at place: JSONPointer) {
            if members["additionalProperties"] != .bool(false) {
                complain(
                    "has an object that allows further properties", at: place,
                    hint: "write additionalProperties: false")
            }
            let names = members["properties"]?.object?.keys ?? []
            properties += names.count
            characters += names.reduce(0) { $0 + $1.unicodeScalars.count }
            let required = Set(members["required"]?.array?.compactMap(\.string) ?? [])
            let optional = names.filter { !required.contains($0) }
            if !optional.isEmpty {
                complain(
                    "has optional properties: \(optional.map { "'\($0)'" }.joined(separator: ", "))",
                    at: place,
                    hint: "list them under required; what may be missing gets type: [string, \"null\"]")
            }
            let unknown = required.subtracting(names).sorted()
            if !unknown.isEmpty {
                complain(
                    "requires what is no property: \(unknown.map { "'\($0)'" }.joined(separator: ", "))",
                    at: place, hint: "describe it under properties")
            }
        }

        private mutating func values(_ members: JSONObject, at place: JSONPointer) {
            if let text = members["const"]?.string { characters += text.unicodeScalars.count }
            guard let list = members["enum"]?.array else { return }
            enumValues += list.count
            let length = list.reduce(0) { $0 + ($1.string?.unicodeScalars.count ?? 0) }
            characters += length
            if list.count > manyEnumValues, length > mostEnumCharacters {
                complain(
                    "has an enumeration of \(list.count) values with more than \(mostEnumCharacters) characters",
                    at: place, hint: nil)
            }
        }

        private mutating func descend(_ members: JSONObject, at place: JSONPointer, level: Int) {
            for key in ["$defs", "definitions", "properties"] {
                for (name, schema) in members[key]?.object ?? [:] {
                    if key != "properties" { characters += name.unicodeScalars.count }
                    // A definition is as deep as the place that refers to it: that is for the service to count.
                    visit(
                        schema, at: place.appending(key).appending(name),
                        level: key == "properties" ? level : 0)
                }
            }
            if let items = members["items"] { visit(items, at: place.appending("items"), level: level) }
            for (index, schema) in (members["anyOf"]?.array ?? []).enumerated() {
                visit(schema, at: place.appending("anyOf").appending("\(index)"), level: level)
            }
        }

        private static func most(_ limit: Int, _ what: String) -> (Int, String) { (limit, what) }

        private mutating func limit(_ count: Int, _ most: (limit: Int, what: String)) {
            guard count > most.limit else { return }
            complain("has \(count) \(most.what), and \(most.limit) are the most", at: .root, hint: nil)
        }

        private mutating func complain(_ what: String, at place: JSONPointer?, hint: String?) {
            let shown = place.map { $0.tokens.isEmpty ? "" : " at \($0)" } ?? ""
            complaints.append(
                RequestComplaint("strict-schema", "the \(name)\(shown) \(what)", hint: hint))
        }
    }
}
