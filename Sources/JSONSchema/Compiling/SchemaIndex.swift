import JSON

/// Where the schemas of all documents stand, what they are called and which rules they follow.
///
/// Documents of the registry are read when a reference leads to them.
struct SchemaIndex {
    /// What a schema inherits from those around it.
    struct Scope {
        /// The URI against which references are read.
        var base: URIReference
        /// The rules.
        var dialect: SchemaDialect
        /// The number of the resource: the nearest schema around it that has a name of its own.
        var resource: Int
    }

    /// The name of the anchors that `$recursiveAnchor` makes; no anchor of an author can be called so.
    static let recursiveAnchor = "\u{0}recursive"

    private var scopes: [SchemaPlace: Scope] = [:]
    private var resources: [String: SchemaPlace] = [:]
    private var anchors: [String: SchemaPlace] = [:]
    private var resourceCount = 0
    /// For each name the anchors that references can find at run time, by resource.
    private(set) var dynamicAnchors: [String: [Int: SchemaPlace]] = [:]
    /// What is wrong with the identifiers of the schema itself, or of a document that it refers to.
    private(set) var problems: [SchemaProblem] = []
    private(set) var documents: [JSONValue]
    private var documentNames: [String] = [""]
    private let registry: SchemaRegistry

    private struct Pending {
        let value: JSONValue
        let place: SchemaPlace
        let scope: Scope
    }

    /// Walks the document through all keywords that hold schemas.
    init(_ document: JSONValue, draft: SchemaDraft?, base: String, registry: SchemaRegistry) {
        documents = [document]
        self.registry = registry
        let dialect = SchemaDialect(draft: draft ?? .draft2020, isDeclared: draft != nil)
        read(.root, base: URIReference(base), dialect: dialect)
        resources[""] = .root
    }

    /// The name of the document that a place is in; empty for the schema itself.
    func documentName(of place: SchemaPlace) -> String { documentNames[place.document] }

    /// The value at a place.
    func value(at place: SchemaPlace) -> JSONValue? { place.pointer.resolve(in: documents[place.document]) }

    /// The scope of a place: its own or that of the nearest schema around it.
    func scope(at place: SchemaPlace) -> Scope {
        var place = place
        while true {
            if let scope = scopes[place] { return scope }
            guard !place.pointer.tokens.isEmpty else { break }
            place.pointer.tokens.removeLast()
        }
        return Scope(
            base: URIReference(""), dialect: SchemaDialect(draft: .draft2020, isDeclared: false), resource: 0)
    }

    /// What a reference leads to.
    enum Target {
        /// A schema, and the anchor it was found by, if it was.
        case place(SchemaPlace, anchor: String?)
        /// Nothing, and why.
        case nowhere(String)
    }

