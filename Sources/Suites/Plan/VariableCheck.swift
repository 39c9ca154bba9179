import Diagnostics
import JSON
import Templates

/// Compares what a case gives with what a prompt needs.
struct VariableCheck {
    private let suites: [Suite]
    private let needed: [[[FreeVariable]]]
    private var reported: Set<String> = []

    /// Prepares to check cases of some suites.
    init(_ suites: [Suite]) {
        self.suites = suites
        needed = suites.map { suite in
            // What a prompt with mistakes needs can't be told.
            suite.prompts.map { use in
                use.prompt.isBroken ? [] : use.prompt.freeVariables.filter { !$0.isOptional }
            }
        }
    }

    /// The mistakes of a case with a prompt; a variable that many rows lack is reported once.
    mutating func mistakes(
        _ instance: CaseInstance, _ template: CaseTemplate, prompt index: Int
    ) -> [Diagnostic] {
        let use = suites[instance.suite].prompts[index]
        // A case that brings its answer along is never sent.
        guard template.response == nil else { return [] }
        var found: [Diagnostic] = []
        let given = CaseVariables.builtIn.filter { template.builtIn($0) != nil }
        for variable in needed[instance.suite][index] {
            guard instance.variables[variable.name] == nil, !given.contains(variable.name),
                isFirst(template, variable.name, use)
            else { continue }
            let names = instance.variables.keys + given
            var notes = [Diagnostic.Note("the prompt '\(use.label)' uses it here", at: variable.mark)]
            if let row = instance.row { notes.append(row.note) }
            let shown = TerminalText.excerpt(instance.id, limit: 60)
            found.append(
                Diagnostic(
                    "undefined-variable", "the case '\(shown)' gives no value for '\(variable.name)'",
                    at: template.mark,
                    hint: Spelling.nearest(to: variable.name, among: names).map {
                        "the case has '\($0)'; did you mean '\(variable.name)'?"
                    } ?? "add it under `vars:`", notes: notes))
        }
        if !use.prompt.hasUserMessage, !use.prompt.isBroken, template.input == nil,
            isFirst(template, "\u{0}input", use)
        {
            found.append(
                Diagnostic(
                    "missing-input",
                    "the prompt '\(use.label)' has no user message, so the case needs `input:`",
                    at: template.mark, hint: "`input:` becomes the user message"))
        }
        return found + inputMistakes(instance, template, use)
    }

    private mutating func isFirst(_ template: CaseTemplate, _ name: String, _ use: Suite.PromptUse) -> Bool {
        reported.insert("\(template.mark)\u{0}\(name)\u{0}\(use.label)").inserted
    }

    private func inputMistakes(
        _ instance: CaseInstance, _ template: CaseTemplate, _ use: Suite.PromptUse
    ) -> [Diagnostic] {
        guard let inputs = use.prompt.inputs else { return [] }
        var found: [Diagnostic] = []
        for input in inputs {
            guard let value = instance.variables[input.name], let complaint = input.complaint(about: value)
            else { continue }
            var notes = [Diagnostic.Note("declared here", at: input.mark)]
            if let row = instance.row { notes.append(row.note) }
            let own = template.ownVariables.first { $0.name == input.name }
            found.append(
                Diagnostic(
                    "bad-input", "'\(input.name)' \(complaint)", at: own?.mark ?? template.mark, notes: notes)
            )
        }
        let prompts = suites[instance.suite].prompts
        guard prompts.allSatisfy({ $0.prompt.inputs != nil }), !template.ownVariables.isEmpty else {
            return found
        }
        let declared = prompts.flatMap { $0.prompt.inputs?.map(\.name) ?? [] }
        let undeclared = template.ownVariables.filter { !declared.contains($0.name) }
        guard !undeclared.isEmpty else { return found }
        let used = template.ownFreeVariables.map(\.name)
        for (name, mark) in undeclared where !used.contains(name) {
            found.append(
                Diagnostic(
                    "undeclared-input",
                    "'\(name)' is not among the inputs of the prompt, and nothing uses it", at: mark,
                    hint: Spelling.hint(for: name, among: declared)))
        }
        return found
    }
}
