import Diagnostics

/// Finds the names that a template takes from its context.
struct VariableAnalysis {
    private let source: TemplateSource
    private var found: [String: FreeVariable] = [:]
    private var order: [String] = []
    private var scope = Scope()

    /// The names the template itself has given a value at a point.
    private struct Scope {
        var bound: Set<String> = []
        /// Those set on some ways to this point only.
        var maybeBound: Set<String> = []
    }

    /// Prepares to look through a text.
    init(_ source: TemplateSource) { self.source = source }

    /// The free names in order of their first use.
    var freeVariables: [FreeVariable] { order.compactMap { found[$0] } }

    /// Looks through parts of the template in order.
    mutating func visit(_ nodes: [TemplateNode]) {
        for node in nodes { visit(node) }
    }

    private mutating func visit(_ node: TemplateNode) {
        switch node {
        case .text: break
        case .output(let expression): visit(expression)
        case .conditional(let branches): visit(branches)
        case .loop(let loop):
            visit(loop.sequence)
            let outer = scope
            scope.bound.formUnion(loop.targets)
            if let filter = loop.filter { visit(filter) }
            scope.bound.insert("loop")
            visit(loop.body)
            scope = outer
            visit(loop.otherwise)
            scope = outer
        case .assignment(let names, let value):
            visit(value)
            scope.bound.formUnion(names)
        case .attributeAssignment(let object, _, let value, let offset):
            visit(value)
            use(object, at: source.mark(at: offset), isOptional: false)
        case .capture(let name, let body):
            let outer = scope
            visit(body)
            scope = outer
            scope.bound.insert(name)
        case .include(let partial, _):
            for variable in partial.freeVariables {
                use(variable.name, at: variable.mark, isOptional: variable.isOptional)
            }
        }
    }

    private mutating func visit(_ branches: [ConditionalBranch]) {
        let outer = scope
        var bound: Set<String>?
        var touched = outer.bound.union(outer.maybeBound)
        for branch in branches {
            scope = outer
            if let condition = branch.condition { visit(condition) }
            visit(branch.body)
            bound = bound?.intersection(scope.bound) ?? scope.bound
            touched.formUnion(scope.bound.union(scope.maybeBound))
        }
        let hasElse = branches.last?.condition == nil
        scope.bound = hasElse ? bound ?? outer.bound : outer.bound
        scope.maybeBound = touched.subtracting(scope.bound)
    }

    /// Looks through an expression.
    mutating func visit(_ node: ExpressionNode) {
        switch node.kind {
        case .literal: break
        case .variable(let name): use(name, at: source.mark(at: node.offset), isOptional: false)
        case .list(let elements), .concatenation(let elements), .and(let elements), .or(let elements):
            visit(all: elements)
        case .mapping(let members): for member in members { visit(all: [member.key, member.value]) }
        case .attribute(let subject, _), .sign(let subject, _), .not(let subject): visit(subject)
        case .item(let subject, let index): visit(all: [subject, index])
        case .slice(let subject, let start, let stop, let step):
            visit(all: [subject] + [start, stop, step].compactMap(\.self))
        case .arithmetic(_, let left, let right): visit(all: [left, right])
        case .comparison(let first, let rest): visit(all: [first] + rest.map(\.operand))
        case .conditional(let condition, let then, let otherwise):
            visit(all: [condition, then] + [otherwise].compactMap(\.self))
        case .defaulted(let subject, let arguments):
            visit(optional: subject)
            visit(all: arguments.expressions)
        case .definedness(let subject, _): visit(optional: subject)
        case .filter(let subject, _, let arguments), .method(let subject, _, let arguments):
            visit(all: [subject] + arguments.expressions)
        case .predicate(let subject, _, let arguments): visit(all: [subject] + arguments)
        case .function(_, let arguments): visit(all: arguments.expressions)
        }
    }

    private mutating func visit(all nodes: [ExpressionNode]) {
        for node in nodes { visit(node) }
    }

    private mutating func visit(optional node: ExpressionNode) {
        if case .variable(let name) = node.kind {
            use(name, at: source.mark(at: node.offset), isOptional: true)
        } else {
            visit(node)
        }
    }

    private mutating func use(_ name: String, at mark: SourceMark, isOptional: Bool) {
        guard !scope.bound.contains(name) else { return }
        let isOptional = isOptional || scope.maybeBound.contains(name)
        guard let known = found[name] else {
            found[name] = FreeVariable(name: name, mark: mark, isOptional: isOptional)
            order.append(name)
            return
        }
        if known.isOptional, !isOptional {
            found[name] = FreeVariable(name: name, mark: mark, isOptional: false)
        }
    }
}
