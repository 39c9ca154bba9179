import Evals
import JSON

/// Finds the tool calls of an answer: those that came beside the text, else those that the text spells out.
///
/// Known are the shapes of OpenAI (Chat Completions and Responses), Anthropic, Google and Bedrock.
enum ToolCallReader {
    /// All calls of an answer, in order.
    ///
    /// An answer whose text is JSON may name a tool by `name` alone. In other text only what is unmistakably a call counts,
    /// where it begins a line outside code fences: an example in a sentence is none.
    static func calls(in subject: Subject) -> [ToolCall] {
        if !subject.reply.toolCalls.isEmpty {
            return subject.reply.toolCalls.flatMap { calls(in: $0, isLoose: true) }
        }
        if let selected = subject.selected, selected.string == nil {
            return calls(in: selected, isLoose: true)
        }
        let text = subject.output
        if let value = try? JSONParser().parse(text) { return calls(in: value, isLoose: true) }
        return calls(inText: text)
    }

    /// The calls in a value; `isLoose` accepts an object with nothing but a name.
    static func calls(in value: JSONValue, isLoose: Bool, depth: Int = 0) -> [ToolCall] {
        guard depth < 8 else { return [] }
        if let items = value.array {
            return items.flatMap { calls(in: $0, isLoose: isLoose, depth: depth + 1) }
        }
        guard let members = value.object else { return [] }
        if let call = single(members) { return [call] }
        for key in ["tool_calls", "output", "content", "parts", "choices", "candidates"] {
            if let list = members[key]?.array {
                return list.flatMap { calls(in: $0, isLoose: key == "tool_calls", depth: depth + 1) }
            }
        }
        for key in ["message", "content"] {
            if let inner = members[key], inner.object != nil {
                return calls(in: inner, isLoose: false, depth: depth + 1)
            }
        }
        guard isLoose, members["type"] == nil || members["type"]?.string == "function",
            let name = members["name"]?.string, !name.isEmpty
        else { return [] }
        return [ToolCall(name: name, arguments: arguments(of: members))]
    }

    /// The call that an object is, in one of the providers' spellings.
    private static func single(_ members: JSONObject) -> ToolCall? {
        for key in ["function_call", "functionCall", "toolUse", "function"] {
            if let inner = members[key]?.object, let name = inner["name"]?.string, !name.isEmpty {
                return ToolCall(name: name, arguments: arguments(of: inner))
            }
        }
        guard let type = members["type"]?.string, ["tool_use", "function_call"].contains(type),
            let name = members["name"]?.string, !name.isEmpty
        else { return nil }
        return ToolCall(name: name, arguments: arguments(of: members))
    }

    private static func arguments(of members: JSONObject) -> JSONValue? {
        ["arguments", "input", "args", "parameters"].lazy.compactMap { members[$0] }.first
    }

    /// The calls that lines of a text spell out.
    private static func calls(inText text: String) -> [ToolCall] {
        var text = text
        // Makes the text contiguous once, so that each look at an offset is cheap.
        text.makeContiguousUTF8()
        var found: [ToolCall] = []
        var fences = CodeFences()
        // What does not parse is read to its end: a bound on that keeps a hostile text linear.
        var failures = 0
        let bytes = Array(text.utf8)
        var lineStart = 0
        while lineStart < bytes.count {
            let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.count
            let line = bytes[lineStart..<lineEnd]
            let start = line.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? lineEnd
            var end = lineEnd
            let characters = String(decoding: line, as: UTF8.self)[...].unicodeScalars
            if !fences.isInside(characters), failures < 64,
                let value = line.firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") })
            {
                if let (parsed, after) = JSONParser().parsePrefix(of: text, from: value) {
                    // A value that begins inside a sentence is an example, and so are its lines.
                    if value == start { found += calls(in: parsed, isLoose: false) }
                    end = after > lineEnd ? bytes[after...].firstIndex(of: 0x0A) ?? bytes.count : lineEnd
                } else {
                    failures += 1
                }
            }
            lineStart = end + 1
        }
        return found
    }
}
