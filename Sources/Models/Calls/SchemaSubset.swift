import JSON

/// The part of JSON Schema that a provider's structured outputs understand.
struct SchemaSubset {
    /// The keywords understood, whatever their value.
    var keywords: Set<String>
    /// The formats understood; nil: all of them.
    var formats: Set<String>?
    /// True when objects must have `additionalProperties: false`, `minItems` is 0 or 1, enumerated values are plain,
    /// and no schema refers to itself or to another file.
    var isStrict: Bool

    /// Keywords that say nothing about the value.
    private static let annotations: Set<String> = [
        "$schema", "$id", "$comment", "title", "description", "examples", "default", "deprecated", "readOnly",
        "writeOnly",
    ]
    /// Keywords whose members are schemas.
    private static let maps = ["properties", "$defs", "definitions", "patternProperties"]
    /// Keywords that hold one schema.
    private static let single = ["items", "additionalProperties", "not"]
    /// Keywords that hold a list of schemas.
    private static let lists = ["anyOf", "oneOf", "allOf", "prefixItems"]

    /// What is beyond the subset, each with its place: `minimum at /properties/amount`.
    func findings(in schema: JSONValue) -> [String] {
        var found: [String] = []
        Self.walk(schema, .root) { members, place in look(at: members, place, &found) }
        if isStrict {
            found += Self.circles(in: schema).map { "a schema that refers to itself at \($0)" }
        }
        return found
    }

    private func look(at members: JSONObject, _ place: JSONPointer, _ found: inout [String]) {
        func note(_ what: String) {
            found.append("\(what) at \(place.tokens.isEmpty ? "the top" : "\(place)")")
        }
        for (key, value) in members where !Self.annotations.contains(key) {
            switch key {
            case "additionalProperties" where isStrict:
                if value != false { note("additionalProperties that is not false") }
            case "minItems" where isStrict:
                if value != 0 && value != 1 { note("minItems above 1") }
            case "enum" where isStrict:
                if value.array?.contains(where: { $0.object != nil || $0.array != nil }) == true {
                    note("enum with lists or objects")
                }
            case "$ref" where isStrict:
                if value.string?.hasPrefix("#") != true { note("$ref to another file") }
            case "format":
                if let format = value.string, let formats, !formats.contains(format) {
                    note("format \(format)")
                }
            default:
                if !keywords.contains(key) { note(key) }
            }
        }
        if isStrict, members["properties"] != nil, members["additionalProperties"] == nil {
            note("no additionalProperties: false")
        }
    }

    /// Calls `visit` for a schema and all schemas inside it.
    private static func walk(
        _ schema: JSONValue, _ place: JSONPointer, _ visit: (JSONObject, JSONPointer) -> Void
    ) {
        guard let members = schema.object else { return }
        visit(members, place)
        for key in maps {
            for (name, inner) in members[key]?.object ?? [:] {
                walk(inner, place.appending(key).appending(name), visit)
            }
        }
        for key in single {
            if let inner = members[key] { walk(inner, place.appending(key), visit) }
        }
        for key in lists {
            for (index, inner) in (members[key]?.array ?? []).enumerated() {
                walk(inner, place.appending(key).appending("\(index)"), visit)
            }
        }
    }

    /// The references by which a schema can be reached from itself, in the order written.
    private static func circles(in root: JSONValue) -> [String] {
        var edges: [String: [String]] = [:]
        var order: [String] = []
        var waiting = references(in: root)
        while let target = waiting.popLast() {
            guard edges[target] == nil, let schema = schema(at: target, in: root) else { continue }
            order.append(target)
            let inner = references(in: schema)
            edges[target] = inner
            waiting += inner
        }
        return order.filter { start in
            var seen: Set<String> = []
            var waiting = edges[start] ?? []
            while let next = waiting.popLast() {
                if next == start { return true }
                if seen.insert(next).inserted { waiting += edges[next] ?? [] }
            }
            return false
        }.sorted()
    }

    private static func references(in schema: JSONValue) -> [String] {
        var found: [String] = []
        walk(schema, .root) { members, _ in
            if let target = members["$ref"]?.string, !found.contains(target) { found.append(target) }
        }
        return found
    }

    private static func schema(at reference: String, in root: JSONValue) -> JSONValue? {
        guard reference.hasPrefix("#") else { return nil }
        return JSONPointer(String(reference.dropFirst()))?.resolve(in: root)
    }
}
