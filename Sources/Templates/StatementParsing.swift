import Diagnostics

/// What `{% set %}` gives a value to.
enum SetTarget {
    /// Plain names; several take a list apart.
    case names([String])
    /// An attribute of a namespace.
    case attribute(object: String, name: String, offset: Int)
}

extension ExpressionParser {
    private static let reserved: Set<String> = [
        "true", "false", "none", "True", "False", "None", "and", "or", "not", "in", "is", "if", "else",
        "elif",
        "for", "loop", "null",
    ]

    private mutating func target() throws(DiagnosticError) -> (name: String, offset: Int) {
        let (name, start) = try takeName("a name")
        guard !Self.reserved.contains(name) else { throw failure("the name '\(name)' is taken", at: start) }
        return (name, start)
    }

    private mutating func targets(after first: String, until word: String?) throws(DiagnosticError)
        -> [String]
    {
        var names = [first]
        while take(symbol: ",") {
            if let word, current?.kind == .name(word) { break }
            names.append(try target().name)
        }
        return names
    }

    /// The head of a loop after `for`.
    mutating func loopHead(at start: Int) throws(DiagnosticError) -> LoopNode {
        let isParenthesized = take(symbol: "(")
        let names = try targets(after: try target().name, until: isParenthesized ? nil : "in")
        if isParenthesized { try expect(")") }
        guard take(word: "in") else {
            throw unexpected("expected 'in'", hint: "write {% for item in list %}")
        }
        let sequence = try tuple(allowsConditional: false)
        let filter = take(word: "if") ? try expression() : nil
        if current?.kind == .name("recursive") {
            throw failure("recursive loops are not supported in prompts", at: offset)
        }
        try expectEnd()
        return LoopNode(
            targets: names, sequence: sequence, filter: filter, body: [], otherwise: [], offset: start)
    }

    /// What stands between `set` and `=`.
    mutating func setTarget() throws(DiagnosticError) -> SetTarget {
        let isParenthesized = take(symbol: "(")
        let (first, start) = try target()
        if !isParenthesized, take(symbol: ".") {
            return .attribute(object: first, name: try takeName("a name after the dot").name, offset: start)
        }
        let names = try targets(after: first, until: nil)
        if isParenthesized { try expect(")") }
        return .names(names)
    }

    /// The path after `include`, with its place.
    mutating func includePath() throws(DiagnosticError) -> (path: String, offset: Int) {
        guard let token = current, case .string(let path) = token.kind else {
            throw unexpected(
                "expected the path of the included file in quotes",
                hint: "which file is included can't depend on a variable")
        }
        advance()
        if current?.kind == .name("with"), isNext(.name("context")) {
            advance()
            advance()
        }
        if current?.kind == .name("ignore") || current?.kind == .name("without") {
            throw failure(
                "'ignore missing' and 'without context' are not supported in prompts", at: offset,
                hint: "an included file must exist, and sees all variables")
        }
        try expectEnd()
        return (path, token.offset)
    }
}
