import Diagnostics
import JSON
import Templates

/// The body of a request as a project writes it: JSON whose texts are templates.
///
/// A text that is exactly one `{{ expression }}` becomes the value of the expression in its own type.
indirect enum BodyTemplate: Sendable {
    /// A value without templates.
    case constant(JSONValue)
    /// A text with a template.
    case template(Template)
    /// A list.
    case array([BodyTemplate])
    /// The members of an object; keys are no templates.
    case object([(key: String, value: BodyTemplate)])

    /// Reads a body, and adds what is wrong with its templates.
    ///
    /// - Parameter variables: The names that templates may use.
    init(
        _ value: JSONValue, at place: JSONPointer = .root, variables: Set<String>,
        _ mistakes: inout [SettingMistake]
    ) {
        switch value {
        case .string(let text) where Template.hasSyntax(text):
            let name = "body" + place.description
            do throws(DiagnosticError) {
                let template = try Template(text, name: name)
                for variable in template.freeVariables where !variables.contains(variable.name) {
                    guard !variable.isOptional else { continue }
                    mistakes.append(
                        SettingMistake(
                            key: "body",
                            message: "'\(name)' uses '\(variable.name)', which a body does not know",
                            hint: Spelling.hint(for: variable.name, among: variables.sorted())))
                }
                self = .template(template)
            } catch {
                mistakes += error.diagnostics.map {
                    SettingMistake(key: "body", message: "'\(name)': \($0.message)", hint: $0.hint)
                }
                self = .constant(value)
            }
        case .array(let elements):
            self = .array(
                elements.enumerated().map { index, element in
                    BodyTemplate(element, at: place.appending("\(index)"), variables: variables, &mistakes)
                })
        case .object(let members):
            self = .object(
                members.map { key, value in
                    (key, BodyTemplate(value, at: place.appending(key), variables: variables, &mistakes))
                })
        default: self = .constant(value)
        }
    }

    /// The names that the templates use.
    var variables: Set<String> {
        switch self {
        case .constant: []
        case .template(let template): Set(template.freeVariables.map(\.name))
        case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.variables) }
        case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.variables) }
        }
    }

    /// The body with these variables.
    func rendered(_ context: TemplateContext) throws(TemplateError) -> JSONValue {
        switch self {
        case .constant(let value): return value
        case .template(let template): return try template.renderValue(context)
        case .array(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try element.rendered(context)) }
            return .array(values)
        case .object(let members):
            var values = JSONObject()
            for (key, value) in members { values[key] = try value.rendered(context) }
            return .object(values)
        }
    }
}
