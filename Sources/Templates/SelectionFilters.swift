import Diagnostics
import JSON

/// The filters that apply another filter or a test to each element.
enum SelectionFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("map", required: 1, isVariadic: true), calleePosition: 0, map),
        FilterDefinition(CallSignature("select", isVariadic: true), calleePosition: 0) {
            (call) throws(TemplateError) in
            try select(call, wanted: true, byAttribute: false)
        },
        FilterDefinition(CallSignature("reject", isVariadic: true), calleePosition: 0) {
            (call) throws(TemplateError) in
            try select(call, wanted: false, byAttribute: false)
        },
        FilterDefinition(CallSignature("selectattr", required: 1, isVariadic: true), calleePosition: 1) {
            (call) throws(TemplateError) in
            try select(call, wanted: true, byAttribute: true)
        },
        FilterDefinition(CallSignature("rejectattr", required: 1, isVariadic: true), calleePosition: 1) {
            (call) throws(TemplateError) in
            try select(call, wanted: false, byAttribute: true)
        },
    ]

    private static func map(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let elements = try call.subjectElements()
        var results: [JSONValue] = []
        if let attribute = call.keywords["attribute"], call.positional.isEmpty {
            let fallback = call.keywords["default"]
            for element in elements {
                let part = try call.part(attribute, of: element)
                if case .undefined = part, let fallback {
                    results.append(fallback)
                } else {
                    results.append(try call.renderer.data(part, at: call.offset))
                }
            }
            return .json(.array(results))
        }
        guard case .string(let name) = call.positional.first else {
            throw call.type("'map' needs attribute=\"…\" or the name of a filter")
        }
        guard let definition = FilterTable.definitions[name] else {
            throw call.renderer.failure(
                "unknown-filter", "unknown filter '\(name)'", at: call.offset,
                hint: Spelling.hint(for: name, among: Array(FilterTable.definitions.keys)))
        }
        let arguments = Array(call.positional.dropFirst())
        let mistake = definition.signature.mistake(
            positional: arguments.count, keywords: Array(call.keywords.keys))
        if let mistake { throw call.type(mistake.message, hint: mistake.hint) }
        var size = 0
        for element in elements {
            let inner = FilterCall(
                renderer: call.renderer, signature: definition.signature, offset: call.offset,
                subject: element,
                positional: arguments, keywords: call.keywords)
            let result = try call.renderer.data(try call.renderer.apply(definition, inner), at: call.offset)
            if case .string(let text) = result { size += text.utf8.count }
            try call.renderer.checkSize(size, at: call.offset)
            results.append(result)
        }
        return .json(.array(results))
    }

    private static func select(
        _ call: FilterCall, wanted: Bool, byAttribute: Bool
    ) throws(TemplateError) -> TemplateValue {
        var arguments = call.positional[...]
        let attribute = byAttribute ? arguments.popFirst() : nil
        var definition: PredicateDefinition?
        if let callee = arguments.popFirst() {
            guard case .string(let name) = callee, let known = PredicateTable.definitions[name] else {
                throw call.renderer.failure(
                    "unknown-test", "unknown test '\(callee.string ?? callee.description)'", at: call.offset,
                    hint: Spelling.hint(
                        for: callee.string ?? "", among: Array(PredicateTable.definitions.keys)))
            }
            let mistake = known.signature.mistake(
                positional: arguments.count, keywords: Array(call.keywords.keys))
            if let mistake { throw call.type(mistake.message, hint: mistake.hint) }
            definition = known
        }
        var kept: [JSONValue] = []
        for element in try call.subjectElements() {
            var value = TemplateValue.json(element)
            if let attribute { value = try call.part(attribute, of: element) }
            let holds = try holds(definition, value, Array(arguments), call)
            if holds == wanted { kept.append(element) }
        }
        return .json(.array(kept))
    }

    private static func holds(
        _ definition: PredicateDefinition?, _ value: TemplateValue, _ arguments: [JSONValue],
        _ call: FilterCall
    ) throws(TemplateError) -> Bool {
        guard let definition else { return try call.renderer.isTrue(value, at: call.offset) }
        if case .undefined = value {
            if definition.signature.name == "undefined" { return true }
            if definition.isAboutType { return false }
        }
        let subject = try call.renderer.data(value, at: call.offset)
        let inner = PredicateCall(
            renderer: call.renderer, offset: call.offset, subject: subject, arguments: arguments)
        return try definition.body(inner)
    }
}
