/// A part of a parsed template.
indirect enum TemplateNode: Sendable {
    /// Text that is copied.
    case text(String)
    /// An expression that is printed.
    case output(ExpressionNode)
    /// The first body whose condition holds; a body without a condition is `else`.
    case conditional([ConditionalBranch])
    /// `{% for %}`.
    case loop(LoopNode)
    /// `{% set a, b = … %}`.
    case assignment([String], ExpressionNode)
    /// `{% set object.name = … %}` on a namespace.
    case attributeAssignment(object: String, name: String, ExpressionNode, offset: Int)
    /// `{% set a %}…{% endset %}`.
    case capture(String, [TemplateNode])
    /// `{% include %}`, with the offset of the path.
    case include(ParsedTemplate, offset: Int)
}

/// A condition and what it guards.
struct ConditionalBranch: Sendable {
    /// The condition; nil for `else`.
    var condition: ExpressionNode?
    /// What is rendered.
    var body: [TemplateNode]
}

/// A loop.
struct LoopNode: Sendable {
    /// The names each element is bound to; several take an element apart.
    var targets: [String]
    /// What is walked.
    var sequence: ExpressionNode
    /// Which elements are wanted.
    var filter: ExpressionNode?
    /// What is rendered for each.
    var body: [TemplateNode]
    /// What is rendered without any.
    var otherwise: [TemplateNode]
    /// The offset of the tag.
    var offset: Int
}

/// The parsed text of one file.
final class ParsedTemplate: Sendable {
    /// The text.
    let source: TemplateSource
    /// Its parts.
    let nodes: [TemplateNode]
    /// The names it takes from its surroundings.
    let freeVariables: [FreeVariable]

    /// Keeps the parts and finds the free names among them.
    init(source: TemplateSource, nodes: [TemplateNode]) {
        self.source = source
        self.nodes = nodes
        var analysis = VariableAnalysis(source)
        analysis.visit(nodes)
        freeVariables = analysis.freeVariables
    }
}
