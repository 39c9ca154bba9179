import Diagnostics
import Evals
import Files
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
        guard let role = role(node), let content = node["content"], !content.isNull else {
            if node.entries != nil, node["content"] == nil {
                reader.add(Diagnostic("missing-key", "a message needs 'content'", at: node.mark))
            }
            return nil
        }
        guard let items = content.items else {
            guard let text = text(content) else { return nil }
            return MessageTemplate(role: role, parts: [text])
        }
        return MessageTemplate(role: role, parts: items.compactMap { part($0) })
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
