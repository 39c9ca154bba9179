import Diagnostics
import JSON

extension ExpressionParser {
    /// A literal, a variable, or something in brackets.
    mutating func primary() throws(DiagnosticError) -> ExpressionNode {
        guard let token = current else { throw unexpected("expected an expression") }
        let start = token.offset
        switch token.kind {
        case .name(let name):
            advance()
            if current?.kind == .symbol("(") { return try function(name, at: start) }
            switch name {
            case "true", "True": return try node(.literal(true), at: start)
            case "false", "False": return try node(.literal(false), at: start)
            case "none", "None": return try node(.literal(nil), at: start)
            case "null":
                throw failure("'null' is written none in templates", at: start, hint: "write none")
            case "and", "or", "not", "in", "is", "if", "else", "elif", "for":
                throw failure("expected an expression, not '\(name)'", at: start)
            default: return try node(.variable(name), at: start)
            }
        case .string(var text):
            advance()
            while let next = current, case .string(let more) = next.kind {
                text += more
                advance()
            }
            return try node(.literal(.string(text)), at: start)
        case .number(let number):
            advance()
            return try node(.literal(.number(number)), at: start)
        case .symbol("("):
            advance()
            if take(symbol: ")") { return try node(.list([]), at: start) }
            let inner = try tuple()
            try expect(")")
            return inner
        case .symbol("["): return try list()
        case .symbol("{"): return try mapping()
        case .symbol: throw unexpected("expected an expression")
        }
    }

    private mutating func list() throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        advance()
        var elements: [ExpressionNode] = []
        while !take(symbol: "]") {
            if !elements.isEmpty {
                try expect(",")
                if take(symbol: "]") { break }
            }
            elements.append(try expression())
        }
        return try node(.list(elements), at: start, over: elements)
    }

    private mutating func mapping() throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        advance()
        var members: [(key: ExpressionNode, value: ExpressionNode)] = []
        while !take(symbol: "}") {
            if !members.isEmpty {
                try expect(",")
                if take(symbol: "}") { break }
            }
            let key = try expression()
            try expect(":")
            members.append((key, try expression()))
        }
        return try node(.mapping(members), at: start, over: members.flatMap { [$0.key, $0.value] })
    }

    private mutating func function(_ name: String, at start: Int) throws(DiagnosticError) -> ExpressionNode {
        let arguments = try callArguments()
        guard let definition = FunctionTable.definitions[name] else {
            throw failure(
                "unknown function '\(name)'", at: start, id: "unknown-function",
                hint: FilterTable.definitions[name] != nil
                    ? "'\(name)' is a filter: write value | \(name)"
                    : Spelling.hint(for: name, among: Array(FunctionTable.definitions.keys)))
        }
        try check(definition.signature, arguments, at: start)
        return try node(.function(definition, arguments), at: start, over: arguments.expressions)
    }

    /// The arguments in parentheses at a call; the token at hand is `(`.
    mutating func callArguments() throws(DiagnosticError) -> CallArguments {
        advance()
        var arguments = CallArguments()
        while !take(symbol: ")") {
            if !arguments.positional.isEmpty || !arguments.keywords.isEmpty {
                try expect(",")
                if take(symbol: ")") { break }
            }
            if case .name(let name) = current?.kind, isNext(.symbol("=")) {
                let start = offset
                advance()
                advance()
                guard !arguments.keywords.contains(where: { $0.name == name }) else {
                    throw failure("the argument '\(name)' stands twice", at: start)
                }
                arguments.keywords.append((name, try expression()))
            } else if current?.kind == .symbol("*") || current?.kind == .symbol("**") {
                throw failure("'*' before an argument is not supported", at: offset)
            } else {
                guard arguments.keywords.isEmpty else {
                    throw failure("an argument without a name can't follow one with a name", at: offset)
                }
                arguments.positional.append(try expression())
            }
        }
        return arguments
    }

    /// Checks the arguments of a call against what the callee takes.
    func check(
        _ signature: CallSignature, _ arguments: CallArguments, at offset: Int
    ) throws(DiagnosticError) {
        let keywords = arguments.keywords.map(\.name)
        if let mistake = signature.mistake(positional: arguments.positional.count, keywords: keywords) {
            throw failure(mistake.message, at: offset, id: "template-arguments", hint: mistake.hint)
        }
    }
}
