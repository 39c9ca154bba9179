import Diagnostics
import JSON

/// Builds expressions out of tokens, with Jinja's precedence.
struct ExpressionParser {
    /// The text the tokens come from.
    let source: TemplateSource
    /// The offset that stands for the end of the tokens in messages.
    let endOffset: Int
    private let tokens: [TemplateToken]
    private var index = 0
    private var depth = 0

    /// Prepares to parse the tokens of one tag.
    init(_ tokens: [TemplateToken], source: TemplateSource, endOffset: Int) {
        self.tokens = tokens
        self.source = source
        self.endOffset = endOffset
    }

    // MARK: Tokens

    /// The token at hand; nil at the end.
    var current: TemplateToken? { index < tokens.count ? tokens[index] : nil }
    /// The offset of the token at hand.
    var offset: Int { current?.offset ?? endOffset }

    /// Takes a token if it is the given symbol.
    mutating func take(symbol: String) -> Bool {
        guard current?.kind == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    /// Takes a token if it is the given word.
    mutating func take(word: String) -> Bool {
        guard current?.kind == .name(word) else { return false }
        index += 1
        return true
    }

    /// Takes a name; anything else is a mistake.
    mutating func takeName(_ what: String) throws(DiagnosticError) -> (name: String, offset: Int) {
        guard let token = current, case .name(let name) = token.kind else {
            throw unexpected("expected \(what)")
        }
        index += 1
        return (name, token.offset)
    }

    /// True when the token after the one at hand is the given kind.
    func isNext(_ kind: TemplateToken.Kind) -> Bool {
        index + 1 < tokens.count && tokens[index + 1].kind == kind
    }

    /// Goes on to the next token.
    mutating func advance() { index += 1 }

    /// Takes a symbol that must be there.
    mutating func expect(_ symbol: String) throws(DiagnosticError) {
        guard take(symbol: symbol) else { throw unexpected("expected '\(symbol)'") }
    }

    /// Checks that nothing follows.
    func expectEnd(hint: String? = nil) throws(DiagnosticError) {
        if current != nil { throw unexpected("expected the end of the tag", hint: hint) }
    }

    /// A mistake at the token at hand.
    func unexpected(_ expectation: String, hint: String? = nil) -> DiagnosticError {
        failure("\(expectation), not \(current?.description ?? "the end of the tag")", at: offset, hint: hint)
    }

    /// A mistake in syntax.
    func failure(
        _ message: String, at offset: Int, id: String = "template-syntax", hint: String? = nil
    ) -> DiagnosticError {
        DiagnosticError(source.diagnostic(id, message, at: offset, hint: hint))
    }

    /// Creates a node, unless its tree would be too high.
    func node(
        _ kind: ExpressionNode.Kind, at offset: Int, over operands: [ExpressionNode] = []
    ) throws(DiagnosticError) -> ExpressionNode {
        let node = ExpressionNode(kind, at: offset, over: operands)
        guard node.height <= TemplateLimits.expressionDepth else { throw tooDeep(offset) }
        return node
    }

    private func tooDeep(_ offset: Int) -> DiagnosticError {
        failure(
            "the expression is nested deeper than \(TemplateLimits.expressionDepth) levels", at: offset,
            id: "template-too-deep", hint: "split it up with {% set %}")
    }

    // MARK: Precedence

    /// An expression, or several with commas between them as a list.
    mutating func tuple(allowsConditional: Bool = true) throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        let first = try expression(allowsConditional: allowsConditional)
        guard current?.kind == .symbol(",") else { return first }
        var elements = [first]
        while take(symbol: ",") {
            if current == nil || current?.kind == .symbol(")") { break }
            elements.append(try expression(allowsConditional: allowsConditional))
        }
        return try node(.list(elements), at: start, over: elements)
    }

