import Diagnostics
import Evals
import Templates

/// Checks the prompts of a project that take the place of judge prompts.
struct JudgePromptCheck {
    /// The types whose judge prompts are known.
    let catalog: AssertionCatalog
    /// Collects mistakes.
    let reader: SourceReader

    /// The folder in which prompts for judges are expected.
    static let folder = "prompts/judges/"

    /// The highest version of each prompt that has the name of a judge prompt, in order of the names.
    func overrides(in prompts: [Prompt]) -> [Prompt] {
        let known = catalog.judgePromptVariables
        let named = prompts.filter { known[$0.name] != nil }
        return Set(named.map(\.name)).sorted().compactMap { name in
            named.filter { $0.name == name }
                .max { PromptLibrary.isOrdered($0.version, before: $1.version) }
        }
    }

    /// Reports what a judge prompt of the project can't have, and names that are near one.
    func check(_ prompts: [Prompt]) {
        let known = catalog.judgePromptVariables
        for prompt in overrides(in: prompts) { check(prompt, variables: known[prompt.name] ?? []) }
        for prompt in prompts where prompt.file.hasPrefix(Self.folder) && known[prompt.name] == nil {
            reader.add(
                Diagnostic(
                    "unknown-judge-prompt", "no assertion uses a judge prompt '\(prompt.name)'",
                    at: prompt.mark,
                    hint: Spelling.nearest(to: prompt.name, among: known.keys.sorted())
                        .map { "did you mean '\($0)'?" } ?? "`evalrun judge prompts` lists their names",
                    severity: .warning))
        }
    }

    private func check(_ prompt: Prompt, variables: [String]) {
        func report(_ message: String, at mark: SourceMark?, hint: String) {
            reader.add(Diagnostic("bad-judge-prompt", message, at: mark ?? prompt.mark, hint: hint))
        }
        guard !prompt.isBroken else {
            // Mistakes of the work tree are reported; those of a commit are seen here first.
            return report(
                "the judge prompt '\(prompt.name)' has mistakes", at: prompt.mark,
                hint: "`evalrun check` shows them where the file is")
        }
        let chosen = "the judge is chosen in evalrun.yaml"
        if let model = prompt.model {
            report("a judge prompt can't name a model", at: model.mark, hint: chosen)
        }
        if let schema = prompt.outputSchema {
            report(
                "a judge prompt can't have an output schema", at: schema.namedAt,
                hint: "the form of the verdict is fixed")
        }
        if !prompt.tools.isEmpty {
            report("a judge prompt can't offer tools", at: nil, hint: "a judge only gives its verdict")
        }
        if !prompt.hasUserMessage {
            report(
                "the judge prompt '\(prompt.name)' has no user message", at: nil,
                hint: "add `user:`, with what is to be judged")
        }
        let used = prompt.freeVariables
        for variable in used where !variables.contains(variable.name) {
            reader.add(
                Diagnostic(
                    "unknown-variable",
                    "the judge prompt '\(prompt.name)' is given no variable '\(variable.name)'",
                    at: variable.mark,
                    hint: Spelling.nearest(to: variable.name, among: variables)
                        .map { "did you mean '\($0)'?" }
                        ?? "it can use: \(variables.joined(separator: ", "))"))
        }
        if variables.contains(Self.answer),
            !used.contains(where: { $0.name == Self.answer && !$0.isOptional })
        {
            report(
                "the judge prompt '\(prompt.name)' does not show the answer, so it judges nothing", at: nil,
                hint: "write {{ answer }} where the answer is to stand")
        }
    }

    private static let answer = "answer"

    /// Where the work tree has other judge prompts than a commit, whose own count.
    func differences(from base: TrustBase, _ work: [Prompt]) -> [TrustDifference] {
        let (old, new) = (overrides(in: base.prompts), overrides(in: work))
        var found: [TrustDifference] = []
        for prompt in new {
            guard let twin = old.first(where: { $0.name == prompt.name }) else {
                found.append(
                    TrustDifference(
                        prompt.mark, "judge prompt \(prompt.name): not in \(base.label) (ignored)"))
                continue
            }
            guard JudgePrompt(twin).sha256 != JudgePrompt(prompt).sha256 else { continue }
            found.append(
                TrustDifference(
                    prompt.mark, "judge prompt \(prompt.name): differs from \(base.label) (ignored)"))
        }
        for prompt in old where !new.contains(where: { $0.name == prompt.name }) {
            found.append(
                TrustDifference(
                    prompt.mark, "judge prompt \(prompt.name): in \(base.label), gone here (ignored)"))
        }
        return found
    }
}

extension AssertionCatalog {
    /// The judge prompts that types use, each with the variables that it is given wherever it is used.
    var judgePromptVariables: [String: [String]] {
        var found: [String: [String]] = [:]
        for use in descriptors.flatMap(\.judgePrompts) {
            if let known = found[use.name] {
                found[use.name] = known.filter(use.variables.contains)
            } else {
                found[use.name] = use.variables
            }
        }
        return found
    }
}
