import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Reads messages `{role, content}`.
struct MessageReader {
    /// Reads files and collects mistakes.
    let reader: SourceReader
    /// The file with the messages.
    let file: YAMLFile
    /// True where texts are data and no templates.
    var isLiteral = false

    /// The message as a template; nil, with diagnostics, when it is none.
    func message(_ node: YAMLNode) -> MessageTemplate? {
        guard let role = role(node) else { return nil }
        let calls = toolCalls(node, role)
        let id = node["tool_call_id"]?.text
        if id != nil, role != .tool {
            reader.report(
                "misplaced-key", "only a message of the role tool answers a call",
                at: node["tool_call_id"]?.mark)
        }
        guard let content = node["content"], !content.isNull else {
            // An assistant that calls tools may say nothing beside.
            if !calls.isEmpty { return MessageTemplate(role: role, parts: [], toolCalls: calls) }
            if node.entries != nil, node["content"] == nil, node["tool_calls"] == nil {
                reader.add(Diagnostic("missing-key", "a message needs 'content'", at: node.mark))
            }
            return nil
        }
        let parts = content.items?.compactMap { part($0) } ?? text(content).map { [$0] }
        return parts.map { MessageTemplate(role: role, parts: $0, toolCalls: calls, toolCallID: id) }
    }

    /// The calls in the shared form `{id, name, arguments}`; the long spelling `{id, function: {…}}` is taken too.
    private func toolCalls(_ node: YAMLNode, _ role: Message.Role) -> [JSONValue] {
        guard let list = node["tool_calls"], let items = list.items else { return [] }
        if role != .assistant {
            reader.report("misplaced-key", "only an assistant's message calls tools", at: list.mark)
        }
        return items.compactMap { item in
            let json = item.json
            let function = json["function"] ?? json
            guard let name = function["name"]?.string, !name.isEmpty else {
                reader.report(
                    "missing-key", "a tool call needs a 'name'", at: item.mark,
                    hint: "for example {id: call_1, name: get_weather, arguments: {city: Oslo}}")
                return nil
            }
            var call = JSONObject()
            if let id = json["id"]?.string { call["id"] = .string(id) }
            call["name"] = .string(name)
            call["arguments"] = function["arguments"] ?? [:]
            return .object(call)
        }
    }

    private func text(_ node: YAMLNode) -> MessageTemplate.Part? {
        if isLiteral { return node.text.map { .literal($0) } }
        return reader.template(node, in: file).map { .text($0) }
    }

    private func role(_ node: YAMLNode) -> Message.Role? {
        guard node.entries != nil else { return nil }
        guard let role = node["role"] else {
            reader.add(
                Diagnostic(
                    "missing-key", "a message needs a 'role'", at: node.mark,
                    hint: "one of system, user, assistant, tool"))
            return nil
        }
        return role.text.flatMap { Message.Role(rawValue: $0) }
    }

    private func part(_ node: YAMLNode) -> MessageTemplate.Part? {
        if let text = node["text"] { return self.text(text) }
        guard let image = node["image"], let written = image.text else {
            if node.entries != nil, node["image"] == nil {
                reader.report(
                    "missing-key", "a part needs 'text' or 'image'", at: node.mark,
                    hint: "write {text: …} or {image: photo.png}")
            }
            return nil
        }
        guard let path = reader.resolve(written, from: file.path, at: image.mark),
            let bytes = reader.bytes(path, named: image.mark)
        else { return nil }
        return .image(path: path.text, sha256: ContentHash.sha256Hex(bytes))
    }
}
