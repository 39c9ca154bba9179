import JSON

/// A call of a test with its values.
struct PredicateCall {
    /// The rendering at hand.
    let renderer: Renderer
    /// The place messages point at.
    let offset: Int
    /// The value that is tested.
    let subject: JSONValue
    /// The arguments, as many as the signature demands.
    let arguments: [JSONValue]
}

/// A test, as in `x is odd`.
struct PredicateDefinition: Sendable {
    /// What it takes.
    let signature: CallSignature
    /// True when it asks for the type alone; an undefined value is then simply not of that type.
    let isAboutType: Bool
    /// Whether it holds.
    let body: @Sendable (PredicateCall) throws(TemplateError) -> Bool
}

/// All tests by name.
enum PredicateTable {
    /// The tests.
    static let definitions: [String: PredicateDefinition] = {
        var table: [String: PredicateDefinition] = [:]
        func type(_ name: String, _ body: @escaping @Sendable (JSONValue) -> Bool) {
            table[name] = PredicateDefinition(signature: CallSignature(name), isAboutType: true) {
                (call) throws(TemplateError) in body(call.subject)
            }
        }
        func comparison(_ names: [String], _ symbol: ComparisonOperator) {
            for name in names {
                table[name] = PredicateDefinition(
                    signature: CallSignature(name, ["other"], required: 1), isAboutType: false
                ) { (call) throws(TemplateError) in
                    try call.renderer.compare(symbol, call.subject, call.arguments[0], at: call.offset)
                }
            }
        }
        func plain(
            _ name: String, _ parameters: [String] = [],
            _ body: @escaping @Sendable (PredicateCall) throws(TemplateError) -> Bool
        ) {
            table[name] = PredicateDefinition(
                signature: CallSignature(name, parameters, required: parameters.count), isAboutType: false,
                body: body)
        }
        type("defined") { _ in true }
        type("undefined") { _ in false }
        type("none", \.isNull)
        type("string") { $0.string != nil }
        type("number", \.isNumber)
        type("integer") { $0.number?.isWrittenAsInteger ?? false }
        type("float") { $0.number.map { !$0.isWrittenAsInteger } ?? false }
        type("boolean") { $0.bool != nil }
        type("true") { $0.bool == true }
        type("false") { $0.bool == false }
        type("mapping") { $0.object != nil }
        type("sequence", \.isCollection)
        plain("iterable") { (call) throws(TemplateError) in call.subject.isCollection }
        plain("odd") { (call) throws(TemplateError) in try remainder(call, by: 2) == 1 }
        plain("even") { (call) throws(TemplateError) in try remainder(call, by: 2) == 0 }
        plain("divisibleby", ["num"]) { (call) throws(TemplateError) in
            try remainder(call, by: call.arguments[0]) == 0
        }
        type("callable") { _ in false }
        plain("lower") { (call) throws(TemplateError) in
            try isCased(call, upper: false)
        }
        plain("upper") { (call) throws(TemplateError) in
            try isCased(call, upper: true)
        }
        table["sameas"] = PredicateDefinition(
            signature: CallSignature("sameas", ["other"], required: 1), isAboutType: true, body: isSame)
        comparison(["eq", "equalto", "=="], .equal)
        comparison(["ne", "!="], .notEqual)
        comparison(["lt", "lessthan", "<"], .less)
        comparison(["le", "<="], .lessOrEqual)
        comparison(["gt", "greaterthan", ">"], .greater)
        comparison(["ge", ">="], .greaterOrEqual)
        comparison(["in"], .contained)
        return table
    }()

    private static func remainder(_ call: PredicateCall, by divisor: JSONValue) throws(TemplateError)
        -> Double
    {
        try call.renderer.arithmetic(.remainder, call.subject, divisor, at: call.offset).double ?? 0
    }

    /// Whether all letters of a value's text are of a size, and there is one; null and booleans have both.
    private static func isCased(_ call: PredicateCall, upper: Bool) throws(TemplateError) -> Bool {
        switch call.subject {
        case .null, .bool: return false
        case .array, .object:
            return CharacterKind.isCased(JSONWriter.compact.text(of: call.subject), upper: upper)
        default:
            let text = try call.renderer.text(of: call.subject, at: call.offset)
            return CharacterKind.isCased(text, upper: upper)
        }
    }

    private static func isSame(_ call: PredicateCall) throws(TemplateError) -> Bool {
        switch (call.subject, call.arguments[0]) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (_, .null), (_, .bool): false
        default:
            throw call.renderer.failure(
                "template-type", "'sameas' compares with true, false and none only", at: call.offset,
                hint: "write == instead")
        }
    }
}

extension JSONValue {
    /// True for what a loop can walk.
    var isCollection: Bool { array != nil || object != nil || string != nil }
}
