import Diagnostics
import Evals
import JSON
import Templates

/// One case: a template with its row and its place in the matrix filled in.
struct CaseInstance: Sendable {
    /// The index of the suite.
    var suite: Int
    /// The index of the case's template in the suite.
    var template: Int
    /// The id.
    var id: String
    /// The tags.
    var tags: [String]
    /// The variables.
    var variables: JSONObject
    /// The row of the dataset.
    var row: DatasetRow?

    /// Binds a template; throws, with the row as a note, when id, tags or variables can't be rendered.
    init(
        _ template: CaseTemplate, suite: Int, index: Int, row: DatasetRow?,
        combination: [(name: String, value: JSONValue)], inputs: [String: InputDeclaration]
    ) throws(DiagnosticError) {
        self.suite = suite
        self.template = index
        self.row = row
        let scope = TemplateContext(row.map { [CaseVariables.row: .object($0.values)] } ?? [:])
        do throws(TemplateError) {
            var variables = JSONObject()
            if template.takesWholeRow, let row { variables = row.values }
            // A column wins over a default of the suite with the same name.
            for (name, value) in template.variables where !template.takesWholeRow || variables[name] == nil {
                variables[name] = try value.render(scope)
            }
            if template.dataset?.format == .csv { Self.convert(&variables, inputs, template) }
            for (name, value) in combination { variables[name] = value }
            self.variables = variables
            id = try Self.identity(template, row, scope)
            tags = []
            for tag in template.tags {
                let text = try tag.render(scope).plainText
                if !tags.contains(text) { tags.append(text) }
            }
        } catch {
            throw Self.explained(error.diagnostic, row)
        }
        if !combination.isEmpty {
            id += "[" + combination.map { "\($0.name)=\($0.value.plainText)" }.joined(separator: ",") + "]"
        }
        if template.dataset != nil || !combination.isEmpty, let complaint = CaseReader.complaint(aboutID: id)
        {
            let shown = TerminalText.excerpt(id, limit: 60)
            throw Self.explained(Diagnostic("bad-id", "\(complaint): '\(shown)'", at: template.mark), row)
        }
    }

    /// CSV knows text only: a text takes the type that the prompt's input declares.
    ///
    /// Variables that the suite writes itself have the type that YAML gives them.
    private static func convert(
        _ variables: inout JSONObject, _ inputs: [String: InputDeclaration], _ template: CaseTemplate
    ) {
        guard !inputs.isEmpty else { return }
        let written = template.variables.compactMap { $0.value.isConstant ? $0.name : nil }
        for (name, value) in variables where !written.contains(name) || template.takesWholeRow {
            guard let text = value.string, let input = inputs[name] else { continue }
            variables[name] = input.converting(text)
        }
    }

    private static func identity(
        _ template: CaseTemplate, _ row: DatasetRow?, _ scope: TemplateContext
    ) throws(TemplateError) -> String {
        switch template.identity {
        case .fixed(let id): return id
        case .template(let source): return try source.render(scope)
        case .rowHash: return row.map { String($0.contentHash.prefix(12)) } ?? ""
        }
    }

    private static func explained(_ diagnostic: Diagnostic, _ row: DatasetRow?) -> DiagnosticError {
        var diagnostic = diagnostic
        if let row { diagnostic.notes.append(row.note) }
        return DiagnosticError(diagnostic)
    }
}
