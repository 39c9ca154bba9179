/// The keywords of all drafts: since when, until when, and what stands in them.
enum KeywordTable {
    /// What the value of a keyword holds.
    enum Shape: Sendable {
        /// No schemas.
        case plain
        /// A schema.
        case schema
        /// A list of schemas.
        case schemaList
        /// Schemas by name.
        case schemaMap
        /// A schema or a list of schemas.
        case schemaOrList
        /// By name a schema or a list of names.
        case dependencies
    }

    /// What is known of a keyword.
    struct Entry: Sendable {
        /// What its value holds.
        let shape: Shape
        /// The first draft that has it.
        let first: SchemaDraft
        /// The last draft that has it.
        let last: SchemaDraft
        /// The vocabulary it belongs to.
        let vocabulary: SchemaVocabulary
        /// True when the keyword can make an instance fail.
        let isAssertion: Bool
    }

    /// The entry of a keyword; nil when no draft has it.
    static func entry(_ keyword: String) -> Entry? { entries[keyword] }

    /// The keyword that differs from an unknown one by a single edit, by case or by `-` and `_`.
    static func nearMiss(of name: String) -> String? {
        guard entries[name] == nil, name.utf8.count <= 40 else { return nil }
        let wanted = folded(name)
        // A short name is one edit away from too many others.
        guard wanted.count >= 4 else { return nil }
        return entries.keys.sorted().first { isOneEdit(wanted, folded($0)) }
    }

    private static let entries: [String: Entry] = {
        var table: [String: Entry] = [:]
        func add(
            _ names: [String], _ shape: Shape = .plain, from first: SchemaDraft = .draft4,
            to last: SchemaDraft = .draft2020, in vocabulary: SchemaVocabulary, asserts: Bool = true
        ) {
            for name in names {
                table[name] = Entry(
                    shape: shape, first: first, last: last, vocabulary: vocabulary, isAssertion: asserts)
            }
        }
        add(["$schema"], in: .core, asserts: false)
        add(["id"], to: .draft4, in: .core, asserts: false)
        add(["$id"], from: .draft6, in: .core, asserts: false)
        add(["$comment"], from: .draft7, in: .core, asserts: false)
        add(["$anchor", "$vocabulary"], from: .draft2019, in: .core, asserts: false)
        add(["$recursiveAnchor"], from: .draft2019, to: .draft2019, in: .core, asserts: false)
        add(["$dynamicAnchor"], from: .draft2020, in: .core, asserts: false)
        add(["definitions"], .schemaMap, in: .core, asserts: false)
        add(["$defs"], .schemaMap, from: .draft2019, in: .core, asserts: false)
        add(["$ref"], in: .core)
        add(["$recursiveRef"], from: .draft2019, to: .draft2019, in: .core)
        add(["$dynamicRef"], from: .draft2020, in: .core)

        add(["title", "description", "default"], in: .metaData, asserts: false)
        add(["examples"], from: .draft6, in: .metaData, asserts: false)
        add(["readOnly", "writeOnly"], from: .draft7, in: .metaData, asserts: false)
        add(["deprecated"], from: .draft2019, in: .metaData, asserts: false)
        add(["contentEncoding", "contentMediaType"], from: .draft7, in: .content, asserts: false)
        add(["contentSchema"], .schema, from: .draft2019, in: .content, asserts: false)
        add(["format"], in: .formatAnnotation)

        add(["type", "enum", "pattern", "required", "uniqueItems"], in: .validation)
        add(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"], in: .validation)
        add(["minLength", "maxLength", "minItems", "maxItems"], in: .validation)
        add(["minProperties", "maxProperties"], in: .validation)
        add(["const"], from: .draft6, in: .validation)
        add(["minContains", "maxContains", "dependentRequired"], from: .draft2019, in: .validation)

        add(["items"], .schemaOrList, in: .applicator)
        add(["additionalItems"], .schema, to: .draft2019, in: .applicator)
        add(["prefixItems"], .schemaList, from: .draft2020, in: .applicator)
        add(["contains", "propertyNames"], .schema, from: .draft6, in: .applicator)
        add(["properties", "patternProperties"], .schemaMap, in: .applicator)
        add(["additionalProperties", "not"], .schema, in: .applicator)
        add(["dependencies"], .dependencies, in: .applicator)
        add(["dependentSchemas"], .schemaMap, from: .draft2019, in: .applicator)
        add(["allOf", "anyOf", "oneOf"], .schemaList, in: .applicator)
        add(["if", "then", "else"], .schema, from: .draft7, in: .applicator)
        add(["unevaluatedItems", "unevaluatedProperties"], .schema, from: .draft2019, in: .unevaluated)
        return table
    }()

    private static func folded(_ name: String) -> [UInt8] {
        name.utf8.compactMap { byte in
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "_"): nil
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
            default: byte
            }
        }
    }

    /// True for equal names and for one inserted, deleted, replaced or swapped letter.
    private static func isOneEdit(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard abs(left.count - right.count) <= 1 else { return false }
        let head = zip(left, right).prefix { $0 == $1 }.count
        let first = left[head...]
        let second = right[head...]
        if first.isEmpty && second.isEmpty { return true }
        if left.count < right.count { return first.elementsEqual(second.dropFirst()) }
        if left.count > right.count { return first.dropFirst().elementsEqual(second) }
        if first.dropFirst().elementsEqual(second.dropFirst()) { return true }
        return first.prefix(2).reversed().elementsEqual(second.prefix(2))
            && first.dropFirst(2).elementsEqual(second.dropFirst(2))
    }
}
