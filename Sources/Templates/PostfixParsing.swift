import Diagnostics
import JSON

extension ExpressionParser {
    /// What follows a value directly: `.name`, `[…]` and calls of methods.
    mutating func postfix(_ subject: ExpressionNode) throws(DiagnosticError) -> ExpressionNode {
        var result = subject
        while let token = current {
            switch token.kind {
            case .symbol("."):
                advance()
                if case .number(let number) = current?.kind, number.isWrittenAsInteger {
                    let index = try node(.literal(.number(number)), at: offset)
                    advance()
                    result = try node(.item(result, index), at: token.offset, over: [result, index])
                } else {
                    let (name, start) = try takeName("a name after the dot")
                    result =
                        current?.kind == .symbol("(")
                        ? try method(result, name, at: start)
                        : try node(.attribute(result, name), at: start, over: [result])
                }
            case .symbol("["): result = try subscripted(result)
            case .symbol("("):
                throw failure(
                    "this value can't be called", at: token.offset,
                    hint: "filters are written value | filter(argument)")
            default: return result
            }
        }
        return result
    }

    private mutating func method(
        _ subject: ExpressionNode, _ name: String, at start: Int
    ) throws(DiagnosticError) -> ExpressionNode {
        let arguments = try callArguments()
        guard let definition = MethodTable.definitions[name] else {
            throw failure(
                "unknown method '\(name)'", at: start, id: "unknown-method",
                hint: FilterTable.definitions[name] != nil
                    ? "'\(name)' is a filter: write value | \(name)"
                    : Spelling.hint(for: name, among: Array(MethodTable.definitions.keys)))
        }
        try check(definition.signature, arguments, at: start)
        return try node(
            .method(subject, definition, arguments), at: start, over: [subject] + arguments.expressions)
    }

    private mutating func subscripted(_ subject: ExpressionNode) throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        advance()
        var bounds: [ExpressionNode?] = [nil]
        if current?.kind != .symbol(":") {
            let index = try expression()
            if take(symbol: "]") {
                return try node(.item(subject, index), at: start, over: [subject, index])
            }
            bounds[0] = index
        }
        while take(symbol: ":") {
            let isEmpty = current?.kind == .symbol(":") || current?.kind == .symbol("]")
            bounds.append(isEmpty ? nil : try expression())
        }
        guard (2...3).contains(bounds.count) else { throw unexpected("expected ']'") }
        try expect("]")
        return try node(
            .slice(subject, start: bounds[0], stop: bounds[1], step: bounds.count == 3 ? bounds[2] : nil),
            at: start, over: [subject] + bounds.compactMap(\.self))
    }

    /// The filters and tests that follow a value.
    mutating func filtersAndTests(_ subject: ExpressionNode) throws(DiagnosticError) -> ExpressionNode {
        var result = subject
        while true {
            if take(symbol: "|") {
                result = try filter(result)
            } else if take(word: "is") {
                result = try test(result)
            } else {
                return result
            }
        }
    }

    private mutating func filter(_ subject: ExpressionNode) throws(DiagnosticError) -> ExpressionNode {
        let (name, start) = try takeName("the name of a filter")
        let arguments = current?.kind == .symbol("(") ? try callArguments() : CallArguments()
        guard let definition = FilterTable.definitions[name] else {
            throw failure(
                "unknown filter '\(name)'", at: start, id: "unknown-filter",
                hint: Spelling.hint(for: name, among: Array(FilterTable.definitions.keys)))
        }
        try check(definition.signature, arguments, at: start)
        try checkNamedCallee(definition, arguments)
        let kind: ExpressionNode.Kind =
            definition.signature.name == "default"
            ? .defaulted(subject, arguments) : .filter(subject, definition, arguments)
        return try node(kind, at: start, over: [subject] + arguments.expressions)
    }

    /// `map('upper')` and `select('odd')` name a filter or a test in a text: it must exist.
    private func checkNamedCallee(
        _ definition: FilterDefinition, _ arguments: CallArguments
    ) throws(DiagnosticError) {
        guard let position = definition.calleePosition, position < arguments.positional.count,
            case .literal(.string(let name)) = arguments.positional[position].kind
        else { return }
        let isFilter = definition.signature.name == "map"
        let known = isFilter ? Array(FilterTable.definitions.keys) : Array(PredicateTable.definitions.keys)
        guard !known.contains(name) else { return }
        throw failure(
            "unknown \(isFilter ? "filter" : "test") '\(name)'", at: arguments.positional[position].offset,
            id: isFilter ? "unknown-filter" : "unknown-test", hint: Spelling.hint(for: name, among: known))
    }

    private mutating func test(_ subject: ExpressionNode) throws(DiagnosticError) -> ExpressionNode {
        let isNegated = take(word: "not")
        let (name, start) = try takeName("the name of a test")
        var arguments = CallArguments()
        if current?.kind == .symbol("(") {
            arguments = try callArguments()
        } else if beginsArgument {
            arguments.positional = [try postfix(try primary())]
        }
        guard let definition = PredicateTable.definitions[name] else {
            throw failure(
                "unknown test '\(name)'", at: start, id: "unknown-test",
                hint: Spelling.hint(for: name, among: Array(PredicateTable.definitions.keys)))
        }
        try check(definition.signature, arguments, at: start)
        let positional = arguments.expressions
        let kind: ExpressionNode.Kind =
            switch name {
            case "defined": .definedness(subject, expected: true)
            case "undefined": .definedness(subject, expected: false)
            default: .predicate(subject, definition, positional)
            }
        let result = try node(kind, at: start, over: [subject] + positional)
        return isNegated ? try node(.not(result), at: start, over: [result]) : result
    }

    /// True when the token at hand can be the argument of a test without parentheses.
    private var beginsArgument: Bool {
        switch current?.kind {
        case .name(let name):
            !["and", "or", "not", "if", "else", "is", "in", "recursive"].contains(name)
        case .string, .number, .symbol("["), .symbol("{"): true
        default: false
        }
    }
}
