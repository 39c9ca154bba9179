import Diagnostics
import JSON

/// One rendering of a template: its variables, its output so far and what it may still spend.
final class Renderer {
    /// The variables given from outside.
    let context: TemplateContext
    /// The text whose nodes are walked; another one inside an include.
    private(set) var source: TemplateSource
    /// The output so far.
    private(set) var output = ""
    private var locals: [(name: String, value: TemplateValue)] = []
    private var frameStart = 0
    private var includeDepth = 0
    private var work = 0
    private var steps = 0

    /// Prepares a rendering.
    ///
    /// - Parameter capacity: So many bytes of output are expected.
    init(_ context: TemplateContext, source: TemplateSource, capacity: Int = 0) {
        self.context = context
        self.source = source
        output.reserveCapacity(capacity)
    }

    // MARK: Mistakes and limits

    /// A mistake at a byte of the text at hand.
    func failure(_ id: String, _ message: String, at offset: Int, hint: String? = nil) -> TemplateError {
        TemplateError(source.diagnostic(id, message, at: offset, hint: hint))
    }

    /// Counts work done, and stops a rendering that does too much.
    func spend(_ amount: Int, at offset: Int) throws(TemplateError) {
        work &+= amount
        guard work <= TemplateLimits.work else {
            throw failure(
                "template-limit", "the template does too much work", at: offset,
                hint: "prepare large data before it goes into the template")
        }
    }

    /// Stops a rendering that builds too much text.
    func checkSize(_ bytes: Int, at offset: Int) throws(TemplateError) {
        guard bytes <= TemplateLimits.outputBytes else {
            throw failure(
                "template-limit", "the text grows beyond \(TemplateLimits.outputBytes >> 20) MiB", at: offset,
                hint: "shorten the data, for example with truncate")
        }
    }

    /// Stops a rendering that cuts a text into too many parts.
    func checkParts(_ count: Int, at offset: Int) throws(TemplateError) {
        guard count <= TemplateLimits.textParts else {
            throw failure(
                "template-limit", "the text has more than \(TemplateLimits.textParts) parts", at: offset,
                hint: "shorten the text first, for example with truncate")
        }
    }

    // MARK: Variables

    /// The value of a name: set here, given from outside, or undefined.
    func lookUp(_ name: String, at offset: Int) -> TemplateValue {
        for local in locals.reversed() where local.name == name { return local.value }
        if let value = context[name] { return .json(value) }
        return .undefined(
            UndefinedValue(
                message: "'\(name)' is undefined", hint: nil, name: name, source: source, offset: offset))
    }

    /// The mistake of using an undefined value, with the nearest known name.
    func misuse(_ undefined: UndefinedValue) -> TemplateError {
        var undefined = undefined
        if undefined.hint == nil {
            undefined.known = context.names + locals.map(\.name)
            undefined.hint = "give it a value, or write \(undefined.name) | default(\"…\")"
        }
        return undefined.error
    }

    private func bind(_ name: String, _ value: TemplateValue) {
        for index in locals.indices[frameStart...].reversed() where locals[index].name == name {
            locals[index].value = value
            return
        }
        locals.append((name, value))
    }

    private func scoped(_ body: () throws(TemplateError) -> Void) throws(TemplateError) {
        let outerStart = frameStart
        frameStart = locals.count
        defer {
            locals.removeSubrange(frameStart...)
            frameStart = outerStart
        }
        try body()
    }

    // MARK: Parts of a template

    /// Renders parts in order.
    func render(_ nodes: [TemplateNode]) throws(TemplateError) {
        for node in nodes { try render(node) }
    }

