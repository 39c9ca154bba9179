import JSON
import Patterns

/// `properties`, `patternProperties` and `additionalProperties`: schemas of the members of an object.
struct PropertiesKeyword: SchemaKeyword {
    private let named: [(name: String, schema: SchemaNodeID)]
    private let byName: [String: SchemaNodeID]
    private let patterns: [(pattern: Pattern, schema: SchemaNodeID)]
    private let additional: SchemaNodeID?

    /// Reads the three keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        let named = compiler.schemaMap(site, "properties") ?? []
        var patterns: [(pattern: Pattern, schema: SchemaNodeID)] = []
        for (source, schema) in compiler.schemaMap(site, "patternProperties") ?? [] {
            if let pattern = compiler.pattern(site, ["patternProperties", source], source) {
                patterns.append((pattern, schema))
            }
        }
        let additional = compiler.schema(site, "additionalProperties")
        if named.isEmpty, patterns.isEmpty, additional == nil { return [] }
        return [
            PropertiesKeyword(
                named: named, byName: Dictionary(named.map { ($0.name, $0.schema) }) { $1 },
                patterns: patterns, additional: additional)
        ]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        var fits = true
        if patterns.isEmpty, additional == nil {
            for (name, schema) in named {
                guard let value = members[name] else { continue }
                run.noteEvaluated(name)
                if !(try run.accepts(value, schema, at: .key(name))) { fits = false }
                if !fits, !run.collects { return false }
            }
            return fits
        }
        for (name, value) in members {
            var isKnown = false
            if let schema = byName[name] {
                isKnown = true
                if !(try run.accepts(value, schema, at: .key(name))) { fits = false }
            }
            for (pattern, schema) in patterns where try run.matches(name, pattern, "patternProperties") {
                isKnown = true
                if !(try run.accepts(value, schema, at: .key(name))) { fits = false }
            }
            if !isKnown, let additional, !(try accepts(name, value, additional, in: &run)) { fits = false }
            if isKnown || additional != nil { run.noteEvaluated(name) }
            if !fits, !run.collects { return false }
        }
        return fits
    }

    private func accepts(
        _ name: String, _ value: JSONValue, _ additional: SchemaNodeID, in run: inout ValidationRun
    ) throws(SchemaLimitError) -> Bool {
        guard run.acceptsNothing(additional) else {
            return try run.accepts(value, additional, at: .key(name))
        }
        let known = named.isEmpty ? "" : "; known are \(ValueSummary.list(named.map(\.name)))"
        return run.fail("additionalProperties", at: .key(name), "this member is not allowed here\(known)")
    }
}

/// `propertyNames`: the schema of the names of an object's members.
struct PropertyNamesKeyword: SchemaKeyword {
    private let schema: SchemaNodeID

    /// Reads `propertyNames`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        compiler.schema(site, "propertyNames").map { [PropertyNamesKeyword(schema: $0)] } ?? []
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        var fits = true
        for (name, _) in members where !(try run.acceptsPartSilently(.string(name), schema)) {
            guard run.collects else { return false }
            let reasons = try run.attempt(.string(name), schema) ?? []
            fits = run.fail(
                "propertyNames", at: .key(name),
                "the name \(ValueSummary.quoted(name)) is not allowed", causes: reasons)
        }
        return fits
    }
}
