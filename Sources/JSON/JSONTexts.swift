extension JSONValue {
    /// The value with every text in it, keys left as they are, replaced by what the function makes of it.
    public func mappingTexts(_ change: (String) -> String) -> JSONValue {
        switch self {
        case .string(let text): .string(change(text))
        case .array(let elements): .array(elements.map { $0.mappingTexts(change) })
        case .object(let members):
            .object(pairs: members.map { ($0.key, $0.value.mappingTexts(change)) })
        case .null, .bool, .number: self
        }
    }
}
