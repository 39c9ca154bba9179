public import Evals
import JSON

extension Exchange {
    /// The request as it was made, as far as it was recorded: without what was redacted.
    ///
    /// What is no message of this version counts as one with its JSON as the text. For estimates, not for sending.
    public func modelRequest(to model: ModelSpecification, from site: CallSite) -> ModelRequest {
        ModelRequest(
            model: model, parameters: request["parameters"]?.object ?? [:],
            messages: (request["messages"]?.array ?? []).map { Self.message($0) },
            tools: request["tools"]?.array ?? [], outputSchema: request["output_schema"], sample: sample,
            site: site)
    }

    private static func message(_ value: JSONValue) -> Message {
        let other = Message(role: .user, text: JSONWriter.spaced.text(of: value))
        guard let role = value["role"]?.string.flatMap(Message.Role.init) else { return other }
        var content = value["content"]?.array ?? []
        if let text = value["content"]?.string { content = [.object(["text": .string(text)])] }
        var parts: [Message.Part] = []
        for part in content {
            if let text = part["text"]?.string {
                parts.append(.text(text))
            } else if let path = part["image"]?.string, let hash = part["sha256"]?.string {
                parts.append(.image(path: path, sha256: hash))
            } else {
                return other
            }
        }
        return Message(
            role: role, parts: parts, toolCalls: value["tool_calls"]?.array ?? [],
            toolCallID: value["tool_call_id"]?.string)
    }
}
