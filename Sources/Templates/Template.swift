public import Diagnostics
public import JSON

/// A parsed template: parsed once, rendered many times.
///
/// The language is a strict subset of Jinja; see FORMATS, "Templates".
public struct Template: Sendable {
    private let parsed: ParsedTemplate?
    private let constant: String
    private let expression: ExpressionNode?

    /// Parses a template and all it includes; throws every mistake that could be found.
    public init(
        _ source: String, origin: TemplateOrigin, loader: any PartialLoader = NoPartials()
    ) throws(DiagnosticError) {
        constant = source
        guard Self.hasSyntax(source) else {
            parsed = nil
            expression = nil
            return
        }
        let template = try TemplateParser.parse(
            TemplateSource(source, origin: origin), includes: IncludeResolver(loader), chain: [origin.file])
        parsed = template
        expression = Self.loneExpression(template.nodes)
    }

    /// Parses a template that begins at a mark of the file `name`.
    public init(
        _ source: String, name: String, mark: SourceMark? = nil, indentation: Int = 0,
        loader: any PartialLoader = NoPartials()
    ) throws(DiagnosticError) {
        var origin = mark.map { TemplateOrigin($0, indentation: indentation) } ?? TemplateOrigin(file: name)
        origin.file = name
        try self.init(source, origin: origin, loader: loader)
    }

    private static func loneExpression(_ nodes: [TemplateNode]) -> ExpressionNode? {
        var found: ExpressionNode?
        for node in nodes {
            switch node {
            case .text(let text) where text.unicodeScalars.allSatisfy(Whitespace.contains): continue
            case .output(let expression) where found == nil: found = expression
            default: return nil
            }
        }
        return found
    }

    /// The names taken from the context, those of included files among them, in order of their first use.
    public var freeVariables: [FreeVariable] { parsed?.freeVariables ?? [] }

    /// The parts of the template; none when it is its own rendering.
    var nodes: [TemplateNode] { parsed?.nodes ?? [] }

    /// The text of the template.
    public var source: String { constant }

    /// True without any template syntax: the text is its own rendering.
    public var isConstant: Bool { parsed == nil }

    /// True when a text holds `{{`, `{%` or `{#`.
    public static func hasSyntax(_ text: String) -> Bool { TemplateLexer.hasSyntax(text.utf8) }

    /// The text of the template with these variables.
    public func render(_ context: TemplateContext) throws(TemplateError) -> String {
        guard let parsed else { return Whitespace.normalizingBreaks(constant) }
        let renderer = Renderer(context, source: parsed.source, capacity: constant.utf8.count)
        try renderer.render(parsed.nodes)
        return renderer.output
    }

    /// The value of a template that is exactly one `{{ expression }}`, in its own type; else the text.
    public func renderValue(_ context: TemplateContext) throws(TemplateError) -> JSONValue {
        guard let parsed, let expression else { return .string(try render(context)) }
        return try Renderer(context, source: parsed.source).evaluateData(expression)
    }
}