    private func render(_ node: TemplateNode) throws(TemplateError) {
        switch node {
        case .text(let text): try write(text, at: 0)
        case .output(let expression): try write(try text(of: expression), at: expression.offset)
        case .conditional(let branches):
            for branch in branches {
                if let condition = branch.condition {
                    guard try isTrue(try evaluate(condition), at: condition.offset) else { continue }
                }
                return try render(branch.body)
            }
        case .loop(let loop): try render(loop)
        case .assignment(let names, let expression): try assign(names, expression)
        case .attributeAssignment(let object, let name, let expression, let offset):
            guard case .namespace(let namespace) = lookUp(object, at: offset) else {
                throw failure(
                    "template-type", "'\(object)' is no namespace", at: offset,
                    hint: "only variables of a namespace can be set: {% set \(object) = namespace() %}")
            }
            let value = try data(try evaluate(expression), at: expression.offset)
            try checkBuilt(value, at: offset)
            namespace.members[name] = value
        case .capture(let name, let body):
            let outer = output
            output = ""
            try scoped { () throws(TemplateError) in try render(body) }
            bind(name, .json(.string(output)))
            output = outer
        case .include(let partial, let offset): try include(partial, at: offset)
        }
    }

    private func include(_ partial: ParsedTemplate, at offset: Int) throws(TemplateError) {
        guard includeDepth < TemplateLimits.includeDepth else {
            throw failure("template-limit", "includes go too deep", at: offset, hint: "include fewer files")
        }
        try spend(1, at: offset)
        let outer = source
        includeDepth += 1
        source = partial.source
        try scoped { () throws(TemplateError) in try render(partial.nodes) }
        source = outer
        includeDepth -= 1
    }

    private func write(_ text: String, at offset: Int) throws(TemplateError) {
        let count = text.utf8.count
        work &+= 1 &+ count >> 4
        try checkSize(output.utf8.count + count, at: offset)
        output.append(text)
    }

    private func assign(_ names: [String], _ expression: ExpressionNode) throws(TemplateError) {
        let value = try evaluate(expression)
        if case .undefined(let undefined) = value { throw misuse(undefined) }
        if names.count == 1 { return bind(names[0], value) }
        try bind(names, toPartsOf: try data(value, at: expression.offset), at: expression.offset)
    }

    private func bind(
        _ names: [String], toPartsOf value: JSONValue, at offset: Int
    ) throws(TemplateError) {
        let parts = try elements(of: value, at: offset)
        guard parts.count == names.count else {
            throw failure(
                "template-type",
                "\(names.count) names (\(names.joined(separator: ", "))) for \(parts.count) values",
                at: offset,
                hint: "a mapping is walked by key and value with items()")
        }
        for (name, part) in zip(names, parts) { bind(name, .json(part)) }
    }

    private func render(_ loop: LoopNode) throws(TemplateError) {
        let subject = try data(try evaluate(loop.sequence), at: loop.sequence.offset)
        var elements = try elements(of: subject, at: loop.sequence.offset)
        if let filter = loop.filter {
            var wanted: [JSONValue] = []
            for element in elements {
                try step(at: loop.offset)
                var isWanted = false
                try scoped { () throws(TemplateError) in
                    try bind(element, for: loop)
                    isWanted = try isTrue(try evaluate(filter), at: filter.offset)
                }
                if isWanted { wanted.append(element) }
            }
            elements = wanted
        }
        guard !elements.isEmpty else {
            return try scoped { () throws(TemplateError) in try render(loop.otherwise) }
        }
        let state = LoopState(elements)
        for (index, element) in elements.enumerated() {
            try step(at: loop.offset)
            state.index = index
            try scoped { () throws(TemplateError) in
                try bind(element, for: loop)
                bind("loop", .loop(state))
                try render(loop.body)
            }
        }
    }

    private func bind(_ element: JSONValue, for loop: LoopNode) throws(TemplateError) {
        if loop.targets.count == 1 {
            locals.append((loop.targets[0], .json(element)))
        } else {
            try bind(loop.targets, toPartsOf: element, at: loop.sequence.offset)
        }
    }

    private func step(at offset: Int) throws(TemplateError) {
        steps += 1
        guard steps <= TemplateLimits.loopSteps else {
            throw failure(
                "template-limit", "the loops take more than \(TemplateLimits.loopSteps) steps", at: offset,
                hint: "prepare large data before it goes into the template")
        }
        try spend(1, at: offset)
    }
}
