import Diagnostics
import Templates

/// Reports the variables of a case's own templates that nothing can give.
struct CaseNameCheck {
    /// Collects mistakes.
    let reader: SourceReader

    /// Checks each template against what is known where it is rendered.
    func check(_ template: CaseTemplate) {
        checkRowTemplates(template)
        guard !template.takesWholeRow else { return }
        var known = template.variables.map(\.name) + template.matrix.map(\.name)
        if template.dataset != nil { known.append(CaseVariables.row) }
        let given = CaseVariables.builtIn.filter { template.builtIn($0) != nil }
        // The texts are rendered in this order, each knowing those before it.
        for name in CaseVariables.builtIn {
            guard let value = template.builtIn(name) else { continue }
            for variable in missing(value.freeVariables, known) {
                guard given.contains(variable.name) else {
                    report(variable, known, template)
                    continue
                }
                reader.report(
                    "undefined-variable", "'\(variable.name)' is not known in '\(name)' yet",
                    at: variable.mark,
                    hint:
                        "the order is \(CaseVariables.builtIn.joined(separator: ", ")): each may use those before it"
                )
            }
            known.append(name)
        }
        let others =
            template.assertions.flatMap(\.freeVariables) + template.history.flatMap(\.freeVariables)
            + (template.response?.freeVariables ?? [])
        for variable in missing(others, known) { report(variable, known, template) }
    }

    /// What makes up a row's variables, id and tags knows the row alone.
    private func checkRowTemplates(_ template: CaseTemplate) {
        guard template.dataset != nil else { return }
        var variables =
            template.variables.flatMap(\.value.freeVariables) + template.tags.flatMap(\.freeVariables)
        if case .template(let identity) = template.identity { variables += identity.freeVariables }
        for variable in missing(variables, [CaseVariables.row]) {
            reader.report(
                "undefined-variable", "'\(variable.name)' is not defined here; only 'row' is",
                at: variable.mark,
                hint: "a column is written {{ row.\(variable.name) }}")
        }
    }

    private func missing(_ variables: [FreeVariable], _ known: [String]) -> [FreeVariable] {
        variables.filter { !$0.isOptional && !known.contains($0.name) }
    }

    private func report(_ variable: FreeVariable, _ known: [String], _ template: CaseTemplate) {
        var hint = Spelling.hint(for: variable.name, among: known) ?? "add it under `vars:`"
        if variable.name == CaseVariables.row, template.dataset == nil {
            hint = "only a case with `dataset:` has a row"
        }
        reader.report(
            "undefined-variable", "'\(variable.name)' is not defined for this case", at: variable.mark,
            hint: hint)
    }
}
