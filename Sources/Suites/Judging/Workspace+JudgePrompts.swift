public import Diagnostics
public import Evals
import Files
import YAML

extension Workspace {
    /// The names of the judge prompts that each type of assertion uses.
    public var judgePromptUses: [String: [String]] {
        var uses: [String: [String]] = [:]
        for descriptor in catalog.descriptors where !descriptor.judgePrompts.isEmpty {
            uses[descriptor.name] = descriptor.judgePrompts.map(\.name)
        }
        return uses
    }

    /// The project's own prompt in place of a judge prompt; nil when it has none.
    public func judgeOverride(named name: String) -> Prompt? { judgeOverrides.first { $0.name == name } }

    /// Some judge prompts by name: the project's own, else those that the program brings along.
    ///
    /// - Parameter shipped: What the file says that the program brings along; nil when there is none.
    public func judgePrompts(
        named names: some Sequence<String>, shipped: (String) -> [UInt8]?
    ) throws(DiagnosticError) -> [String: JudgePrompt] {
        var prompts: [String: JudgePrompt] = [:]
        for name in names where prompts[name] == nil {
            if let own = judgeOverride(named: name) {
                prompts[name] = JudgePrompt(own)
            } else if let bytes = shipped(name) {
                prompts[name] = JudgePrompt(try shippedPrompt(name, bytes))
            } else {
                throw DiagnosticError(
                    Diagnostic("unknown-prompt", "there is no judge prompt '\(name)'"))
            }
        }
        return prompts
    }

    /// The version of a judge prompt that the program brings along.
    public static func version(ofJudgePrompt bytes: [UInt8]) -> String? {
        PromptFile.version(YAMLReader.parse(bytes, file: "").root?["version"])
    }

    private func shippedPrompt(_ name: String, _ bytes: [UInt8]) throws(DiagnosticError) -> Prompt {
        let path = ProjectPath("\(JudgePromptCheck.folder)\(name).prompt.yaml") ?? .root
        let reader = SourceReader(tree, suffix: " (shipped)")
        let parsed = YAMLReader.parse(bytes, file: reader.shown(path))
        reader.add(contentsOf: parsed.diagnostics)
        let prompt = parsed.root.flatMap { root in
            PromptFile.load(YAMLFile(path: path, root: root, bytes: bytes), reader: reader)
        }
        guard let prompt, !reader.bag.hasErrors else { throw DiagnosticError(reader.bag.sorted) }
        return prompt
    }
}
