public import JSON

/// A JSON Schema that was checked and prepared once and validates any number of instances.
public struct CompiledSchema: Sendable {
    private let graph: SchemaGraph
    /// Misspelt keywords and others that have no effect.
    public let warnings: [SchemaWarning]
    /// The schema's `type`, when that is exactly one name.
    public let soleType: String?

    /// Compiles a schema: an object, `true` or `false`.
    ///
    /// Throws all problems at once: keywords with a value of the wrong kind, patterns that do not compile,
    /// references that lead nowhere.
    ///
    /// - Parameters:
    ///   - base: The URI of the document, against which its relative references are read.
    ///   - registry: The documents that references may lead to; nothing is fetched.
    public init(
        _ document: JSONValue, options: SchemaOptions = .init(), base: String = "",
        registry: SchemaRegistry = SchemaRegistry()
    ) throws(SchemaError) {
        var compiler = SchemaCompiler(document, options: options, base: base, registry: registry)
        graph = try compiler.graph()
        warnings = compiler.warnings
        switch document["type"] {
        case .string(let name): soleType = name
        case .array(let names) where names.count == 1: soleType = names[0].string
        default: soleType = nil
        }
    }

    /// True for `true`, `{}` and schemas with annotations only: no instance can fail.
    public var acceptsEverything: Bool { graph.nodes[0].acceptsEverything }

    /// Everything in which the instance does not fit the schema; empty when it is valid.
    ///
    /// Throws when a limit is met before the answer is known.
    public func validate(_ instance: JSONValue) throws(SchemaLimitError) -> [SchemaViolation] {
        // Most instances are valid: the first run keeps no paths and stops at the first failure.
        var quick = ValidationRun(graph, collects: false)
        if try quick.accepts(instance, 0) { return [] }
        var thorough = ValidationRun(graph, collects: true)
        _ = try thorough.accepts(instance, 0)
        return thorough.listed()
    }

    /// Whether the instance is valid; throws when a limit is met before the answer is known.
    public func accepts(_ instance: JSONValue) throws(SchemaLimitError) -> Bool {
        var run = ValidationRun(graph, collects: false)
        return try run.accepts(instance, 0)
    }
}
