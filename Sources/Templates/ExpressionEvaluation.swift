import Diagnostics
import JSON

extension Renderer {
    /// The value of an expression.
    func evaluate(_ node: ExpressionNode) throws(TemplateError) -> TemplateValue {
        try spend(1, at: node.offset)
        switch node.kind {
        case .literal(let value): return .json(value)
        case .variable(let name): return lookUp(name, at: node.offset)
        case .list(let expressions):
            var elements: [JSONValue] = []
            for expression in expressions { elements.append(try evaluateData(expression)) }
            return .json(try built(.array(elements), at: node.offset))
        case .mapping(let pairs): return .json(try mapping(pairs, at: node.offset))
        case .attribute(let subject, let name):
            return try attribute(name, of: try evaluate(subject), node: subject, at: node.offset)
        case .item(let subject, let index):
            return try item(
                try evaluateData(index), of: try evaluate(subject), node: subject, at: node.offset)
        case .slice(let subject, let start, let stop, let step):
            var bounds: [Int?] = []
            for bound in [start, stop, step] { bounds.append(try bound.flatMapIndex(self)) }
            return .json(try slice(try evaluateData(subject), bounds, at: node.offset))
        case .sign(let operand, let isMinus):
            let value = try evaluateData(operand)
            guard Numeric(value) != nil else {
                throw failure(
                    "template-type", "a sign does not go before \(value.templateTypeName)", at: node.offset)
            }
            if case .double(let double) = Numeric(value) { return .json(.double(isMinus ? -double : double)) }
            return .json(try arithmetic(isMinus ? .subtract : .add, 0, value, at: node.offset))
        case .arithmetic(let symbol, let left, let right):
            let first = try evaluateData(left)
            return .json(try arithmetic(symbol, first, try evaluateData(right), at: node.offset))
        case .concatenation(let operands):
            var result = ""
            for operand in operands {
                result += try text(of: operand)
                try checkSize(result.utf8.count, at: node.offset)
            }
            try spend(result.utf8.count >> 4, at: node.offset)
            return .json(.string(result))
        case .comparison(let first, let rest):
            var left = try evaluateData(first)
            for step in rest {
                let right = try evaluateData(step.operand)
                guard try compare(step.symbol, left, right, at: step.operand.offset) else {
                    return .json(false)
                }
                left = right
            }
            return .json(true)
        case .not(let operand): return .json(.bool(try !isTrue(try evaluate(operand), at: operand.offset)))
        case .and(let operands): return try firstOperand(operands, whoseTruthIs: false)
        case .or(let operands): return try firstOperand(operands, whoseTruthIs: true)
        case .conditional(let condition, let then, let otherwise):
            if try isTrue(try evaluate(condition), at: condition.offset) { return try evaluate(then) }
            guard let otherwise else {
                return .undefined(
                    UndefinedValue(
                        message: "the condition of this 'if' does not hold, and it has no 'else'",
                        hint: "write value if condition else \"\"", source: source, offset: node.offset,
                        isEmptyText: true))
            }
            return try evaluate(otherwise)
        case .definedness(let subject, let expected):
            if case .undefined = try evaluate(subject) { return .json(.bool(!expected)) }
            return .json(.bool(expected))
        case .defaulted(let subject, let arguments):
            return try defaulted(subject, arguments)
        case .predicate(let subject, let definition, let expressions):
            return .json(.bool(try predicate(subject, definition, expressions, at: node.offset)))
        case .filter(let subject, let definition, let arguments):
            let value = try evaluateData(subject)
            let call = try filterCall(definition.signature, value, arguments, at: node.offset)
            return try apply(definition, call)
        case .method(let subject, let definition, let arguments):
            let receiver = try evaluate(subject)
            if case .loop(let loop) = receiver {
                let call = try filterCall(definition.signature, nil, arguments, at: node.offset)
                return try cycle(loop, definition, call)
            }
            let value = try data(receiver, at: subject.offset)
            return try definition.body(
                try filterCall(definition.signature, value, arguments, at: node.offset))
        case .function(let definition, let arguments):
            return try definition.body(try filterCall(definition.signature, nil, arguments, at: node.offset))
        }
    }

    /// The value of an expression that must be defined.
    func evaluateData(_ node: ExpressionNode) throws(TemplateError) -> JSONValue {
        try data(try evaluate(node), at: node.offset)
    }

    /// Applies a filter, keeping count of the work.
    func apply(_ definition: FilterDefinition, _ call: FilterCall) throws(TemplateError) -> TemplateValue {
        switch call.subject {
        case .string(let text): try spend(text.utf8.count >> 4, at: call.offset)
        case .array(let elements): try spend(elements.count, at: call.offset)
        default: break
        }
        let result = try definition.body(call)
        if case .json(.string(let text)) = result { try checkSize(text.utf8.count, at: call.offset) }
        return result
    }

