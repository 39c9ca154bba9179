import JSON

/// Reading the values of keywords; each returns nil when the keyword is absent or after recording a problem.
extension SchemaCompiler {
    /// A whole number of at least 0; beyond the range of `Int` its maximum.
    mutating func count(_ site: SchemaSite, _ keyword: String) -> Int? {
        guard let value = site[keyword] else { return nil }
        guard let number = value.number, number.isInteger, number >= JSONNumber(0) else {
            problem(site, keyword, "must be a whole number of at least 0, is \(ValueSummary.text(value))")
            return nil
        }
        return number.integer ?? .max
    }

    /// A number.
    mutating func number(_ site: SchemaSite, _ keyword: String) -> JSONNumber? {
        guard let value = site[keyword] else { return nil }
        if let number = value.number { return number }
        problem(site, keyword, "must be a number, is \(ValueSummary.text(value))")
        return nil
    }

    /// A boolean.
    mutating func flag(_ site: SchemaSite, _ keyword: String) -> Bool? {
        guard let value = site[keyword] else { return nil }
        if let flag = value.bool { return flag }
        problem(site, keyword, "must be true or false, is \(ValueSummary.text(value))")
        return nil
    }

    /// A string.
    mutating func text(_ site: SchemaSite, _ keyword: String) -> String? {
        guard let value = site[keyword] else { return nil }
        if let text = value.string { return text }
        problem(site, keyword, "must be a string, is \(ValueSummary.text(value))")
        return nil
    }

    /// The members of an object.
    mutating func map(_ site: SchemaSite, _ keyword: String) -> JSONObject? {
        guard let value = site[keyword] else { return nil }
        if let members = value.object { return members }
        problem(site, keyword, "must be an object, is \(ValueSummary.text(value))")
        return nil
    }

    /// A list of strings, all different.
    mutating func names(_ site: SchemaSite, _ keyword: String, _ value: JSONValue) -> [String]? {
        guard let list = value.array else {
            problem(site, keyword, "must be a list of names, is \(ValueSummary.text(value))")
            return nil
        }
        let names = list.compactMap(\.string)
        guard names.count == list.count else {
            problem(site, keyword, "must be a list of strings")
            return nil
        }
        return names
    }

    /// A schema.
    mutating func schema(_ site: SchemaSite, _ keyword: String, inPlace: Bool = false) -> SchemaNodeID? {
        site[keyword] == nil ? nil : subschema(site, [keyword], inPlace: inPlace)
    }

    /// A list of schemas, which must not be empty.
    mutating func schemaList(_ site: SchemaSite, _ keyword: String, inPlace: Bool = false) -> [SchemaNodeID]?
    {
        guard let value = site[keyword] else { return nil }
        guard let list = value.array, !list.isEmpty else {
            problem(site, keyword, "must be a list of schemas that is not empty")
            return nil
        }
        return list.indices.map { subschema(site, [keyword, "\($0)"], inPlace: inPlace) }
    }

    /// Schemas by name.
    mutating func schemaMap(
        _ site: SchemaSite, _ keyword: String, inPlace: Bool = false
    ) -> [(name: String, schema: SchemaNodeID)]? {
        guard let members = map(site, keyword) else { return nil }
        return members.keys.map { ($0, subschema(site, [keyword, $0], inPlace: inPlace)) }
    }
}
