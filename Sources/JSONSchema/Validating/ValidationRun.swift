import JSON
import Patterns

/// One pass over an instance: where it stands, what it found and how much it may still cost.
struct ValidationRun {
    /// A step from a value into one of its parts.
    enum Step {
        /// Into a member of an object.
        case key(String)
        /// Into an element of a list.
        case index(Int)
    }

    private let graph: SchemaGraph
    /// Whether violations are collected; else the run stops at the first.
    private(set) var collects: Bool
    private var path: [Step] = []
    private var node: SchemaNodeID = 0
    private var depth = 0
    private var steps = 0
    private var violations: [SchemaViolation] = []
    private var recorded = 0
    /// How many violations may be recorded here.
    private var allowance: Int
    private var isCut = false
    /// The resources that led here, outermost first.
    private var resources: [Int] = []
    /// What was looked at in the present value; nil when nobody asks.
    private var evaluated: EvaluatedParts?

    /// Starts at the root of an instance.
    init(_ graph: SchemaGraph, collects: Bool) {
        self.graph = graph
        self.collects = collects
        allowance = graph.options.maximumViolations
    }

    /// Whether a value fits a schema.
    mutating func accepts(_ instance: JSONValue, _ id: SchemaNodeID) throws(SchemaLimitError) -> Bool {
        let keywords: [any SchemaKeyword]
        let outer = node
        node = id
        defer { node = outer }
        switch graph.nodes[id].body {
        case .never: return fail(nil, "no value is allowed here")
        case .all(let list): keywords = list
        }
        if keywords.isEmpty { return true }
        depth += 1
        steps += 1
        guard depth <= graph.options.maximumDepth else {
            throw limit(.depth, "the schema nests deeper than \(graph.options.maximumDepth) levels")
        }
        guard steps <= graph.options.maximumSteps else {
            throw limit(.steps, "validating takes more than \(graph.options.maximumSteps) steps")
        }
        let entersResource = graph.tracksResources && resources.last != graph.nodes[id].resource
        if entersResource { resources.append(graph.nodes[id].resource) }
        let fits =
            try graph.collectsEvaluated
            ? acceptsCollecting(instance, keywords, asks: graph.nodes[id].collectsEvaluated)
            : accepts(instance, keywords)
        if entersResource { resources.removeLast() }
        depth -= 1
        return fits
    }

    private mutating func accepts(
        _ instance: JSONValue, _ keywords: [any SchemaKeyword]
    ) throws(SchemaLimitError) -> Bool {
        var fits = true
        for keyword in keywords where !(try keyword.accepts(instance, in: &self)) {
            fits = false
            if !collects { break }
        }
        return fits
    }

    /// The same while someone asks what was looked at: a schema that does not fit has looked at nothing, and one that
    /// asks sees what its own keywords have looked at, not its neighbors'.
    private mutating func acceptsCollecting(
        _ instance: JSONValue, _ keywords: [any SchemaKeyword], asks: Bool
    ) throws(SchemaLimitError) -> Bool {
        let outer = evaluated
        if asks { evaluated = EvaluatedParts() }
        var fits = true
        for keyword in keywords {
            // What else is wrong says more than that a part was not looked at because of it.
            if !fits, keyword is any UnevaluatedKeyword { continue }
            if !(try keyword.accepts(instance, in: &self)) {
                fits = false
                if !collects { break }
            }
        }
        guard fits else {
            evaluated = outer
            return false
        }
        if asks, var all = outer {
            if let own = evaluated { all.formUnion(own) }
            evaluated = all
        } else if asks {
            evaluated = nil
        }
        return true
    }

    // MARK: - What was looked at

    /// Whether someone asks which parts of the present value were looked at: then no branch may be left out.
    var isAskedForEvaluated: Bool { evaluated != nil }

    /// Notes that a member was looked at.
    mutating func noteEvaluated(_ name: String) { evaluated?.names.insert(name) }

    /// Notes that so many elements from the front were looked at.
    mutating func noteEvaluated(prefix: Int) {
        if let known = evaluated?.prefix, known < prefix { evaluated?.prefix = prefix }
    }

    /// Notes that an element was looked at.
    mutating func noteEvaluated(index: Int) { evaluated?.indices.insert(index) }

    /// Whether a member was looked at.
    func isEvaluated(_ name: String) -> Bool { evaluated?.names.contains(name) == true }

    /// Whether an element was looked at.
    func isEvaluated(_ index: Int) -> Bool {
        guard let evaluated else { return false }
        return index < evaluated.prefix || evaluated.indices.contains(index)
    }

    /// The schema that a dynamic reference means here: that of the outermost resource with such an anchor.
    func dynamicTarget(_ name: String) -> SchemaNodeID? {
        guard let targets = graph.dynamicTargets[name] else { return nil }
        for resource in resources {
            if let target = targets[resource] { return target }
        }
        return nil
    }

