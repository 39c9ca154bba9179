import JSON

/// Where the schemas of a document stand, what they are called and which rules they follow.
struct SchemaIndex {
    /// What a schema inherits from those around it.
    struct Scope {
        /// The URI against which references are read.
        var base: URIReference
        /// The rules.
        var dialect: SchemaDialect
    }

    private var scopes: [JSONPointer: Scope] = [:]
    private var resources: [String: JSONPointer] = [:]
    private var anchors: [String: JSONPointer] = [:]
    /// What is wrong with the identifiers.
    private(set) var problems: [SchemaProblem] = []
    private let document: JSONValue

    private struct Pending {
        let value: JSONValue
        let pointer: JSONPointer
        let scope: Scope
    }

    /// Walks the document through all keywords that hold schemas.
    init(_ document: JSONValue, draft: SchemaDraft?) {
        self.document = document
        let dialect = SchemaDialect(draft: draft ?? .draft2020, isDeclared: draft != nil)
        let root = Scope(base: URIReference(""), dialect: dialect)
        resources[""] = .root
        scopes[.root] = root
        // A list instead of recursion: the depth of the document is no matter.
        var pending = [Pending(value: document, pointer: .root, scope: root)]
        while let next = pending.popLast() { pending += enter(next) }
    }

    /// The scope of a place: its own or that of the nearest schema around it.
    func scope(at pointer: JSONPointer) -> Scope {
        var place = pointer
        while true {
            if let scope = scopes[place] { return scope }
            guard !place.tokens.isEmpty else { break }
            place.tokens.removeLast()
        }
        return Scope(base: URIReference(""), dialect: SchemaDialect(draft: .draft2020, isDeclared: false))
    }

    /// What a reference leads to.
    enum Target {
        /// A schema in the document.
        case place(JSONPointer)
        /// Nothing, and why.
        case nowhere(String)
    }

    /// Follows a reference that stands at a place.
    func target(of reference: String, from pointer: JSONPointer) -> Target {
        let uri = URIReference(reference).resolved(against: scope(at: pointer).base)
        guard let root = resources[uri.document] else {
            return .nowhere(
                "leads to \(ValueSummary.quoted(uri.document)), which is not in this document; references to "
                    + "other documents are not supported yet, so copy the schema below '$defs'")
        }
        guard let fragment = uri.decodedFragment else { return .nowhere("has a broken percent escape") }
        if fragment.isEmpty { return .place(root) }
        if let anchor = anchors[uri.document + "#" + fragment] { return .place(anchor) }
        guard let inner = JSONPointer(fragment) else {
            return .nowhere("names the anchor \(ValueSummary.quoted(fragment)), which does not exist")
        }
        let place = JSONPointer(tokens: root.tokens + inner.tokens)
        guard place.resolve(in: document) != nil else {
            return .nowhere("points at \(ValueSummary.quoted("#\(place)")), which does not exist")
        }
        return .place(place)
    }

    private mutating func enter(_ site: Pending) -> [Pending] {
        guard case .object(let members) = site.value else { return [] }
        var scope = site.scope
        name(members, site.pointer, &scope)
        scopes[site.pointer] = scope
        var inner: [Pending] = []
        for (keyword, value) in members {
            guard let entry = KeywordTable.entry(keyword), scope.dialect.has(entry) || keyword == "$defs"
            else { continue }
            let place = site.pointer.appending(keyword)
            switch (entry.shape, value) {
            case (.plain, _): break
            case (.schema, _), (.schemaOrList, .object):
                inner.append(Pending(value: value, pointer: place, scope: scope))
            case (.schemaList, .array(let list)), (.schemaOrList, .array(let list)):
                for (index, value) in list.enumerated() {
                    inner.append(Pending(value: value, pointer: place.appending("\(index)"), scope: scope))
                }
            case (.schemaMap, .object(let map)), (.dependencies, .object(let map)):
                for (key, value) in map {
                    inner.append(Pending(value: value, pointer: place.appending(key), scope: scope))
                }
            default: break
            }
        }
        return inner.reversed()
    }

    /// Reads `$schema`, `$id` and anchors.
    private mutating func name(_ members: JSONObject, _ pointer: JSONPointer, _ scope: inout Scope) {
        let identifier = members["$id"] ?? members["id"]
        if let uri = members["$schema"], pointer == .root || identifier?.string != nil {
            if let draft = uri.string.flatMap(SchemaDraft.init(schemaURI:)) {
                scope.dialect = SchemaDialect(draft: draft, isDeclared: true)
            } else {
                problem(
                    pointer.appending("$schema"),
                    "the draft \(ValueSummary.text(uri)) is not known; write "
                        + "\"https://json-schema.org/draft/2020-12/schema\" or leave it out")
            }
        }
        let hidden = scope.dialect.referenceHidesSiblings && members["$ref"]?.string != nil
        if !hidden, let own = members[scope.dialect.identifier] {
            let place = pointer.appending(scope.dialect.identifier)
            if let text = own.string {
                let uri = URIReference(text).resolved(against: scope.base)
                let fragment = uri.fragment ?? ""
                if scope.dialect.draft <= .draft7, !fragment.isEmpty {
                    add(anchor: fragment, of: uri, pointer, place)
                }
                if fragment.isEmpty || URIReference(text).document != "" {
                    scope.base = uri
                    scope.base.fragment = nil
                    if let other = resources[uri.document], other != pointer, other != .root {
                        problem(place, "the identifier \(ValueSummary.quoted(text)) is used twice")
                    }
                    resources[uri.document] = pointer
                }
            } else {
                problem(place, "must be a string, is \(ValueSummary.text(own))")
            }
        }
        guard scope.dialect.draft >= .draft2019 else { return }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            guard let value = members[keyword] else { continue }
            if let anchor = value.string {
                add(anchor: anchor, of: scope.base, pointer, pointer.appending(keyword))
            } else {
                problem(pointer.appending(keyword), "must be a string, is \(ValueSummary.text(value))")
            }
        }
    }

    private mutating func add(
        anchor: String, of uri: URIReference, _ pointer: JSONPointer, _ place: JSONPointer
    ) {
        let name = uri.document + "#" + anchor
        if let other = anchors[name], other != pointer {
            problem(place, "the anchor \(ValueSummary.quoted(anchor)) is used twice")
        }
        anchors[name] = pointer
    }

    private mutating func problem(_ pointer: JSONPointer, _ message: String) {
        problems.append(SchemaProblem(pointer: pointer, message: message))
    }
}
