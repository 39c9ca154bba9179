import JSON
import Patterns

/// Turns a schema document into a graph, and collects everything that is wrong with it.
struct SchemaCompiler {
    /// How the schema is compiled.
    let options: SchemaOptions
    /// Keywords without effect.
    private(set) var warnings: [SchemaWarning] = []
    private var index: SchemaIndex
    private var problems: [SchemaProblem] = []
    private var nodes: [SchemaNode] = []
    private var places: [SchemaPlace] = []
    private var numbers: [SchemaPlace: SchemaNodeID] = [:]
    private var dynamicNames: Set<String> = []
    private var pending: [SchemaNodeID] = []
    /// For every schema those that it applies to the very same value.
    private var inPlace: [[SchemaNodeID]] = []

    /// Prepares to compile a document that may refer to those of a registry.
    init(_ document: JSONValue, options: SchemaOptions, base: String, registry: SchemaRegistry) {
        self.options = options
        index = SchemaIndex(document, draft: options.draft, base: base, registry: registry)
    }

    /// Compiles the whole document, and of others what it refers to.
    mutating func graph() throws(SchemaError) -> SchemaGraph {
        _ = number(of: .root)
        // A list instead of recursion: long chains of references are no matter.
        repeat {
            while let next = pending.popLast() { compile(next) }
            // What a reference may find at run time is compiled too.
            for name in dynamicNames {
                for place in index.dynamicAnchors[name, default: [:]].values { _ = number(of: place) }
            }
        } while !pending.isEmpty
        problems = index.problems + problems
        if problems.isEmpty, let circle = ReferenceCycle.first(in: inPlace) {
            problem(
                places[circle],
                "the schema applies itself to the same value again, without end; check the '$ref' in it")
        }
        guard problems.isEmpty else { throw SchemaError(problems: problems) }
        var targets: [String: [Int: SchemaNodeID]] = [:]
        for name in dynamicNames {
            targets[name] = index.dynamicAnchors[name, default: [:]].compactMapValues { numbers[$0] }
        }
        return SchemaGraph(nodes: nodes, options: options, dynamicTargets: targets)
    }

    /// Records that a keyword can't be used.
    mutating func problem(_ site: SchemaSite, _ keyword: String, _ message: String) {
        problem(site.place.appending(keyword), "'\(keyword)' \(message)")
    }

    /// Records that a keyword has no effect.
    mutating func warn(_ site: SchemaSite, _ keyword: String, _ message: String) {
        warn(site.place.appending(keyword), message)
    }

    /// The schema below a keyword; `inPlace` when it is applied to the same value as the schema around it.
    mutating func subschema(_ site: SchemaSite, _ tokens: [String], inPlace same: Bool = false)
        -> SchemaNodeID
    {
        let id = number(of: site.place.appending(tokens))
        if same { inPlace[site.id].append(id) }
        return id
    }

    /// A schema that a reference names.
    struct Reference {
        /// The schema that it names as it stands.
        var schema: SchemaNodeID
        /// The anchor by which another schema may be found at run time; nil for plain references.
        var dynamicName: String?
    }

    /// The schema that a `$ref`, `$dynamicRef` or `$recursiveRef` names; nil after recording a problem.
    mutating func referenced(_ site: SchemaSite, _ keyword: String, _ reference: String) -> Reference? {
        switch index.target(of: reference, from: site.place) {
        case .place(let place, let anchor):
            let id = number(of: place)
            inPlace[site.id].append(id)
            let name = keyword == "$recursiveRef" ? SchemaIndex.recursiveAnchor : anchor
            let resource = index.scope(at: place).resource
            guard keyword != "$ref", let name, index.dynamicAnchors[name]?[resource] == place else {
                return Reference(schema: id)
            }
            dynamicNames.insert(name)
            return Reference(schema: id, dynamicName: name)
        case .nowhere(let reason):
            problem(site, keyword, "\(ValueSummary.quoted(reference)) \(reason)")
            return nil
        }
    }

    /// A regular expression; nil after recording a problem at `tokens` below the schema.
    mutating func pattern(_ site: SchemaSite, _ tokens: [String], _ source: String) -> Pattern? {
        do throws(PatternError) {
            return try Pattern(source, dialect: .ecma262)
        } catch {
            problem(
                site.place.appending(tokens),
                "the pattern \(ValueSummary.quoted(source)) does not compile: \(error.message)")
            return nil
        }
    }

    private mutating func problem(_ place: SchemaPlace, _ message: String) {
        problems.append(
            SchemaProblem(
                document: index.documentName(of: place), pointer: place.pointer, message: message))
    }

    /// Warns of the schema itself; other documents are somebody else's.
    private mutating func warn(_ place: SchemaPlace, _ message: String) {
        guard place.document == 0 else { return }
        warnings.append(SchemaWarning(pointer: place.pointer, message: message))
    }

    /// The number of the schema at a place, which is compiled later when it is new.
    private mutating func number(of place: SchemaPlace) -> SchemaNodeID {
        if let known = numbers[place] { return known }
        let id = nodes.count
        numbers[place] = id
        nodes.append(
            SchemaNode(pointer: place.pointer, resource: index.scope(at: place).resource, body: .all([])))
        places.append(place)
        inPlace.append([])
        pending.append(id)
        return id
    }

    private mutating func compile(_ id: SchemaNodeID) {
        let place = places[id]
        let dialect = index.scope(at: place).dialect
        switch index.value(at: place) {
        case .bool(let accepts)?:
            guard dialect.allowsBooleanSchemas || isAdditional(place.pointer) else {
                return problem(
                    place, "\(dialect.draft.name) has no boolean schemas; write {} or {\"not\": {}}")
            }
            nodes[id].body = accepts ? .all([]) : .never
        case .object(let members)?:
            let visible = visibleKeywords(members, place, dialect)
            let site = SchemaSite(members: visible, place: place, dialect: dialect, id: id)
            let keywords = KeywordFamilies.compile(site, &self)
            nodes[id].body = .all(keywords)
            nodes[id].collectsEvaluated = keywords.contains { $0 is any UnevaluatedKeyword }
        case let other:
            let found = other.map { ValueSummary.text($0) } ?? "nothing"
            problem(place, "a schema must be an object, true or false; this is \(found)")
        }
    }

    /// Draft 4 allows booleans in `additionalItems` and `additionalProperties` alone.
    private func isAdditional(_ pointer: JSONPointer) -> Bool {
        pointer.tokens.last == "additionalProperties" || pointer.tokens.last == "additionalItems"
    }

    /// Leaves out what has no meaning here, with a warning where one may be expected.
    private mutating func visibleKeywords(
        _ members: JSONObject, _ schema: SchemaPlace, _ dialect: SchemaDialect
    ) -> JSONObject {
        let hidesSiblings = dialect.referenceHidesSiblings && members["$ref"]?.string != nil
        var visible = JSONObject()
        for (keyword, value) in members {
            let place = schema.appending(keyword)
            guard let entry = KeywordTable.entry(keyword) else {
                if let warning = KeywordAdvice.warning(unknown: keyword) {
                    warn(place, warning)
                }
                continue
            }
            if hidesSiblings, keyword != "$ref" {
                if entry.isAssertion {
                    let message =
                        "'\(keyword)' is ignored: \(dialect.draft.name) ignores everything beside '$ref'"
                    warn(place, message)
                }
                continue
            }
            guard dialect.has(entry) else {
                if entry.isAssertion {
                    let message = "'\(keyword)' is ignored: it is no keyword of \(dialect.draft.name)"
                    warn(place, message)
                }
                continue
            }
            visible[keyword] = value
        }
        return visible
    }
}
