import JSON

/// The number of a schema in a graph.
typealias SchemaNodeID = Int

/// The schemas of one document, each once; references are numbers, so that schemas may refer in circles.
struct SchemaGraph: Sendable {
    /// All schemas; the first is the whole document.
    let nodes: [SchemaNode]
    /// The limits of validating.
    let options: SchemaOptions
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

    /// The place in the schema document.
    let pointer: JSONPointer
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