    /// Follows a reference that stands at a place.
    mutating func target(of reference: String, from place: SchemaPlace) -> Target {
        let scope = scope(at: place)
        let uri = URIReference(reference).resolved(against: scope.base)
        if resources[uri.document] == nil { load(uri.document, for: scope) }
        guard let root = resources[uri.document] else {
            return .nowhere(
                "leads to \(ValueSummary.quoted(uri.document)), which is neither in this document nor among those "
                    + "that were given; nothing is fetched")
        }
        guard let fragment = uri.decodedFragment else { return .nowhere("has a broken percent escape") }
        if fragment.isEmpty { return .place(root, anchor: nil) }
        if let anchor = anchors[uri.document + "#" + fragment] { return .place(anchor, anchor: fragment) }
        guard let inner = JSONPointer(fragment) else {
            return .nowhere("names the anchor \(ValueSummary.quoted(fragment)), which does not exist")
        }
        let target = root.appending(inner.tokens)
        guard value(at: target) != nil else {
            return .nowhere("points at \(ValueSummary.quoted("#\(target.pointer)")), which does not exist")
        }
        return .place(target, anchor: nil)
    }

    // MARK: - Reading

    /// Reads a document of the registry; its rules are those of who refers to it, unless it has a `$schema`.
    private mutating func load(_ uri: String, for scope: Scope) {
        guard !uri.isEmpty, let document = registry[uri] else { return }
        let root = SchemaPlace(document: documents.count, pointer: .root)
        documents.append(document)
        documentNames.append(uri)
        read(root, base: URIReference(uri), dialect: scope.dialect)
        resources[uri] = resources[uri] ?? root
    }

    private mutating func read(_ root: SchemaPlace, base: URIReference, dialect: SchemaDialect) {
        let scope = Scope(base: base, dialect: dialect, resource: newResource())
        scopes[root] = scope
        resources[base.document] = resources[base.document] ?? root
        // A list instead of recursion: the depth of the document is no matter.
        var pending = [Pending(value: documents[root.document], place: root, scope: scope)]
        while let next = pending.popLast() { pending += enter(next) }
    }

    private mutating func newResource() -> Int {
        resourceCount += 1
        return resourceCount - 1
    }

    private mutating func enter(_ site: Pending) -> [Pending] {
        guard case .object(let members) = site.value else { return [] }
        var scope = site.scope
        name(members, site.place, &scope)
        scopes[site.place] = scope
        var inner: [Pending] = []
        for (keyword, value) in members {
            guard let entry = KeywordTable.entry(keyword), scope.dialect.has(entry) || keyword == "$defs"
            else { continue }
            let place = site.place.appending(keyword)
            switch (entry.shape, value) {
            case (.plain, _): break
            case (.schema, _), (.schemaOrList, .object):
                inner.append(Pending(value: value, place: place, scope: scope))
            case (.schemaList, .array(let list)), (.schemaOrList, .array(let list)):
                for (index, value) in list.enumerated() {
                    inner.append(Pending(value: value, place: place.appending("\(index)"), scope: scope))
                }
            case (.schemaMap, .object(let map)), (.dependencies, .object(let map)):
                for (key, value) in map {
                    inner.append(Pending(value: value, place: place.appending(key), scope: scope))
                }
            default: break
            }
        }
        return inner.reversed()
    }

    /// Reads `$schema`, `$id` and anchors.
    private mutating func name(_ members: JSONObject, _ place: SchemaPlace, _ scope: inout Scope) {
        let isRoot = place.pointer == .root
        let identifier = members["$id"] ?? members["id"]
        if let uri = members["$schema"], isRoot || identifier?.string != nil {
            readDialect(uri, place, &scope)
        }
        let hidden = scope.dialect.referenceHidesSiblings && members["$ref"]?.string != nil
        var isResource = isRoot
        if !hidden, let own = members[scope.dialect.identifier] {
            isResource = readIdentifier(own, place, &scope) || isRoot
        }
        guard scope.dialect.draft >= .draft2019 else { return }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let value = members[keyword] else { continue }
            guard let anchor = value.string else {
                problem(place.appending(keyword), "must be a string, is \(ValueSummary.text(value))")
                continue
            }
            add(anchor: anchor, of: scope.base, place, place.appending(keyword))
            if keyword == "$dynamicAnchor" { dynamicAnchors[anchor, default: [:]][scope.resource] = place }
        }
        if isResource, members["$recursiveAnchor"] == true {
            dynamicAnchors[Self.recursiveAnchor, default: [:]][scope.resource] = place
        }
    }

    private mutating func readDialect(_ uri: JSONValue, _ place: SchemaPlace, _ scope: inout Scope) {
        do throws(DialectReader.Mistake) {
            guard let text = uri.string else {
                throw DialectReader.Mistake(message: "must be a string, is \(ValueSummary.text(uri))")
            }
            scope.dialect = try DialectReader(registry: registry).dialect(text)
        } catch {
            problem(place.appending("$schema"), error.message)
        }
    }

    /// Whether the schema is a resource of its own by this identifier.
    private mutating func readIdentifier(
        _ own: JSONValue, _ schema: SchemaPlace, _ scope: inout Scope
    ) -> Bool {
        let place = schema.appending(scope.dialect.identifier)
        guard let text = own.string else {
            problem(place, "must be a string, is \(ValueSummary.text(own))")
            return false
        }
        let uri = URIReference(text).resolved(against: scope.base)
        let fragment = uri.fragment ?? ""
        if scope.dialect.draft <= .draft7, !fragment.isEmpty {
            add(anchor: fragment, of: uri, schema, place)
        }
        guard fragment.isEmpty || URIReference(text).document != "" else { return false }
        scope.base = uri
        scope.base.fragment = nil
        if schema.pointer != .root { scope.resource = newResource() }
        if let other = resources[uri.document], other != schema, other.pointer != .root {
            problem(place, "the identifier \(ValueSummary.quoted(text)) is used twice")
        }
        resources[uri.document] = schema
        return true
    }

    private mutating func add(
        anchor: String, of uri: URIReference, _ schema: SchemaPlace, _ place: SchemaPlace
    ) {
        let name = uri.document + "#" + anchor
        if let other = anchors[name], other != schema {
            problem(place, "the anchor \(ValueSummary.quoted(anchor)) is used twice")
        }
        anchors[name] = schema
    }

    private mutating func problem(_ place: SchemaPlace, _ message: String) {
        problems.append(
            SchemaProblem(document: documentName(of: place), pointer: place.pointer, message: message))
    }
}
