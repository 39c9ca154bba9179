import JSON

/// The filters on mappings.
enum MappingFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("items")) { (call) throws(TemplateError) in
            .json(pairs(try call.subjectMembers()))
        },
        FilterDefinition(CallSignature("dictsort", ["case_sensitive", "by", "reverse"]), dictsort),
    ]

    /// The members as lists of key and value.
    static func pairs(_ members: JSONObject) -> JSONValue {
        .array(members.map { .array([.string($0.key), $0.value]) })
    }

    private static func dictsort(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let by = try call.text("by") ?? "key"
        guard by == "key" || by == "value" else { throw call.range("'dictsort' sorts by 'key' or 'value'") }
        let pairs = try call.subjectMembers().map { member in
            let key = JSONValue.string(member.key)
            return (
                key: OrderFilters.key(by == "key" ? key : member.value, call),
                element: JSONValue.array([key, member.value])
            )
        }
        let result = try OrderFilters.sorted(pairs, reverse: call.isSet("reverse"), call)
        return .json(.array(result.map(\.element)))
    }
}
