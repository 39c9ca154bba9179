import Diagnostics
import Files
import JSON
import Templates
import YAML

/// A case that a try is kept as: the values, and what is expected.
public struct SavedCase {
    /// Its id, new in the suite.
    public var id: String
    /// What was given to the prompt.
    public var values: TryValues
    /// The texts that the answer must have.
    public var expected: [String]

    /// Creates a case.
    public init(id: String, values: TryValues, expected: [String]) {
        self.id = id
        self.values = values
        self.expected = expected
    }

    /// The case as YAML, or nil when a text can't be written so that it means itself.
    ///
    /// - Parameters:
    ///   - checksSchema: Whether the answer is checked against the prompt's output schema.
    ///   - prompt: The prompt that the case is for, where the suite has others too.
    ///   - file: The suite, which paths are relative to.
    func yaml(checksSchema: Bool, only prompt: String?, in file: ProjectPath) -> YAMLOutput? {
        var entries: [YAMLOutput.Entry] = [.init("id", .string(id))]
        var variables: [YAMLOutput.Entry] = []
        for (name, value) in values.values {
            if CaseVariables.builtIn.contains(name) {
                guard let literal = Self.literal(value) else { return nil }
                entries.append(.init(name, YAMLOutput(literal)))
            } else if let path = values.files[name] {
                let relative = Self.path(to: path, from: file)
                variables.append(.init(name, .mapping([.init("file", .string(relative))], flow: true)))
            } else {
                variables.append(.init(name, YAMLOutput(value)))
            }
        }
        if !variables.isEmpty { entries.append(.init("vars", Self.compact(variables))) }
        if let prompt {
            let only = YAMLOutput.Entry("prompts", .list([.string(prompt)], flow: true))
            entries.append(.init("only", .mapping([only], flow: true)))
        }
        var assertions: [YAMLOutput] = []
        if checksSchema { assertions.append(.mapping([.init("schema", .string("prompt"))])) }
        for text in expected {
            guard let literal = Self.literal(text) else { return nil }
            assertions.append(.mapping([.init(TriedPrompt.expectation, .string(literal))]))
        }
        entries.append(.init("assert", .list(assertions)))
        return .mapping(entries)
    }

    /// In one line where that is short.
    private static func compact(_ entries: [YAMLOutput.Entry]) -> YAMLOutput {
        let line = YAMLOutput.mapping(entries, flow: true)
        let hasBreak = entries.contains { entry in
            if case .string(let text) = entry.value { text.contains("\n") } else { false }
        }
        let length = YAMLWriter.write(line).count
        return hasBreak || length > 80 ? .mapping(entries) : line
    }

    /// A value that a template gives back as it is.
    private static func literal(_ value: JSONValue) -> JSONValue? {
        switch value {
        case .string(let text): return literal(text).map { .string($0) }
        case .array(let items):
            var literals: [JSONValue] = []
            for item in items {
                guard let item = literal(item) else { return nil }
                literals.append(item)
            }
            return .array(literals)
        case .object(let members):
            var literals: JSONObject = [:]
            for (key, member) in members {
                guard let member = literal(member) else { return nil }
                literals[key] = member
            }
            return .object(literals)
        default: return value
        }
    }

    /// A template that gives a text back as it is; nil where there is none.
    static func literal(_ text: String) -> String? {
        guard Template.hasSyntax(text) else { return text }
        let raw = "{% raw %}\(text){% endraw %}"
        guard let template = try? Template(raw, origin: TemplateOrigin(SourceMark(file: ""))),
            (try? template.render(TemplateContext([:]))) == text
        else { return nil }
        return raw
    }

    /// A path relative to the folder of a file.
    static func path(to path: ProjectPath, from file: ProjectPath) -> String {
        let (from, to) = (file.folder.components, path.components)
        var common = 0
        while common < min(from.count, to.count - 1), from[common] == to[common] { common += 1 }
        let up = [Substring](repeating: "..", count: from.count - common)
        return (up + to[common...]).joined(separator: "/")
    }
}

extension YAMLOutput {
    /// A JSON value in block style, short inner values in a line.
    init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number): self = .number(number.text)
        case .string(let text): self = .string(text)
        case .array(let items): self = .list(items.map { YAMLOutput($0) }, flow: Self.isShort(value))
        case .object(let members):
            self = .mapping(members.map { .init($0, YAMLOutput($1)) }, flow: Self.isShort(value))
        }
    }

    private static func isShort(_ value: JSONValue) -> Bool {
        let text = JSONWriter.compact.text(of: value)
        return text.utf8.count <= 60 && !text.contains("\\n")
    }
}
