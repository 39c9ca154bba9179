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
        /// False for keywords that have to be refused, since ignoring them would pass wrong instances.
        let isSupported: Bool
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
            to last: SchemaDraft = .draft2020, supported: Bool = true, asserts: Bool = true
        ) {
            for name in names {
                table[name] = Entry(
                    shape: shape, first: first, last: last, isSupported: supported, isAssertion: asserts)
            }
        }
        add(["$schema", "title", "description", "default"], asserts: false)
        add(["id"], to: .draft4, asserts: false)
        add(["$id", "examples"], from: .draft6, asserts: false)
        add(["$comment", "readOnly", "writeOnly"], from: .draft7, asserts: false)
        add(["contentEncoding", "contentMediaType"], from: .draft7, asserts: false)
        add(["contentSchema"], .schema, from: .draft2019, asserts: false)
        add(["$anchor", "deprecated"], from: .draft2019, asserts: false)
        add(["$recursiveAnchor"], from: .draft2019, to: .draft2019, asserts: false)
        add(["$dynamicAnchor"], from: .draft2020, asserts: false)
        add(["definitions"], .schemaMap, asserts: false)
        add(["$defs"], .schemaMap, from: .draft2019, asserts: false)

        add(["$ref", "type", "enum", "format", "pattern", "required", "uniqueItems"])
        add(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"])
        add(["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"])
        add(["const"], from: .draft6)
        add(["minContains", "maxContains", "dependentRequired"], from: .draft2019)
        add(["items"], .schemaOrList)
        add(["additionalItems"], .schema, to: .draft2019)
        add(["prefixItems"], .schemaList, from: .draft2020)
        add(["contains", "propertyNames"], .schema, from: .draft6)
        add(["properties", "patternProperties"], .schemaMap)
        add(["additionalProperties", "not"], .schema)
        add(["dependencies"], .dependencies)
        add(["dependentSchemas"], .schemaMap, from: .draft2019)
        add(["allOf", "anyOf", "oneOf"], .schemaList)
        add(["if", "then", "else"], .schema, from: .draft7)

        add(["unevaluatedItems", "unevaluatedProperties"], .schema, from: .draft2019, supported: false)
        add(["$vocabulary"], from: .draft2019, supported: false)
        add(["$recursiveRef"], from: .draft2019, to: .draft2019, supported: false)
        add(["$dynamicRef"], from: .draft2020, supported: false)
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
