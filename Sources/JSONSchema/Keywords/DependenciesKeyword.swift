import JSON

/// `dependentRequired`, `dependentSchemas` and `dependencies`: what the presence of a member demands.
struct DependenciesKeyword: SchemaKeyword {
    private enum Demand: Sendable {
        case members([String])
        case schema(SchemaNodeID)
    }

    private let keyword: String
    private let demands: [(name: String, demand: Demand)]

    /// Reads the three keywords.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        ["dependentRequired", "dependentSchemas", "dependencies"].compactMap { keyword in
            guard let map = compiler.map(site, keyword), !map.isEmpty else { return nil }
            var demands: [(name: String, demand: Demand)] = []
            for (name, value) in map {
                let isSchema =
                    switch keyword {
                    case "dependentRequired": false
                    case "dependentSchemas": true
                    default: value.array == nil
                    }
                if isSchema {
                    let schema = compiler.subschema(site, [keyword, name], inPlace: true)
                    demands.append((name, .schema(schema)))
                } else if let names = compiler.names(site, keyword, value) {
                    demands.append((name, .members(names)))
                }
            }
            return DependenciesKeyword(keyword: keyword, demands: demands)
        }
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .object(let members) = instance else { return true }
        var fits = true
        for (name, demand) in demands where members[name] != nil {
            switch demand {
            case .members(let names):
                for other in names where members[other] == nil {
                    fits = run.fail(
                        keyword,
                        "the member \(ValueSummary.quoted(other)) is missing, which "
                            + "\(ValueSummary.quoted(name)) demands")
                }
            case .schema(let schema): if !(try run.accepts(instance, schema)) { fits = false }
            }
            if !fits, !run.collects { return false }
        }
        return fits
    }
}
