import JSON

/// `multipleOf`, in exact decimal arithmetic: `0.3` is a multiple of `0.1`.
struct MultipleOfKeyword: SchemaKeyword {
    private let text: String
    /// The divisor is `digits × 10^exponent`.
    private let digits: UInt64
    private let exponent: Int

    /// Reads `multipleOf`.
    static func compile(_ site: SchemaSite, _ compiler: inout SchemaCompiler) -> [any SchemaKeyword] {
        guard let divisor = compiler.number(site, "multipleOf") else { return [] }
        let decimal = divisor.decimal
        guard !decimal.isNegative, !decimal.digits.isEmpty else {
            compiler.problem(site, "multipleOf", "must be more than 0, is \(divisor.text)")
            return []
        }
        guard decimal.digits.count <= 18 else {
            compiler.problem(site, "multipleOf", "must not have more than 18 significant digits")
            return []
        }
        let digits = decimal.digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1) }
        return [MultipleOfKeyword(text: divisor.text, digits: digits, exponent: decimal.exponent)]
    }

    func accepts(_ instance: JSONValue, in run: inout ValidationRun) throws(SchemaLimitError) -> Bool {
        guard case .number(let number) = instance else { return true }
        if isMultiple(number.decimal) { return true }
        return run.fail("multipleOf", "expected a multiple of \(text), found \(ValueSummary.text(instance))")
    }

    private func isMultiple(_ value: JSONDecimal) -> Bool {
        if value.digits.isEmpty { return true }
        // The digits of a normalized decimal do not end in 0, so no shift can be divided out of them.
        guard value.exponent >= exponent else { return false }
        let modulus = UInt128(digits)
        var remainder: UInt128 = 0
        for digit in value.digits { remainder = (remainder * 10 + UInt128(digit)) % modulus }
        // Times 10^shift by repeated squaring; all factors are below 10^18, so products fit in 128 bits.
        var shift = value.exponent - exponent
        var power = 10 % modulus
        while shift > 0, remainder != 0 {
            if shift & 1 == 1 { remainder = remainder * power % modulus }
            power = power * power % modulus
            shift >>= 1
        }
        return remainder == 0
    }
}
