import Diagnostics
import JSON

/// A call of a filter, method or function with its values.
struct FilterCall {
    /// The rendering at hand.
    let renderer: Renderer
    /// What is called.
    let signature: CallSignature
    /// The place messages point at.
    let offset: Int
    /// The value it is applied to.
    let subject: JSONValue
    /// The arguments without a name.
    let positional: [JSONValue]
    /// The arguments with a name.
    let keywords: [String: JSONValue]
    /// The names of the arguments with a name, as written.
    var keywordOrder: [String] = []

    /// The argument of a parameter; nil when it is not given.
    func argument(_ name: String) -> JSONValue? {
        if let index = signature.parameters.firstIndex(of: name), index < positional.count {
            return positional[index]
        }
        return keywords[name]
    }

    /// The argument as a text; null counts as not given.
    func text(_ name: String) throws(TemplateError) -> String? {
        guard let value = argument(name), !value.isNull else { return nil }
        return try renderer.text(of: value, at: offset)
    }

    /// The argument as a whole number; null counts as not given.
    func integer(_ name: String) throws(TemplateError) -> Int? {
        guard let value = argument(name), !value.isNull else { return nil }
        guard case .integer(let number) = Numeric(value) else {
            throw type("the argument '\(name)' of '\(signature.name)' must be a whole number")
        }
        return Int(number)
    }

    /// The truth of an argument; false when it is not given.
    func isSet(_ name: String) -> Bool { argument(name).map(Renderer.isTrue) ?? false }

    /// The value as the text it prints.
    func subjectText() throws(TemplateError) -> String { try renderer.text(of: subject, at: offset) }

    /// The value as a list: elements, keys or characters.
    func subjectElements() throws(TemplateError) -> [JSONValue] {
        try renderer.elements(of: subject, at: offset)
    }

    /// The value as a mapping.
    func subjectMembers() throws(TemplateError) -> JSONObject {
        guard case .object(let members) = subject else {
            throw type("'\(signature.name)' works on mappings, not on \(subject.templateTypeName)")
        }
        return members
    }

    /// A value of an unfit kind.
    func type(_ message: String, hint: String? = nil) -> TemplateError {
        renderer.failure("template-type", message, at: offset, hint: hint)
    }

    /// A value out of range.
    func range(_ message: String, hint: String? = nil) -> TemplateError {
        renderer.failure("template-value", message, at: offset, hint: hint)
    }

    /// No value, for what is taken from an empty list.
    func nothing() -> TemplateValue {
        .undefined(
            UndefinedValue(
                message: "'\(signature.name)' finds nothing: the value is empty",
                hint: "add default(\"…\") after it, or check with {% if %}", source: renderer.source,
                offset: offset))
    }

    /// The part of an element that `attribute=` names: `a.b`, or a number for a list.
    func part(_ attribute: JSONValue, of element: JSONValue) throws(TemplateError) -> TemplateValue {
        let node = ExpressionNode(.variable("item"), at: offset)
        if case .number = attribute {
            return try renderer.item(attribute, of: .json(element), node: node, at: offset)
        }
        guard case .string(let path) = attribute else {
            throw type("the attribute must be a text or a number")
        }
        var value = TemplateValue.json(element)
        for name in path.split(separator: ".", omittingEmptySubsequences: false) {
            if let index = Int(name) {
                value = try renderer.item(.integer(index), of: value, node: node, at: offset)
            } else {
                value = try renderer.attribute(String(name), of: value, node: node, at: offset)
            }
        }
        return value
    }

    /// The elements, or with `attribute=` that part of each.
    func parts() throws(TemplateError) -> [JSONValue] {
        let elements = try subjectElements()
        guard let attribute = argument("attribute"), !attribute.isNull else { return elements }
        var parts: [JSONValue] = []
        for element in elements {
            parts.append(try renderer.data(try part(attribute, of: element), at: offset))
        }
        return parts
    }
}

/// A filter.
struct FilterDefinition: Sendable {
    /// What it takes.
    let signature: CallSignature
    /// Which argument names another filter or test, for `map` and `select`.
    let calleePosition: Int?
    /// What it does.
    let body: @Sendable (FilterCall) throws(TemplateError) -> TemplateValue

    /// Creates a filter.
    init(
        _ signature: CallSignature, calleePosition: Int? = nil,
        _ body: @escaping @Sendable (FilterCall) throws(TemplateError) -> TemplateValue
    ) {
        self.signature = signature
        self.calleePosition = calleePosition
        self.body = body
    }
}

/// A method of a text or mapping: a filter called with a dot.
typealias MethodDefinition = FilterDefinition

/// A function: a filter that is applied to nothing.
typealias FunctionDefinition = FilterDefinition
