public import Diagnostics
public import JSON

/// A single expression in the language of templates, such as `row.lang == 'en'`.
public struct Expression: Sendable {
    private let source: TemplateSource
    private let node: ExpressionNode
    /// The names taken from the context, in order of their first use.
    public let freeVariables: [FreeVariable]

    /// Parses an expression.
    public init(_ text: String, origin: TemplateOrigin) throws(DiagnosticError) {
        source = TemplateSource(text, origin: origin)
        guard source.bytes.count <= TemplateLimits.sourceBytes else {
            throw DiagnosticError(
                source.diagnostic("template-too-large", "the expression is too large", at: 0))
        }
        if Whitespace.trimmedStart(text).utf8.starts(with: "{{".utf8) {
            throw DiagnosticError(
                source.diagnostic(
                    "template-syntax", "'{{' does not belong here: the whole value is an expression", at: 0,
                    hint: "take {{ and }} off"))
        }
        var lexer = ExpressionLexer(source, from: 0, opening: 0, until: .end)
        let tokens = try lexer.run().tokens
        var parser = ExpressionParser(tokens, source: source, endOffset: source.bytes.count)
        guard parser.current != nil else {
            throw parser.failure("the expression is empty", at: 0, hint: "write for example row.lang == 'en'")
        }
        node = try parser.expression()
        let isAssignment = parser.current?.kind == .symbol("=")
        try parser.expectEnd(hint: isAssignment ? "to compare, write ==" : nil)
        var analysis = VariableAnalysis(source)
        analysis.visit(node)
        freeVariables = analysis.freeVariables
    }

    /// Parses an expression that begins at a mark.
    public init(_ text: String, mark: SourceMark) throws(DiagnosticError) {
        try self.init(text, origin: TemplateOrigin(mark))
    }

    /// The value with these variables.
    public func evaluate(_ context: TemplateContext) throws(TemplateError) -> JSONValue {
        try Renderer(context, source: source).evaluateData(node)
    }

    /// Whether the value counts as true: not null, false, zero or empty.
    public func truthy(_ context: TemplateContext) throws(TemplateError) -> Bool {
        Renderer.isTrue(try evaluate(context))
    }
}
