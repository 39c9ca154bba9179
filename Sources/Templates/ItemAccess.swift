import Diagnostics
import JSON

extension Renderer {
    /// The attribute of a value: a key of a mapping, or a part of `loop` or a namespace.
    func attribute(
        _ name: String, of value: TemplateValue, node: ExpressionNode, at offset: Int
    ) throws(TemplateError) -> TemplateValue {
        switch value {
        case .undefined(let undefined): throw misuse(undefined)
        case .loop(let loop):
            if let found = loop.attribute(name) { return .json(found) }
            return missing("'loop' has no '\(name)' here", name, among: LoopState.names, at: offset)
        case .namespace(let namespace):
            if let found = namespace.members[name] { return .json(found) }
            return missing("the namespace has no '\(name)'", name, among: namespace.members.keys, at: offset)
        case .json(.object(let members)):
            if let found = members[name] { return .json(found) }
            return missing("'\(path(node)).\(name)' is undefined", name, among: members.keys, at: offset)
        case .json(let other):
            return missing(
                "'\(path(node)).\(name)' is undefined: \(other.templateTypeName) has no attributes", name,
                among: [], at: offset)
        }
    }

    /// The element of a list or text by number, or of a mapping by key.
    func item(
        _ index: JSONValue, of value: TemplateValue, node: ExpressionNode, at offset: Int
    ) throws(TemplateError) -> TemplateValue {
        if case .string(let name) = index { return try attribute(name, of: value, node: node, at: offset) }
        let subject = try data(value, at: node.offset)
        guard case .integer(let number) = Numeric(index) else {
            throw failure("template-type", "\(index.templateTypeName) is no index or key", at: offset)
        }
        let position = Int(number)
        switch subject {
        case .array(let elements):
            let wanted = position < 0 ? elements.count &+ position : position
            if elements.indices.contains(wanted) { return .json(elements[wanted]) }
            return missing(
                "'\(path(node))[\(position)]' is undefined: the list has \(elements.count) elements", "",
                among: [], at: offset)
        case .string(let text):
            try spend(text.utf8.count >> 4, at: offset)
            let scalars = text.unicodeScalars
            let found =
                position < 0
                ? scalars.index(scalars.endIndex, offsetBy: position, limitedBy: scalars.startIndex)
                : scalars.index(scalars.startIndex, offsetBy: position, limitedBy: scalars.endIndex)
            if let found, found < scalars.endIndex { return .json(.string(String(scalars[found]))) }
            return missing(
                "'\(path(node))[\(position)]' is undefined: the text is shorter", "", among: [], at: offset)
        default:
            return missing(
                "'\(path(node))[\(position)]' is undefined: \(subject.templateTypeName) has no elements by number",
                "", among: [], at: offset)
        }
    }

    /// The elements or characters from start to stop, as Python slices; `bounds` are start, stop and step.
    func slice(_ value: JSONValue, _ bounds: [Int?], at offset: Int) throws(TemplateError) -> JSONValue {
        let step = min(max(bounds[2] ?? 1, -TemplateLimits.outputBytes), TemplateLimits.outputBytes)
        guard step != 0 else { throw failure("template-value", "the step of a slice can't be 0", at: offset) }
        switch value {
        case .array(let elements):
            try spend(elements.count, at: offset)
            return .array(Self.positions(elements.count, bounds[0], bounds[1], step).map { elements[$0] })
        case .string(let text):
            try spend(text.utf8.count, at: offset)
            let scalars = Array(text.unicodeScalars)
            var result = String.UnicodeScalarView()
            for position in Self.positions(scalars.count, bounds[0], bounds[1], step) {
                result.append(scalars[position])
            }
            return .string(String(result))
        default: throw failure("template-type", "\(value.templateTypeName) can't be sliced", at: offset)
        }
    }

    private static func positions(_ count: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> [Int] {
        let lowest = step < 0 ? -1 : 0
        let highest = step < 0 ? count - 1 : count
        func clamped(_ bound: Int) -> Int { min(max(bound < 0 ? bound &+ count : bound, lowest), highest) }
        let from = start.map(clamped) ?? (step < 0 ? highest : lowest)
        let to = stop.map(clamped) ?? (step < 0 ? lowest : highest)
        return Array(stride(from: from, to: to, by: step))
    }

    private func missing(
        _ message: String, _ name: String, among known: [String], at offset: Int
    ) -> TemplateValue {
        .undefined(
            UndefinedValue(
                message: message, hint: "if it may be missing, use default(\"…\") or is defined", name: name,
                known: known, source: source, offset: offset))
    }

    /// The expression as it is named in messages.
    private func path(_ node: ExpressionNode) -> String {
        switch node.kind {
        case .variable(let name): name
        case .attribute(let subject, let name): "\(path(subject)).\(name)"
        case .item(let subject, let index):
            if case .literal(let value) = index.kind {
                "\(path(subject))[\(value)]"
            } else {
                "\(path(subject))[…]"
            }
        default: "(…)"
        }
    }
}
