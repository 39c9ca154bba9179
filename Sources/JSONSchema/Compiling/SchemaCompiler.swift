import JSON
import Patterns

/// Turns a schema document into a graph, and collects everything that is wrong with it.
struct SchemaCompiler {
    /// How the schema is compiled.
    let options: SchemaOptions
    /// Keywords without effect.
    private(set) var warnings: [SchemaWarning] = []
    private let document: JSONValue
    private let index: SchemaIndex
    private var problems: [SchemaProblem]
    private var nodes: [SchemaNode] = []
    private var numbers: [JSONPointer: SchemaNodeID] = [:]
    private var pending: [SchemaNodeID] = []
    /// For every schema those that it applies to the very same value.
    private var inPlace: [[SchemaNodeID]] = []

    /// Prepares to compile a document.
    init(_ document: JSONValue, options: SchemaOptions) {
        self.document = document
        self.options = options
        index = SchemaIndex(document, draft: options.draft)
        problems = index.problems
    }

    /// Compiles the whole document.
    mutating func graph() throws(SchemaError) -> SchemaGraph {
        _ = number(of: .root)
        // A list instead of recursion: long chains of references are no matter.
        while let next = pending.popLast() { compile(next) }
        if problems.isEmpty, let circle = ReferenceCycle.first(in: inPlace) {
            problem(
                nodes[circle].pointer,
                "the schema applies itself to the same value again, without end; check the '$ref' in it")
        }
        guard problems.isEmpty else { throw SchemaError(problems: problems) }
        return SchemaGraph(nodes: nodes, options: options)
    }

    /// Records that a keyword can't be used.
    mutating func problem(_ site: SchemaSite, _ keyword: String, _ message: String) {
        problem(site.pointer.appending(keyword), "'\(keyword)' \(message)")
    }

    /// Records that a keyword has no effect.
    mutating func warn(_ site: SchemaSite, _ keyword: String, _ message: String) {
        warnings.append(SchemaWarning(pointer: site.pointer.appending(keyword), message: message))
    }

    /// The schema below a keyword; `inPlace` when it is applied to the same value as the schema around it.
    mutating func subschema(_ site: SchemaSite, _ tokens: [String], inPlace same: Bool = false)
        -> SchemaNodeID
    {
        let id = number(of: JSONPointer(tokens: site.pointer.tokens + tokens))
        if same { inPlace[site.id].append(id) }
        return id
    }

    /// The schema that a `$ref` names; nil after recording a problem.
    mutating func referenced(_ site: SchemaSite, _ keyword: String, _ reference: String) -> SchemaNodeID? {
        switch index.target(of: reference, from: site.pointer) {
        case .place(let pointer):
            let id = number(of: pointer)
            inPlace[site.id].append(id)
            return id
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
                JSONPointer(tokens: site.pointer.tokens + tokens),
                "the pattern \(ValueSummary.quoted(source)) does not compile: \(error.message)")
            return nil
        }
    }

    private mutating func problem(_ pointer: JSONPointer, _ message: String) {
        problems.append(SchemaProblem(pointer: pointer, message: message))
    }

    /// The number of the schema at a place, which is compiled later when it is new.
    private mutating func number(of pointer: JSONPointer) -> SchemaNodeID {
        if let known = numbers[pointer] { return known }
        let id = nodes.count
        numbers[pointer] = id
        nodes.append(SchemaNode(pointer: pointer, body: .all([])))
        inPlace.append([])
        pending.append(id)
        return id
    }

    private mutating func compile(_ id: SchemaNodeID) {
        let pointer = nodes[id].pointer
        let dialect = index.scope(at: pointer).dialect
        switch pointer.resolve(in: document) {
        case .bool(let accepts)?:
            guard dialect.allowsBooleanSchemas || isAdditional(pointer) else {
                return problem(
                    pointer, "\(dialect.draft.name) has no boolean schemas; write {} or {\"not\": {}}")
            }
            nodes[id].body = accepts ? .all([]) : .never
        case .object(let members)?:
            let visible = visibleKeywords(members, pointer, dialect)
            let site = SchemaSite(members: visible, pointer: pointer, dialect: dialect, id: id)
            nodes[id].body = .all(KeywordFamilies.compile(site, &self))
        case let other:
            let found = other.map { ValueSummary.text($0) } ?? "nothing"
            problem(pointer, "a schema must be an object, true or false; this is \(found)")
        }
    }

    /// Draft 4 allows booleans in `additionalItems` and `additionalProperties` alone.
    private func isAdditional(_ pointer: JSONPointer) -> Bool {
        pointer.tokens.last == "additionalProperties" || pointer.tokens.last == "additionalItems"
    }

    /// Leaves out what has no meaning here, with a warning where one may be expected.
    private mutating func visibleKeywords(
        _ members: JSONObject, _ pointer: JSONPointer, _ dialect: SchemaDialect
    ) -> JSONObject {
        let hidesSiblings = dialect.referenceHidesSiblings && members["$ref"]?.string != nil
        var visible = JSONObject()
        for (keyword, value) in members {
            let place = pointer.appending(keyword)
            guard let entry = KeywordTable.entry(keyword) else {
                if let warning = KeywordAdvice.warning(unknown: keyword) {
                    warnings.append(SchemaWarning(pointer: place, message: warning))
                }
                continue
            }
            if hidesSiblings, keyword != "$ref" {
                if entry.isAssertion {
                    let message =
                        "'\(keyword)' is ignored: \(dialect.draft.name) ignores everything beside '$ref'"
                    warnings.append(SchemaWarning(pointer: place, message: message))
                }
                continue
            }
            guard dialect.has(entry) else {
                if entry.isAssertion {
                    let message = "'\(keyword)' is ignored: it is no keyword of \(dialect.draft.name)"
                    warnings.append(SchemaWarning(pointer: place, message: message))
                }
                continue
            }
            if entry.isSupported {
                visible[keyword] = value
            } else {
                problem(place, "the keyword '\(keyword)' is not supported yet")
            }
        }
        return visible
    }
}
