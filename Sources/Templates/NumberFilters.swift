import JSON

/// The filters on numbers.
enum NumberFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("abs"), abs),
        FilterDefinition(CallSignature("int", ["default", "base"]), int),
        FilterDefinition(CallSignature("float", ["default"]), float),
        FilterDefinition(CallSignature("round", ["precision", "method"]), round),
        FilterDefinition(CallSignature("sum", ["attribute", "start"]), sum),
    ]

    private static func abs(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        switch Numeric(call.subject) {
        case .integer(let value):
            guard value != .min else { throw call.renderer.outOfRange(at: call.offset) }
            return .json(.integer(Swift.abs(value)))
        case .double(let value): return .json(.double(value.magnitude))
        case nil: throw call.type("'abs' works on numbers, not on \(call.subject.templateTypeName)")
        }
    }

    /// The digits of a Python number: underscores between digits are left out.
    private static func digits(_ text: String) -> String {
        let trimmed = Whitespace.trimmed(text)
        let parts = trimmed.split(separator: "_", omittingEmptySubsequences: false)
        let isGrouped = parts.allSatisfy { !$0.isEmpty } && parts.count > 1
        return isGrouped ? parts.joined() : trimmed
    }

    private static func int(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let fallback = TemplateValue.json(call.argument("default") ?? 0)
        let base = try call.integer("base") ?? 10
        guard (2...36).contains(base) else { throw call.range("the base of 'int' must be 2 to 36") }
        switch call.subject {
        case .string(let text):
            let digits = digits(text)
            if let value = Int64(digits, radix: base) { return .json(.integer(value)) }
            if base == 10, let number = JSONNumber(text: digits), number.isWrittenAsInteger {
                return .json(.number(number))
            }
            guard let value = decimal(digits) else { return fallback }
            return try whole(value, call)
        case .number(let number) where number.isWrittenAsInteger: return .json(.number(number))
        case .number(let number): return try whole(number.double, call)
        case .bool(let bool): return .json(.integer(bool ? 1 : 0))
        case .null, .array, .object: return fallback
        }
    }

    private static func whole(_ value: Double, _ call: FilterCall) throws(TemplateError) -> TemplateValue {
        guard let integer = Int64(exactly: value.rounded(.towardZero)) else {
            throw call.renderer.outOfRange(at: call.offset)
        }
        return .json(.integer(integer))
    }

    /// Swift also reads hexadecimal decimals and names of no numbers, which Python does not.
    private static func decimal(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy {
            ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || "+-.eE".utf8.contains($0)
        }
        guard isPlain, let value = Double(text), value.isFinite else { return nil }
        return value
    }

    private static func float(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        switch call.subject {
        case .string(let text):
            if let value = decimal(digits(text)) { return .json(.double(value)) }
            return .json(call.argument("default") ?? .double(0))
        case .number(let number):
            guard number.double.isFinite else { throw call.renderer.outOfRange(at: call.offset) }
            return .json(.double(number.double))
        case .bool(let bool): return .json(.double(bool ? 1 : 0))
        case .null, .array, .object: return .json(call.argument("default") ?? .double(0))
        }
    }

    private static func round(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        guard let number = Numeric(call.subject) else {
            throw call.type("'round' works on numbers, not on \(call.subject.templateTypeName)")
        }
        let precision = try call.integer("precision") ?? 0
        guard (-300...300).contains(precision) else { throw call.range("the precision must be -300 to 300") }
        var scale = 1.0
        for _ in 0..<Int(precision.magnitude) { scale *= 10 }
        let value = number.double
        let result: Double
        switch try call.text("method") ?? "common" {
        case "common":
            if precision >= 0 {
                // A whole number is round already.
                if case .integer = number {
                    return .json(call.subject.bool.map { .integer($0 ? 1 : 0) } ?? call.subject)
                }
                result = Double(NumberText.fixed(value, digits: precision)) ?? value
            } else {
                result = (value / scale).rounded(.toNearestOrEven) * scale
                if case .integer = number, let whole = Int64(exactly: result) {
                    return .json(.integer(whole))
                }
            }
        case "ceil":
            result =
                precision >= 0 ? (value * scale).rounded(.up) / scale : (value / scale).rounded(.up) * scale
        case "floor":
            result =
                precision >= 0
                ? (value * scale).rounded(.down) / scale : (value / scale).rounded(.down) * scale
        default: throw call.range("the method of 'round' is 'common', 'ceil' or 'floor'")
        }
        guard result.isFinite else { throw call.renderer.outOfRange(at: call.offset) }
        return .json(.double(result))
    }

    private static func sum(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        var total = call.argument("start") ?? 0
        for element in try call.parts() {
            total = try call.renderer.arithmetic(.add, total, element, at: call.offset)
        }
        return .json(total)
    }
}
