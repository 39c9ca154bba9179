import Diagnostics
import JSON

extension Renderer {
    /// The value as data; undefined, `loop` and namespaces are none.
    func data(_ value: TemplateValue, at offset: Int) throws(TemplateError) -> JSONValue {
        switch value {
        case .json(let json): return json
        case .undefined(let undefined):
            if undefined.isEmptyText { return "" }
            throw misuse(undefined)
        case .loop:
            throw failure(
                "template-type", "'loop' itself is no value", at: offset, hint: "use loop.index or loop.last")
        case .namespace:
            throw failure(
                "template-type", "a namespace itself is no value", at: offset, hint: "use its variables")
        }
    }

    /// Python's truth of a value.
    func isTrue(_ value: TemplateValue, at offset: Int) throws(TemplateError) -> Bool {
        switch value {
        case .undefined(let undefined):
            if undefined.isEmptyText { return false }
            throw misuse(undefined)
        case .loop, .namespace: return true
        case .json(let json): return Self.isTrue(json)
        }
    }

    /// Python's truth of data: null, false, zero and what is empty are false.
    static func isTrue(_ value: JSONValue) -> Bool {
        switch value {
        case .null: false
        case .bool(let bool): bool
        case .number(let number): number.double != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        }
    }

    /// The text an expression prints.
    func text(of expression: ExpressionNode) throws(TemplateError) -> String {
        try text(of: try data(try evaluate(expression), at: expression.offset), at: expression.offset)
    }

    /// The text a value prints: null, lists and mappings have none.
    func text(of value: JSONValue, at offset: Int) throws(TemplateError) -> String {
        switch value {
        case .string(let text): return text
        case .number(let number): return NumberText.text(of: number)
        case .bool(let bool): return bool ? "true" : "false"
        case .null:
            throw failure(
                "template-type", "null can't be printed", at: offset,
                hint: "write default(\"…\", true) for another text, or tojson for the word null "
                    + "(a list is printed with join)")
        case .array:
            throw failure(
                "template-type", "a list can't be printed", at: offset,
                hint: "write join(\", \") or tojson, or walk it with {% for %} "
                    + "(default(…) is for values that may be missing)")
        case .object:
            throw failure(
                "template-type", "a mapping can't be printed", at: offset,
                hint: "write tojson, or print one of its keys "
                    + "(join is for lists, default(…) for values that may be missing)")
        }
    }

    /// What a loop walks: elements, keys or characters.
    func elements(of value: JSONValue, at offset: Int) throws(TemplateError) -> [JSONValue] {
        switch value {
        case .array(let elements):
            return elements
        case .object(let members):
            try spend(members.count, at: offset)
            return members.keys.map { .string($0) }
        case .string(let text):
            try spend(text.utf8.count, at: offset)
            try checkParts(text.unicodeScalars.count, at: offset)
            return text.unicodeScalars.map { .string(String($0)) }
        case .null, .bool, .number:
            throw failure(
                "template-type", "\(value.templateTypeName) can't be walked through", at: offset,
                hint: "a loop needs a list, a mapping or a text")
        }
    }

    /// Stops a template that builds a list or mapping too large or too deep to handle.
    func checkBuilt(_ value: JSONValue, at offset: Int) throws(TemplateError) {
        var count = 0
        guard Self.measure(value, depth: 0, into: &count) else {
            throw failure(
                "template-limit", "the list or mapping grows too large", at: offset,
                hint: "prepare large data before it goes into the template")
        }
        try spend(count >> 4, at: offset)
    }

    private static func measure(_ value: JSONValue, depth: Int, into count: inout Int) -> Bool {
        guard depth <= TemplateLimits.valueDepth, count <= TemplateLimits.outputBytes else { return false }
        switch value {
        case .null, .bool, .number: count += 16
        case .string(let text): count += 16 + text.utf8.count
        case .array(let elements):
            count += 16
            for element in elements {
                guard measure(element, depth: depth + 1, into: &count) else { return false }
            }
        case .object(let members):
            count += 16
            for (key, value) in members {
                count += key.utf8.count
                guard measure(value, depth: depth + 1, into: &count) else { return false }
            }
        }
        return count <= TemplateLimits.outputBytes
    }
}

extension JSONValue {
    /// The kind of a value as messages to the authors of templates name it.
    var templateTypeName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "a mapping"
        }
    }
}
