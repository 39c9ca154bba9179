import Diagnostics
import Evals
import Files
import JSON
import Templates
import YAML

/// Reads a prompt from its file.
struct PromptFile {
    private let reader: SourceReader
    private let file: YAMLFile
    private let fields: Fields

    /// Whether a YAML value is meant as a prompt: it has a name and a message.
    static func looksLikePrompt(_ root: YAMLNode) -> Bool {
        root["name"] != nil && root["cases"] == nil
            && ["system", "system_prompt", "user", "template", "messages"].contains { root[$0] != nil }
    }

    /// The version that a value writes; nil when there is none.
    static func version(_ node: YAMLNode?) -> String? { node?.integer.map { "\($0)" } ?? node?.text }

    /// The prompt in a file; nil, with diagnostics, when there is none.
    ///
    /// One with mistakes is marked as broken.
    static func load(_ file: YAMLFile, reader: SourceReader) -> Prompt? {
        let before = reader.mistakeCount
        reader.check(file.root, .record(PromptKeys.file), what: "the prompt")
        guard file.root.entries != nil else { return nil }
        var prompt = PromptFile(reader: reader, file: file, fields: Fields(file.root, PromptKeys.file))
            .prompt()
        prompt?.isBroken = reader.mistakeCount != before
        return prompt
    }

    private func prompt() -> Prompt? {
        guard let name = fields.text("name"), Shape.isName(name) else {
            if fields.lacks("name") { report("missing-key", "a prompt needs a name", hint: "add `name: …`") }
            return nil
        }
        let messages = messages()
        let examples = examples()
        var prompt = Prompt(
            name: name, version: "", isVersionAutomatic: fields["version"] == nil,
            file: reader.shown(file.path), mark: file.root.mark, description: fields.text("description"),
            parameters: parameters(), tools: tools(), inputs: inputs(), tags: fields.texts("tags"),
            messages: messages, examples: examples)
        prompt.mark = fields.keyMark("name")
        prompt.model = fields.text("model").map { ($0, fields["model"]?.mark ?? fields.mark) }
        prompt.outputSchema = outputSchema()
        prompt.version =
            Self.version(fields["version"]) ?? automaticVersion()
        checkInputs(of: prompt)
        return prompt
    }

    private func report(_ id: String, _ message: String, at mark: SourceMark? = nil, hint: String? = nil) {
        reader.add(Diagnostic(id, message, at: mark ?? fields.mark, hint: hint))
    }

    /// The first 12 hex digits of the hash of the file's meaning: comments and layout don't count.
    private func automaticVersion() -> String {
        String(ContentHash.sha256Hex(CanonicalJSON.bytes(of: file.root.json)).prefix(12))
    }

    private func messages() -> [MessageTemplate] {
        if let list = fields["messages"] {
            for key in ["system", "user"] where fields.has(key) {
                report(
                    "conflicting-keys", "'messages' and '\(key)' can't both be written",
                    at: fields.keyMark(key),
                    hint: "move it into the list: {role: \(key), content: …}")
            }
            let messages = (list.items ?? []).compactMap {
                MessageReader(reader: reader, file: file).message($0)
            }
            if list.items?.isEmpty == true {
                report("no-message", "the prompt has no message", at: list.mark)
            }
            return messages
        }
        var messages: [MessageTemplate] = []
        for (key, role) in [("system", Message.Role.system), ("user", .user)] {
            guard let node = fields[key], let template = reader.template(node, in: file) else { continue }
            messages.append(MessageTemplate(role: role, parts: [.text(template)]))
        }
        if messages.isEmpty, ["system", "user", "messages"].allSatisfy(fields.lacks) {
            report(
                "no-message", "the prompt has no message", at: fields.keyMark("name"),
                hint: "add `system:`, `user:` or `messages:`")
        }
        return messages
    }

    private func examples() -> [MessageTemplate] {
        (fields["examples"]?.items ?? []).flatMap { item -> [MessageTemplate] in
            let entries: [(String, Message.Role)] = [("user", .user), ("assistant", .assistant)]
            return entries.compactMap { key, role in
                guard let node = item[key] else {
                    if item.entries != nil {
                        report("missing-key", "an example needs '\(key)'", at: item.mark)
                    }
                    return nil
                }
                guard let template = reader.template(node, in: file) else { return nil }
                return MessageTemplate(role: role, parts: [.text(template)])
            }
        }
    }

    private func parameters() -> JSONObject {
        var parameters = fields["parameters"]?.json.object ?? [:]
        for key in PromptKeys.topLevelParameters {
            guard let node = fields[key] else { continue }
            if parameters[key] != nil {
                report(
                    "duplicate-key", "'\(key)' is written here and under 'parameters'",
                    at: fields.keyMark(key),
                    hint: "keep one of them")
            }
            parameters[key] = node.json
        }
        return parameters
    }

    private func outputSchema() -> WrittenValue? {
        guard let node = fields["output_schema"] else { return nil }
        // It is sent to the model as it stands, so it must not need other files.
        return SchemaSource(reader: reader, file: file, refersToFiles: false).schema(node)
    }

    private func tools() -> [JSONValue] {
        (fields["tools"]?.items ?? []).compactMap { item in
            let function = item["function"] ?? item
            guard let name = function["name"]?.text else {
                if function.entries != nil, function["name"] == nil {
                    report("missing-key", "a tool needs a name", at: item.mark)
                }
                return nil
            }
            var tool: JSONObject = ["name": .string(name)]
            for key in ["description", "parameters", "strict"] {
                if let value = function[key], !value.isNull { tool[key] = value.json }
            }
            return .object(tool)
        }
    }

    private func inputs() -> [InputDeclaration]? {
        guard let entries = fields["inputs"]?.entries else { return nil }
        return entries.map { entry in
            let node = entry.value
            let shortest = node["min_length"]?.integer ?? node["minLength"]?.integer ?? 0
            let longest = node["max_length"]?.integer ?? node["maxLength"]?.integer ?? .max
            let smallest = node["minimum"]?.double ?? -.infinity
            let largest = node["maximum"]?.double ?? .infinity
            if shortest > longest || smallest > largest {
                report("empty-range", "the bounds of '\(entry.keyText)' leave no value", at: entry.keyMark)
            }
            return InputDeclaration(
                name: entry.keyText, description: node["description"]?.text,
                types: node["type"]?.many.compactMap(\.text) ?? [],
                choices: node["enum"]?.items?.map(\.json), length: shortest...max(shortest, longest),
                range: smallest...max(smallest, largest), mark: entry.keyMark)
        }
    }

    private func checkInputs(of prompt: Prompt) {
        guard let inputs = prompt.inputs else { return }
        let names = inputs.map(\.name)
        for variable in prompt.freeVariables where !names.contains(variable.name) {
            guard !CaseVariables.builtIn.contains(variable.name) else { continue }
            report(
                "undeclared-input", "'\(variable.name)' is not among the prompt's inputs", at: variable.mark,
                hint: Spelling.hint(for: variable.name, among: names) ?? "list it under `inputs:`")
        }
    }
}
