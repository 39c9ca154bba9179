import JSON

/// The texts that stand once in a pack, and the references to them.
enum PackTexts {
    /// The key of a reference.
    static let reference = "$text"

    /// The most bytes that the references of one row may stand for: 64 MiB.
    static let expandedLimit = 64 << 20

    /// The row with each reference replaced by what it stands for; an error above `limit` bytes of texts.
    static func expand(
        _ row: JSONValue, limit: Int = expandedLimit, text: (String) throws(RecordingMistake) -> JSONValue
    ) throws(RecordingMistake) -> JSONValue {
        var size = 0
        return try map(row) { (value, _) throws(RecordingMistake) in
            guard let members = value.object, members.count == 1, let name = members[reference]?.string else {
                return value
            }
            let value = try text(name)
            size += weight(of: value)
            guard size <= limit else {
                throw RecordingMistake(
                    "the shared texts of the row are larger than \(limit >> 20) MiB together")
            }
            return value
        }
    }

    /// About how many bytes a value takes.
    private static func weight(of value: JSONValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .array(let items): items.reduce(2) { $0 + weight(of: $1) + 1 }
        case .object(let members): members.reduce(2) { $0 + $1.key.utf8.count + weight(of: $1.value) + 1 }
        default: 8
        }
    }

    /// The row with each value of `visit` at the places where references may stand.
    ///
    /// `visit` is told whether the value must be shared lest it be read as a reference.
    static func map(
        _ row: JSONValue,
        _ visit: (_ value: JSONValue, _ looksLikeReference: Bool) throws(RecordingMistake) -> JSONValue
    ) throws(RecordingMistake) -> JSONValue {
        guard case .object(var members) = row, case .array(var exchanges)? = members["exchanges"] else {
            return row
        }
        func visited(_ value: JSONValue) throws(RecordingMistake) -> JSONValue {
            let members = value.object
            return try visit(value, members?.count == 1 && members?[reference] != nil)
        }
        for index in exchanges.indices {
            guard case .object(var exchange) = exchanges[index],
                case .object(var request)? = exchange["request"]
            else { continue }
            for key in ["tools", "output_schema"] {
                if let value = request[key] { request[key] = try visited(value) }
            }
            if case .array(var messages)? = request["messages"] {
                for position in messages.indices {
                    guard case .object(var message) = messages[position], let content = message["content"]
                    else { continue }
                    if case .array(var parts) = content {
                        for part in parts.indices {
                            guard case .object(var piece) = parts[part], let text = piece["text"] else {
                                continue
                            }
                            piece["text"] = try visited(text)
                            parts[part] = .object(piece)
                        }
                        message["content"] = .array(parts)
                    } else {
                        message["content"] = try visited(content)
                    }
                    messages[position] = .object(message)
                }
                request["messages"] = .array(messages)
            }
            exchange["request"] = .object(request)
            exchanges[index] = .object(exchange)
        }
        members["exchanges"] = .array(exchanges)
        return .object(members)
    }
}
