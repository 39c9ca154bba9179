import JSON

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Renderer {
    /// The result of an operator, as Python has it.
    func arithmetic(
        _ symbol: ArithmeticOperator, _ left: JSONValue, _ right: JSONValue, at offset: Int
    ) throws(TemplateError) -> JSONValue {
        if let first = Numeric(left), let second = Numeric(right) {
            if case .integer(let one) = first, case .integer(let other) = second {
                return try integers(symbol, one, other, at: offset)
            }
            return try doubles(symbol, first.double, second.double, at: offset)
        }
        switch (symbol, left, right) {
        case (.add, .string(let first), .string(let second)):
            try checkSize(first.utf8.count + second.utf8.count, at: offset)
            try spend((first.utf8.count + second.utf8.count) >> 4, at: offset)
            return .string(first + second)
        case (.add, .array(let first), .array(let second)):
            let sum = JSONValue.array(first + second)
            try checkBuilt(sum, at: offset)
            return sum
        case (.multiply, .string(let text), let count), (.multiply, let count, .string(let text)):
            guard case .integer(let times) = Numeric(count) else { break }
            let (size, overflowed) = text.utf8.count.multipliedReportingOverflow(by: max(0, Int(times)))
            try checkSize(overflowed ? .max : size, at: offset)
            try spend(size >> 4, at: offset)
            return .string(text.isEmpty ? "" : String(repeating: text, count: max(0, Int(times))))
        case (.multiply, .array(let elements), let count), (.multiply, let count, .array(let elements)):
            guard case .integer(let times) = Numeric(count) else { break }
            let (size, overflowed) = elements.count.multipliedReportingOverflow(by: max(0, Int(times)))
            guard !overflowed, size <= TemplateLimits.elements else { throw tooManyElements(at: offset) }
            let isEmpty = elements.isEmpty || times <= 0
            let product = JSONValue.array(
                isEmpty ? [] : Array(repeatElement(elements, count: Int(times)).joined()))
            try checkBuilt(product, at: offset)
            return product
        case (.remainder, .string(let format), _):
            let arguments = right.array ?? [right]
            let call = FilterCall(
                renderer: self, signature: CallSignature("%"), offset: offset, subject: .string(format),
                positional: arguments, keywords: [:])
            return try data(try FormatFilter.format(call), at: offset)
        default: break
        }
        if left.isNumber, right.isNumber { throw outOfRange(at: offset) }
        var hint: String? = nil
        if symbol == .add, left.string != nil || right.string != nil { hint = "to join texts, write ~" }
        throw failure(
            "template-type",
            "'\(symbol.rawValue)' does not work on \(left.templateTypeName) and \(right.templateTypeName)",
            at: offset, hint: hint)
    }

    /// The mistake of a list beyond the limit.
    func tooManyElements(at offset: Int) -> TemplateError {
        failure(
            "template-limit", "a list of more than \(TemplateLimits.elements) elements", at: offset,
            hint: "build a shorter one")
    }

    /// The mistake of a number beyond the range.
    func outOfRange(at offset: Int) -> TemplateError {
        failure(
            "template-value", "the number is too large to calculate with", at: offset,
            hint: "whole numbers have 64 bits here")
    }

    private func divisionByZero(at offset: Int) -> TemplateError {
        failure("template-value", "division by zero", at: offset, hint: "check the divisor with {% if %}")
    }

    private func integers(
        _ symbol: ArithmeticOperator, _ left: Int64, _ right: Int64, at offset: Int
    ) throws(TemplateError) -> JSONValue {
        let result: (partialValue: Int64, overflow: Bool)
        switch symbol {
        case .add: result = left.addingReportingOverflow(right)
        case .subtract: result = left.subtractingReportingOverflow(right)
        case .multiply: result = left.multipliedReportingOverflow(by: right)
        case .divide:
            guard right != 0 else { throw divisionByZero(at: offset) }
            return .double(Double(left) / Double(right))
        case .floorDivide, .remainder:
            guard right != 0 else { throw divisionByZero(at: offset) }
            guard right != -1 else {
                // The one quotient that overflows.
                if symbol == .remainder { return .integer(0) }
                result = Int64(0).subtractingReportingOverflow(left)
                break
            }
            let isRoundedUp = left % right != 0 && (left < 0) != (right < 0)
            if symbol == .floorDivide { return .integer(left / right - (isRoundedUp ? 1 : 0)) }
            return .integer(left % right + (isRoundedUp ? right : 0))
        case .power:
            if right < 0 { return try doubles(.power, Double(left), Double(right), at: offset) }
            result = Self.power(left, right)
        }
        guard !result.overflow else { throw outOfRange(at: offset) }
        return .integer(result.partialValue)
    }

    private static func power(_ base: Int64, _ exponent: Int64) -> (partialValue: Int64, overflow: Bool) {
        if base == 0 || base == 1 || base == -1 {
            let value: Int64 = exponent == 0 ? 1 : (base == -1 && exponent % 2 == 0 ? 1 : base)
            return (value, false)
        }
        guard exponent < 64 else { return (0, true) }
        var value: Int64 = 1
        for _ in 0..<exponent {
            let (product, overflowed) = value.multipliedReportingOverflow(by: base)
            guard !overflowed else { return (0, true) }
            value = product
        }
        return (value, false)
    }

    private func doubles(
        _ symbol: ArithmeticOperator, _ left: Double, _ right: Double, at offset: Int
    ) throws(TemplateError) -> JSONValue {
        let result: Double
        switch symbol {
        case .add: result = left + right
        case .subtract: result = left - right
        case .multiply: result = left * right
        case .divide:
            guard right != 0 else { throw divisionByZero(at: offset) }
            result = left / right
        case .floorDivide, .remainder:
            guard right != 0 else { throw divisionByZero(at: offset) }
            let (quotient, remainder) = Self.floorDivided(left, right)
            result = symbol == .floorDivide ? quotient : remainder
        case .power:
            guard left != 0 || right >= 0 else { throw divisionByZero(at: offset) }
            result = pow(left, right)
        }
        guard result.isFinite else {
            throw failure(
                "template-value", "the result of '\(symbol.rawValue)' is no finite number", at: offset,
                hint: "check the operands")
        }
        return .double(result)
    }

    /// Quotient and remainder as CPython's `float_divmod` computes them.
    private static func floorDivided(_ left: Double, _ right: Double) -> (quotient: Double, remainder: Double)
    {
        var remainder = fmod(left, right)
        var quotient = (left - remainder) / right
        if remainder != 0 {
            if (right < 0) != (remainder < 0) {
                remainder += right
                quotient -= 1
            }
        } else {
            remainder = right < 0 ? -0.0 : 0.0
        }
        guard quotient != 0 else { return (left / right < 0 ? -0.0 : 0.0, remainder) }
        let floored = quotient.rounded(.down)
        return (quotient - floored > 0.5 ? floored + 1 : floored, remainder)
    }
}

extension JSONValue {
    /// True for numbers and, as in Python, booleans.
    var isNumber: Bool { number != nil || bool != nil }
}
