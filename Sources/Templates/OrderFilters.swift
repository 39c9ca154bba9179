import JSON

/// The filters that order or compare elements; texts are compared without case unless asked otherwise.
enum OrderFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("sort", ["reverse", "case_sensitive", "attribute"]), sort),
        FilterDefinition(CallSignature("unique", ["case_sensitive", "attribute"]), unique),
        FilterDefinition(CallSignature("min", ["case_sensitive", "attribute"])) {
            (call) throws(TemplateError) in
            try extreme(call, isMaximum: false)
        },
        FilterDefinition(CallSignature("max", ["case_sensitive", "attribute"])) {
            (call) throws(TemplateError) in
            try extreme(call, isMaximum: true)
        },
        FilterDefinition(
            CallSignature("groupby", ["attribute", "default", "case_sensitive"], required: 1), groupby),
    ]

    /// The key of comparison of a value: small letters unless case counts.
    static func key(_ value: JSONValue, _ call: FilterCall) -> JSONValue {
        guard case .string(let text) = value, !call.isSet("case_sensitive") else { return value }
        return .string(text.lowercased())
    }

    /// The elements in the order of their keys, equal ones as they were, also when reversed.
    static func sorted(
        _ pairs: [(key: JSONValue, element: JSONValue)], reverse: Bool, _ call: FilterCall
    ) throws(TemplateError) -> [(key: JSONValue, element: JSONValue)] {
        try call.renderer.spend(pairs.count &* 8, at: call.offset)
        var unordered: (JSONValue, JSONValue)?
        let order = pairs.indices.sorted { left, right in
            let (first, second) = reverse ? (right, left) : (left, right)
            guard let isBelow = ValueComparison.isBelow(pairs[first].key, pairs[second].key) else {
                unordered = (pairs[left].key, pairs[right].key)
                return left < right
            }
            if isBelow { return true }
            return ValueComparison.equal(pairs[first].key, pairs[second].key) && left < right
        }
        if let (left, right) = unordered {
            throw call.type(
                "'\(call.signature.name)' can't compare \(left.templateTypeName) and \(right.templateTypeName)"
            )
        }
        return order.map { pairs[$0] }
    }

    private static func sort(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let elements = try call.subjectElements()
        var pairs: [(key: JSONValue, element: JSONValue)] = []
        for element in elements {
            var keys: [JSONValue] = []
            switch call.argument("attribute") {
            case nil, .null: keys = [key(element, call)]
            case .string(let names):
                for name in names.split(separator: ",") {
                    let value = try call.part(.string(String(name)), of: element)
                    keys.append(key(try call.renderer.data(value, at: call.offset), call))
                }
            case .some(let index):
                keys = [key(try call.renderer.data(try call.part(index, of: element), at: call.offset), call)]
            }
            pairs.append((keys.count == 1 ? keys[0] : .array(keys), element))
        }
        let result = try sorted(pairs, reverse: call.isSet("reverse"), call)
        return .json(.array(result.map(\.element)))
    }

    private static func unique(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let elements = try call.subjectElements()
        var seen: Set<JSONValue> = []
        var kept: [JSONValue] = []
        for (element, part) in zip(elements, try call.parts()) {
            var wanted = key(part, call)
            if case .bool(let bool) = wanted { wanted = bool ? 1 : 0 }
            if seen.insert(wanted).inserted { kept.append(element) }
        }
        return .json(.array(kept))
    }

    private static func extreme(_ call: FilterCall, isMaximum: Bool) throws(TemplateError) -> TemplateValue {
        let elements = try call.subjectElements()
        var best: (key: JSONValue, element: JSONValue)?
        for (element, part) in zip(elements, try call.parts()) {
            let wanted = key(part, call)
            guard let known = best else {
                best = (wanted, element)
                continue
            }
            let isBetter =
                isMaximum
                ? ValueComparison.isBelow(known.key, wanted) : ValueComparison.isBelow(wanted, known.key)
            guard let isBetter else {
                throw call.type(
                    "'\(call.signature.name)' can't compare \(known.key.templateTypeName) and "
                        + wanted.templateTypeName)
            }
            if isBetter { best = (wanted, element) }
        }
        return best.map { .json($0.element) } ?? call.nothing()
    }

    private static func groupby(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        var pairs: [(key: JSONValue, element: JSONValue)] = []
        for element in try call.subjectElements() {
            let part = try call.part(call.argument("attribute") ?? "", of: element)
            if case .undefined = part, let fallback = call.argument("default") {
                pairs.append((fallback, element))
            } else {
                pairs.append((try call.renderer.data(part, at: call.offset), element))
            }
        }
        let keyed = pairs.map { (key: key($0.key, call), element: JSONValue.array([$0.key, $0.element])) }
        var groups: [(key: JSONValue, name: JSONValue, elements: [JSONValue])] = []
        for (key, pair) in try sorted(keyed, reverse: false, call) {
            let name = pair[0] ?? .null
            let element = pair[1] ?? .null
            if let last = groups.last, ValueComparison.equal(last.key, key) {
                groups[groups.count - 1].elements.append(element)
            } else {
                groups.append((key, name, [element]))
            }
        }
        return .json(.array(groups.map { .array([$0.name, .array($0.elements)]) }))
    }
}
