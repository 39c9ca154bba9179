import Diagnostics
import Evals
import JSON
import Templates

/// The texts of a case that are templates, rendered.
struct CaseTexts: Sendable {
    /// The user message of a prompt without one.
    var input: String?
    /// The retrieved texts.
    var context: [String] = []
    /// The right answer.
    var reference: String?
    /// The question.
    var question: String?
    /// Messages before the last user message.
    var history: [Message] = []
    /// An answer captured elsewhere.
    var response: Reply?
    /// `input`, `context`, `reference` and `question` as variables, those that are given.
    var variables: JSONObject = [:]

    /// Renders the texts of a case; throws when one uses what is not there, and when the response is no reply.
    init(_ template: CaseTemplate, _ instance: CaseInstance) throws(TemplateError) {
        let row: JSONObject = instance.row.map { [CaseVariables.row: .object($0.values)] } ?? [:]
        func value(_ source: ValueTemplate?, _ known: JSONObject) throws(TemplateError) -> JSONValue? {
            guard let source else { return nil }
            return try source.render(TemplateContext(layers: [instance.variables, known, row]))
        }
        for name in CaseVariables.builtIn {
            if let value = try value(template.builtIn(name), variables) { variables[name] = value }
        }
        context = variables["context"].map { ($0.array ?? [$0]).map(\.plainText) } ?? []
        reference = variables["reference"]?.plainText
        input = variables["input"]?.plainText
        question = variables["question"]?.plainText
        let scope = TemplateContext(layers: [instance.variables, variables, row])
        for message in template.history { history.append(try message.render(scope)) }
        if let source = template.response {
            let value = try source.render(scope)
            if let mistake = GivenResponse.mistake(in: value, at: template.mark) {
                throw TemplateError(mistake)
            }
            response = Reply(response: value)
        }
    }

    /// What templates of assertions know: variables, texts and row.
    func assertionContext(_ instance: CaseInstance) -> TemplateContext {
        var layers = [instance.variables, variables]
        if let row = instance.row { layers.append([CaseVariables.row: .object(row.values)]) }
        return TemplateContext(layers: layers)
    }
}