    private func built(_ value: JSONValue, at offset: Int) throws(TemplateError) -> JSONValue {
        try checkBuilt(value, at: offset)
        return value
    }

    private func firstOperand(
        _ operands: [ExpressionNode], whoseTruthIs wanted: Bool
    ) throws(TemplateError) -> TemplateValue {
        for operand in operands.dropLast() {
            let value = try evaluate(operand)
            if try isTrue(value, at: operand.offset) == wanted { return value }
        }
        return try evaluate(operands[operands.count - 1])
    }

    private func mapping(
        _ pairs: [(key: ExpressionNode, value: ExpressionNode)], at offset: Int
    ) throws(TemplateError) -> JSONValue {
        var members = JSONObject()
        for (key, value) in pairs {
            guard case .string(let name) = try evaluateData(key) else {
                throw failure(
                    "template-type", "a key must be a text", at: key.offset, hint: "put it in quotes")
            }
            members[name] = try evaluateData(value)
        }
        return try built(.object(members), at: offset)
    }

    private func defaulted(
        _ subject: ExpressionNode, _ arguments: CallArguments
    ) throws(TemplateError) -> TemplateValue {
        func argument(_ index: Int, _ name: String) throws(TemplateError) -> TemplateValue? {
            let keyword = arguments.keywords.first { $0.name == name }?.value
            let expression = index < arguments.positional.count ? arguments.positional[index] : keyword
            return try expression.evaluated(by: self)
        }
        let value = try evaluate(subject)
        let alternative = try argument(0, "default_value") ?? .json("")
        let boolean = try argument(1, "boolean") ?? .json(false)
        if case .undefined = value { return alternative }
        guard try isTrue(boolean, at: subject.offset) else { return value }
        return try isTrue(value, at: subject.offset) ? value : alternative
    }

    private func predicate(
        _ subject: ExpressionNode, _ definition: PredicateDefinition, _ expressions: [ExpressionNode],
        at offset: Int
    ) throws(TemplateError) -> Bool {
        let value = try evaluate(subject)
        // As in Jinja, asking for the type of an undefined value is no use of it.
        if definition.isAboutType, case .undefined = value { return false }
        let known = try data(value, at: subject.offset)
        var arguments: [JSONValue] = []
        for expression in expressions { arguments.append(try evaluateData(expression)) }
        return try definition.body(
            PredicateCall(renderer: self, offset: offset, subject: known, arguments: arguments))
    }

    private func filterCall(
        _ signature: CallSignature, _ subject: JSONValue?, _ arguments: CallArguments, at offset: Int
    ) throws(TemplateError) -> FilterCall {
        var positional: [JSONValue] = []
        for argument in arguments.positional { positional.append(try evaluateData(argument)) }
        var keywords: [String: JSONValue] = [:]
        for (name, argument) in arguments.keywords { keywords[name] = try evaluateData(argument) }
        return FilterCall(
            renderer: self, signature: signature, offset: offset, subject: subject ?? .null,
            positional: positional, keywords: keywords, keywordOrder: arguments.keywords.map(\.name))
    }

    private func cycle(
        _ loop: LoopState, _ definition: MethodDefinition, _ call: FilterCall
    ) throws(TemplateError) -> TemplateValue {
        if definition.signature.name == "changed" {
            return .json(.bool(loop.changes(to: call.positional)))
        }
        guard definition.signature.name == "cycle", !call.positional.isEmpty else {
            throw failure(
                "template-type", "'loop' has no method '\(definition.signature.name)'", at: call.offset,
                hint: "it has cycle(a, b, …) and changed(value)")
        }
        return .json(call.positional[loop.index % call.positional.count])
    }
}

extension ExpressionNode? {
    /// The value, when there is an expression.
    fileprivate func evaluated(by renderer: Renderer) throws(TemplateError) -> TemplateValue? {
        guard let self else { return nil }
        return try renderer.evaluate(self)
    }

    /// The bound of a slice, when it is written; null is none.
    fileprivate func flatMapIndex(_ renderer: Renderer) throws(TemplateError) -> Int? {
        guard let self else { return nil }
        let value = try renderer.evaluateData(self)
        if value.isNull { return nil }
        guard case .integer(let index) = Numeric(value) else {
            throw renderer.failure(
                "template-type", "the bound of a slice must be a whole number", at: self.offset)
        }
        return Int(index)
    }
}
