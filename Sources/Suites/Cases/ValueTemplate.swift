import JSON
import Templates
import YAML

/// A value whose texts may be templates; the rest is data.
indirect enum ValueTemplate: Sendable {
    /// A value without templates.
    case constant(JSONValue)
    /// A text that is a template.
    case template(Template)
    /// A list with a template somewhere inside.
    case list([ValueTemplate])
    /// A mapping with a template somewhere inside.
    case object([(key: String, value: ValueTemplate)])

    /// Reads a value; texts without template syntax are constant.
    static func read(_ node: YAMLNode, in file: YAMLFile, reader: SourceReader) -> ValueTemplate {
        if let scalar = node.scalar {
            guard scalar.resolved.isString, Template.hasSyntax(scalar.text) else {
                return .constant(node.json)
            }
            return reader.template(node, in: file).map { .template($0) } ?? .constant(node.json)
        }
        if let items = node.items {
            let values = items.map { read($0, in: file, reader: reader) }
            return values.allSatisfy(\.isConstant) ? .constant(node.json) : .list(values)
        }
        let members = (node.entries ?? []).map { ($0.keyText, read($0.value, in: file, reader: reader)) }
        return members.allSatisfy(\.1.isConstant) ? .constant(node.json) : .object(members)
    }

    /// True without any template.
    var isConstant: Bool { if case .constant = self { true } else { false } }

    /// The value as it is written.
    var source: JSONValue {
        switch self {
        case .constant(let value): return value
        case .template(let template): return .string(template.source)
        case .list(let items): return .array(items.map(\.source))
        case .object(let members): return .object(pairs: members.map { ($0.key, $0.value.source) })
        }
    }

    /// The texts of the files that the templates include, in order.
    var includedTexts: [String] {
        switch self {
        case .constant: []
        case .template(let template): template.includedTexts
        case .list(let items): items.flatMap(\.includedTexts)
        case .object(let members): members.flatMap(\.value.includedTexts)
        }
    }

    /// All that is written for the value: its source, and where it includes files their texts too.
    var written: JSONValue {
        let included = includedTexts
        guard !included.isEmpty else { return source }
        return ["source": source, "included": .array(included.map { .string($0) })]
    }

    /// The variables that the templates use.
    var freeVariables: [FreeVariable] {
        switch self {
        case .constant: []
        case .template(let template): template.freeVariables
        case .list(let items): items.flatMap(\.freeVariables)
        case .object(let members): members.flatMap(\.value.freeVariables)
        }
    }

    /// The value with its templates rendered; a text that is exactly one expression keeps the expression's type.
    func render(_ context: TemplateContext) throws(TemplateError) -> JSONValue {
        switch self {
        case .constant(let value): return value
        case .template(let template): return try template.renderValue(context)
        case .list(let items):
            var values: [JSONValue] = []
            for item in items { values.append(try item.render(context)) }
            return .array(values)
        case .object(let members):
            var object = JSONObject()
            for (key, value) in members { object[key] = try value.render(context) }
            return .object(object)
        }
    }
}

extension JSONValue {
    /// The value as text: text as it is, everything else as JSON.
    var plainText: String {
        switch self {
        case .string(let text): text
        default: JSONWriter.spaced.text(of: self)
        }
    }
}
