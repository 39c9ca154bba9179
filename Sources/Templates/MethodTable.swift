import JSON

/// The methods of texts and mappings that prompts use.
enum MethodTable {
    /// The methods.
    static let definitions: [String: MethodDefinition] = {
        var table: [String: MethodDefinition] = [:]
        func add(
            _ name: String, _ parameters: [String] = [], required: Int = 0, onTexts: Bool = true,
            isVariadic: Bool = false,
            _ body: @escaping @Sendable (FilterCall) throws(TemplateError) -> TemplateValue
        ) {
            let signature = CallSignature(name, parameters, required: required, isVariadic: isVariadic)
            table[name] = MethodDefinition(signature) { (call) throws(TemplateError) in
                if onTexts, call.subject.string == nil {
                    throw call.type(
                        "'\(name)()' is a method of texts, not of \(call.subject.templateTypeName)")
                }
                return try body(call)
            }
        }
        add("upper") { (call) throws(TemplateError) in .json(.string(try call.subjectText().uppercased())) }
        add("lower") { (call) throws(TemplateError) in .json(.string(try call.subjectText().lowercased())) }
        add("capitalize", [], TextFilters.capitalize)
        add("strip", ["chars"], TextFilters.trim)
        add("lstrip", ["chars"]) { (call) throws(TemplateError) in
            .json(.string(try TextFilters.stripped(call, fromStart: true, fromEnd: false)))
        }
        add("rstrip", ["chars"]) { (call) throws(TemplateError) in
            .json(.string(try TextFilters.stripped(call, fromStart: false, fromEnd: true)))
        }
        add("replace", ["old", "new", "count"], required: 2, TextFilters.replace)
        add("split", ["sep", "maxsplit"], split)
        add("splitlines") { (call) throws(TemplateError) in
            .json(.array(Whitespace.lines(of: try call.subjectText()).map { .string($0) }))
        }
        for entry in TextMethods.entries {
            add(entry.name, entry.parameters, required: entry.required, entry.body)
        }
        add("format", isVariadic: true, BraceFormat.format)
        add("items", onTexts: false) { (call) throws(TemplateError) in
            .json(MappingFilters.pairs(try call.subjectMembers()))
        }
        add("keys", onTexts: false) { (call) throws(TemplateError) in
            .json(.array(try call.subjectMembers().keys.map { .string($0) }))
        }
        add("values", onTexts: false) { (call) throws(TemplateError) in
            .json(.array(try call.subjectMembers().map(\.value)))
        }
        add("get", ["key", "default"], required: 1, onTexts: false) { (call) throws(TemplateError) in
            let members = try call.subjectMembers()
            return .json(members[try call.text("key") ?? ""] ?? call.argument("default") ?? .null)
        }
        add("cycle", onTexts: false, isVariadic: true) { (call) throws(TemplateError) in
            throw call.type("'cycle()' is a method of 'loop' alone")
        }
        add("changed", onTexts: false, isVariadic: true) { (call) throws(TemplateError) in
            throw call.type("'changed()' is a method of 'loop' alone")
        }
        return table
    }()

    private static func split(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let limit = try call.integer("maxsplit").flatMap { $0 < 0 ? nil : $0 } ?? .max
        try call.renderer.spend(text.utf8.count >> 2, at: call.offset)
        guard let separator = try call.text("sep") else {
            let words = words(text, limit: min(limit, TemplateLimits.textParts + 1))
            try call.renderer.checkParts(words.count, at: call.offset)
            return .json(.array(words.map { .string($0) }))
        }
        guard !separator.isEmpty else { throw call.range("'split()' can't split by an empty text") }
        let bytes = Array(text.utf8)
        let part = Array(separator.utf8)
        let starts = ByteSearch.starts(of: part, in: bytes, limit: limit)
        try call.renderer.checkParts(starts.count, at: call.offset)
        return .json(
            .array(ByteSearch.pieces(of: bytes, around: starts, length: part.count).map { .string($0) }))
    }

    private static func words(_ text: String, limit: Int) -> [String] {
        var words: [String] = []
        var rest = text.unicodeScalars.drop(while: Whitespace.contains)
        while !rest.isEmpty {
            guard words.count < limit else {
                words.append(String(rest))
                return words
            }
            let word = rest.prefix { !Whitespace.contains($0) }
            words.append(String(word))
            rest = rest[word.endIndex...].drop(while: Whitespace.contains)
        }
        return words
    }
}