    /// Whether a part of the present value fits a schema.
    mutating func accepts(
        _ part: JSONValue, _ id: SchemaNodeID, at step: @autoclosure () -> Step
    ) throws(SchemaLimitError) -> Bool {
        if graph.collectsEvaluated {
            let outer = evaluated
            evaluated = nil
            defer { evaluated = outer }
            if collects { path.append(step()) }
            let fits = try accepts(part, id)
            if collects { path.removeLast() }
            return fits
        }
        guard collects else { return try accepts(part, id) }
        path.append(step())
        let fits = try accepts(part, id)
        path.removeLast()
        return fits
    }

    /// Whether a part of the present value, or a name, fits a schema, when the reasons do not matter.
    mutating func acceptsPartSilently(_ part: JSONValue, _ id: SchemaNodeID) throws(SchemaLimitError) -> Bool
    {
        let outer = evaluated
        evaluated = nil
        defer { evaluated = outer }
        return try acceptsSilently(part, id)
    }

    /// Whether a value fits a schema, when the reasons do not matter.
    mutating func acceptsSilently(_ instance: JSONValue, _ id: SchemaNodeID) throws(SchemaLimitError) -> Bool
    {
        let before = collects
        collects = false
        let fits = try accepts(instance, id)
        collects = before
        return fits
    }

    /// Tries a branch: its violations are returned and not reported.
    ///
    /// - Parameters:
    ///   - sharers: This branch and those still to be tried, which get equal shares of the violations that may be
    ///     recorded, so that each has its say.
    mutating func attempt(
        _ instance: JSONValue, _ id: SchemaNodeID, sharedBy sharers: Int = 1
    ) throws(SchemaLimitError) -> [SchemaViolation]? {
        let before = violations
        let countBefore = recorded
        let allowed = allowance
        // One is kept for the keyword that has the branches.
        allowance = min(allowed - 1, recorded + max(1, (allowed - 1 - recorded) / sharers))
        defer { allowance = allowed }
        violations = []
        let fits = try accepts(instance, id)
        let found = violations
        violations = before
        if fits { recorded = countBefore }
        return fits ? nil : found
    }

    /// Whether another violation would be listed: finding reasons takes time.
    var listsMore: Bool { collects && recorded < allowance }

    /// Whether a schema is `false`.
    func acceptsNothing(_ id: SchemaNodeID) -> Bool { graph.nodes[id].acceptsNothing }

    /// The place of a schema in its document, such as `#/anyOf/1`.
    func location(of id: SchemaNodeID) -> String { "#\(pointer(of: id))" }

    /// The place of a schema in its document.
    func pointer(of id: SchemaNodeID) -> JSONPointer { graph.nodes[id].pointer }

    /// Reports that the present value (or a part of it) breaks a keyword of the present schema; returns false.
    mutating func fail(
        _ keyword: String?, at part: Step? = nil, _ sentence: @autoclosure () -> String,
        causes: [SchemaViolation] = [], nearestDistance: BranchDistance? = nil
    ) -> Bool {
        guard collects else { return false }
        guard recorded < allowance else {
            isCut = true
            return false
        }
        recorded += 1
        if let part { path.append(part) }
        let place = instanceLocation
        if part != nil { path.removeLast() }
        let schema = graph.nodes[node].pointer
        violations.append(
            SchemaViolation(
                instanceLocation: place, schemaLocation: keyword.map { schema.appending($0) } ?? schema,
                keyword: keyword ?? "false",
                message: place.tokens.isEmpty ? sentence() : "\(place): \(sentence())", causes: causes,
                nearestDistance: nearestDistance))
        return false
    }

    /// Whether a text matches a pattern; throws when that can't be decided.
    func matches(_ text: String, _ pattern: Pattern, _ keyword: String) throws(SchemaLimitError) -> Bool {
        do throws(PatternError) {
            return try pattern.matches(text)
        } catch {
            throw limit(.pattern, "'\(keyword)' could not be decided: \(error.message)")
        }
    }

    /// The violations found, with a note when some are left out.
    func listed() -> [SchemaViolation] {
        guard isCut else { return violations }
        let note = SchemaViolation(
            instanceLocation: .root, schemaLocation: .root, keyword: "",
            message: "there are more violations than listed; at most \(graph.options.maximumViolations) are",
            causes: [])
        return violations + [note]
    }

    /// The present place in the instance; the root when violations are not collected.
    var instanceLocation: JSONPointer {
        JSONPointer(
            tokens: path.map { step in
                switch step {
                case .key(let key): key
                case .index(let index): String(index)
                }
            })
    }

    private func limit(_ kind: SchemaLimitError.Kind, _ message: String) -> SchemaLimitError {
        SchemaLimitError(
            kind: kind, instanceLocation: instanceLocation, schemaLocation: graph.nodes[node].pointer,
            message: message)
    }
}
