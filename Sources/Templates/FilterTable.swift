/// All filters by name.
enum FilterTable {
    /// The filters.
    static let definitions: [String: FilterDefinition] = {
        var table: [String: FilterDefinition] = [:]
        let groups = [
            TextFilters.definitions, NumberFilters.definitions, ListFilters.definitions,
            SelectionFilters.definitions, MappingFilters.definitions, OrderFilters.definitions,
        ]
        for definition in groups.joined() { table[definition.signature.name] = definition }
        table["d"] = table["default"]
        table["count"] = table["length"]
        return table
    }()
}
