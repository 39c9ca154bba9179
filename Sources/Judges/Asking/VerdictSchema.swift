import JSON

/// The JSON Schemas of verdicts, in the form that strict structured outputs take.
enum VerdictSchema {
    /// An object with these properties, all of them required, and no others.
    static func object(_ properties: JSONObject) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.keys.map { .string($0) }), "additionalProperties": false,
        ]
    }

    /// A reason, and then what the judge says under some key.
    static func reasoned(_ key: String, _ schema: JSONValue) -> JSONValue {
        var properties: JSONObject = ["reason": ["type": "string"]]
        properties[key] = schema
        return object(properties)
    }
}
