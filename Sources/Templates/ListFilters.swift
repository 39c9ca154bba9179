import JSON

/// The filters on lists as a whole.
enum ListFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("default", ["default_value", "boolean"])) {
            (call) throws(TemplateError) in
            let isMissing = call.isSet("boolean") && !Renderer.isTrue(call.subject)
            return .json(isMissing ? call.argument("default_value") ?? "" : call.subject)
        },
        FilterDefinition(CallSignature("length"), length),
        FilterDefinition(CallSignature("join", ["d", "attribute"]), join),
        FilterDefinition(CallSignature("first")) { (call) throws(TemplateError) in
            if case .string(let text) = call.subject {
                return text.unicodeScalars.first.map { .json(.string(String($0))) } ?? call.nothing()
            }
            return try call.subjectElements().first.map { .json($0) } ?? call.nothing()
        },
        FilterDefinition(CallSignature("last")) { (call) throws(TemplateError) in
            if case .string(let text) = call.subject {
                return text.unicodeScalars.last.map { .json(.string(String($0))) } ?? call.nothing()
            }
            return try call.subjectElements().last.map { .json($0) } ?? call.nothing()
        },
        FilterDefinition(CallSignature("list")) { (call) throws(TemplateError) in
            .json(.array(try call.subjectElements()))
        },
        FilterDefinition(CallSignature("reverse")) { (call) throws(TemplateError) in
            if case .string(let text) = call.subject {
                return .json(.string(String(String.UnicodeScalarView(text.unicodeScalars.reversed()))))
            }
            return .json(.array(try call.subjectElements().reversed()))
        },
        FilterDefinition(CallSignature("batch", ["linecount", "fill_with"], required: 1), batch),
        FilterDefinition(CallSignature("slice", ["slices", "fill_with"], required: 1), slice),
        FilterDefinition(CallSignature("tojson", ["indent"]), tojson),
    ]

    private static func length(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        switch call.subject {
        case .string(let text): return .json(.integer(text.unicodeScalars.count))
        case .array(let elements): return .json(.integer(elements.count))
        case .object(let members): return .json(.integer(members.count))
        case .null, .bool, .number: throw call.type("\(call.subject.templateTypeName) has no length")
        }
    }

    private static func join(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let separator = try call.text("d") ?? ""
        var result = ""
        for (index, part) in try call.parts().enumerated() {
            if index > 0 { result += separator }
            result += try call.renderer.text(of: part, at: call.offset)
            try call.renderer.checkSize(result.utf8.count, at: call.offset)
        }
        return .json(.string(result))
    }

    private static func batch(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let width = try call.integer("linecount") ?? 0
        guard width > 0, width <= TemplateLimits.elements else {
            throw call.range("the size of a batch must be 1 to \(TemplateLimits.elements)")
        }
        let elements = try call.subjectElements()
        let fill = call.argument("fill_with").flatMap { $0.isNull ? JSONValue?.none : $0 }
        var rows: [JSONValue] = []
        for start in stride(from: 0, to: elements.count, by: width) {
            var row = Array(elements[start..<min(start + width, elements.count)])
            if let fill { row += Array(repeating: fill, count: width - row.count) }
            rows.append(.array(row))
        }
        try call.renderer.spend(width, at: call.offset)
        let result = JSONValue.array(rows)
        if fill != nil { try call.renderer.checkBuilt(result, at: call.offset) }
        return .json(result)
    }

    private static func slice(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let count = try call.integer("slices") ?? 0
        guard count > 0, count <= TemplateLimits.elements else {
            throw call.range("the number of slices must be 1 to \(TemplateLimits.elements)")
        }
        try call.renderer.spend(count, at: call.offset)
        let elements = try call.subjectElements()
        let fill = call.argument("fill_with").flatMap { $0.isNull ? JSONValue?.none : $0 }
        let (size, longer) = elements.count.quotientAndRemainder(dividingBy: count)
        var columns: [JSONValue] = []
        var start = 0
        for index in 0..<count {
            let end = start + size + (index < longer ? 1 : 0)
            var column = Array(elements[start..<end])
            if let fill, index >= longer { column.append(fill) }
            columns.append(.array(column))
            start = end
        }
        let result = JSONValue.array(columns)
        if fill != nil { try call.renderer.checkBuilt(result, at: call.offset) }
        return .json(result)
    }

    private static func tojson(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let indent = try call.integer("indent")
        guard (0...100).contains(indent ?? 0) else {
            throw call.range("the indent of 'tojson' must be 0 to 100")
        }
        var writer = JSONText(indent: indent)
        guard writer.write(call.subject, level: 0) else {
            throw call.renderer.failure(
                "template-limit", "the JSON text is too large or too deep", at: call.offset)
        }
        try call.renderer.spend(writer.bytes.count >> 4, at: call.offset)
        return .json(.string(String(decoding: writer.bytes, as: UTF8.self)))
    }
}
