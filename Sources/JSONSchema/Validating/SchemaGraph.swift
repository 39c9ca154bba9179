import JSON

/// The number of a schema in a graph.
typealias SchemaNodeID = Int

/// The schemas of all documents that are needed, each once; references are numbers, so that schemas may refer in circles.
struct SchemaGraph: Sendable {
    /// All schemas; the first is the whole document.
    let nodes: [SchemaNode]
    /// The limits of validating.
    let options: SchemaOptions
    /// For each name of a dynamic anchor the schemas that have it, by resource.
    let dynamicTargets: [String: [Int: SchemaNodeID]]
    /// Whether any schema asks which parts of a value others have looked at.
    let collectsEvaluated: Bool
    /// Whether any reference asks by which resources it was reached.
    let tracksResources: Bool

    /// Creates a graph.
    init(nodes: [SchemaNode], options: SchemaOptions, dynamicTargets: [String: [Int: SchemaNodeID]]) {
        self.nodes = nodes
        self.options = options
        self.dynamicTargets = dynamicTargets
        collectsEvaluated = nodes.contains(where: \.collectsEvaluated)
        tracksResources = !dynamicTargets.isEmpty
    }
}

/// One schema or subschema.
struct SchemaNode: Sendable {
    /// What the schema demands.
    enum Body: Sendable {
        /// The schema `false`.
        case never
        /// All of the keywords; none for `true` and `{}`.
        case all([any SchemaKeyword])
    }

    /// The place in its document.
    let pointer: JSONPointer
    /// The number of the resource it belongs to.
    let resource: Int
    /// Whether it has a keyword that asks which parts of a value others have looked at.
    var collectsEvaluated = false
    /// What the schema demands.
    var body: Body

    /// True when no instance can fail.
    var acceptsEverything: Bool {
        if case .all(let keywords) = body { keywords.isEmpty } else { false }
    }

    /// True when every instance fails.
    var acceptsNothing: Bool {
        if case .never = body { true } else { false }
    }
}

/// A compiled keyword, or several that work together.
protocol SchemaKeyword: Sendable {
    /// Whether the instance fits; a failure is reported to the run.
    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool
}
