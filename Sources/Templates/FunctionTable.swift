import JSON

/// All functions by name.
enum FunctionTable {
    /// The functions.
    static let definitions: [String: FunctionDefinition] = [
        "range": FunctionDefinition(CallSignature("range", ["start", "stop", "step"], required: 1), range),
        "dict": FunctionDefinition(CallSignature("dict", isVariadic: true)) { (call) throws(TemplateError) in
            .json(.object(try members(call)))
        },
        "namespace": FunctionDefinition(CallSignature("namespace", isVariadic: true)) {
            (call) throws(TemplateError) in
            .namespace(Namespace(try members(call)))
        },
    ]

    private static func range(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let first = try call.integer("start") ?? 0
        let second = try call.integer("stop")
        let step = try call.integer("step") ?? 1
        guard step != 0 else { throw call.range("the step of 'range' can't be 0") }
        let (start, stop) = second.map { (first, $0) } ?? (0, first)
        let distance = step > 0 ? Double(stop) - Double(start) : Double(start) - Double(stop)
        guard distance / Double(step.magnitude) <= Double(TemplateLimits.elements) else {
            throw call.renderer.tooManyElements(at: call.offset)
        }
        let values = stride(from: start, to: stop, by: step).map { JSONValue.integer($0) }
        try call.renderer.spend(values.count, at: call.offset)
        return .json(.array(values))
    }

    private static func members(_ call: FilterCall) throws(TemplateError) -> JSONObject {
        guard call.positional.count <= 1 else {
            throw call.type("'\(call.signature.name)' takes one mapping")
        }
        var members = JSONObject()
        if let first = call.positional.first {
            guard case .object(let given) = first else {
                throw call.type("'\(call.signature.name)' takes a mapping, or name=value")
            }
            members = given
        }
        // The order of keywords is that of the template.
        for name in call.keywordOrder { members[name] = call.keywords[name] }
        try call.renderer.checkBuilt(.object(members), at: call.offset)
        return members
    }
}