    /// One expression.
    mutating func expression(allowsConditional: Bool = true) throws(DiagnosticError) -> ExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= TemplateLimits.expressionDepth else { throw tooDeep(offset) }
        var result = try disjunction()
        while allowsConditional, current?.kind == .name("if") {
            let start = offset
            advance()
            let condition = try disjunction()
            let otherwise = take(word: "else") ? try expression() : nil
            result = try node(
                .conditional(condition: condition, then: result, otherwise: otherwise), at: start,
                over: [condition, result] + (otherwise.map { [$0] } ?? []))
        }
        return result
    }

    private mutating func disjunction() throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        var operands = [try conjunction()]
        while take(word: "or") { operands.append(try conjunction()) }
        return operands.count == 1 ? operands[0] : try node(.or(operands), at: start, over: operands)
    }

    private mutating func conjunction() throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        var operands = [try negation()]
        while take(word: "and") { operands.append(try negation()) }
        return operands.count == 1 ? operands[0] : try node(.and(operands), at: start, over: operands)
    }

    private mutating func negation() throws(DiagnosticError) -> ExpressionNode {
        var starts: [Int] = []
        while current?.kind == .name("not") {
            starts.append(offset)
            advance()
        }
        var result = try comparison()
        for start in starts.reversed() { result = try node(.not(result), at: start, over: [result]) }
        return result
    }

    private mutating func comparison() throws(DiagnosticError) -> ExpressionNode {
        let first = try sum()
        var operands: [ComparisonStep] = []
        let start = offset
        while let comparison = takeComparison() {
            operands.append(ComparisonStep(symbol: comparison, operand: try sum()))
        }
        guard !operands.isEmpty else { return first }
        return try node(.comparison(first, operands), at: start, over: [first] + operands.map(\.operand))
    }

    private mutating func takeComparison() -> ComparisonOperator? {
        if current?.kind == .name("not"), isNext(.name("in")) {
            index += 2
            return .notContained
        }
        switch current?.kind {
        case .name("in"): break
        case .symbol(let symbol) where symbol != "in": break
        default: return nil
        }
        let text = if case .symbol(let symbol) = current?.kind { symbol } else { "in" }
        guard let comparison = ComparisonOperator(rawValue: text) else { return nil }
        index += 1
        return comparison
    }

    private mutating func sum() throws(DiagnosticError) -> ExpressionNode {
        var left = try concatenation()
        while let (symbol, start) = takeArithmetic(["+", "-"]) {
            let right = try concatenation()
            left = try node(.arithmetic(symbol, left, right), at: start, over: [left, right])
        }
        return left
    }

    private mutating func concatenation() throws(DiagnosticError) -> ExpressionNode {
        let start = offset
        var operands = [try product()]
        while take(symbol: "~") { operands.append(try product()) }
        return operands.count == 1
            ? operands[0] : try node(.concatenation(operands), at: start, over: operands)
    }

    private mutating func product() throws(DiagnosticError) -> ExpressionNode {
        var left = try power()
        while let (symbol, start) = takeArithmetic(["*", "/", "//", "%"]) {
            let right = try power()
            left = try node(.arithmetic(symbol, left, right), at: start, over: [left, right])
        }
        return left
    }

    private mutating func power() throws(DiagnosticError) -> ExpressionNode {
        var left = try unary()
        while let (symbol, start) = takeArithmetic(["**"]) {
            let right = try unary()
            left = try node(.arithmetic(symbol, left, right), at: start, over: [left, right])
        }
        return left
    }

    private mutating func takeArithmetic(_ wanted: [String]) -> (ArithmeticOperator, Int)? {
        guard let token = current, case .symbol(let text) = token.kind, wanted.contains(text),
            let symbol = ArithmeticOperator(rawValue: text)
        else { return nil }
        index += 1
        return (symbol, token.offset)
    }

    private mutating func unary() throws(DiagnosticError) -> ExpressionNode {
        var signs: [(isMinus: Bool, offset: Int)] = []
        while let token = current, token.kind == .symbol("-") || token.kind == .symbol("+") {
            signs.append((token.kind == .symbol("-"), token.offset))
            index += 1
        }
        var result = try postfix(try primary())
        for sign in signs.reversed() {
            result = try node(.sign(result, isMinus: sign.isMinus), at: sign.offset, over: [result])
        }
        return try filtersAndTests(result)
    }
}
