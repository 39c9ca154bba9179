import JSON

/// `"%.2f €" | format(price)`: the part of Python's formatting that prompts use.
enum FormatFilter {
    /// Puts the arguments in place of `%s`, `%d`, `%f`, `%e`, `%x`, `%o`, with flags, width and precision.
    static func format(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        guard call.keywords.isEmpty else { throw call.type("'format' takes no arguments with a name") }
        var arguments = call.positional[...]
        var result = ""
        var scalars = try call.subjectText().unicodeScalars[...]
        while let scalar = scalars.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if scalars.first == "%" {
                scalars.removeFirst()
                result += "%"
                continue
            }
            var flags: Set<Unicode.Scalar> = []
            while let flag = scalars.first, "-0+ ".unicodeScalars.contains(flag) {
                flags.insert(flag)
                scalars.removeFirst()
            }
            let isLeft = flags.contains("-")
            let isZeroed = flags.contains("0")
            let width = number(&scalars) ?? 0
            let precision = take(".", from: &scalars) ? number(&scalars) ?? 0 : nil
            guard let letter = scalars.popFirst(), width <= 1000, precision ?? 0 <= 100 else {
                throw call.range("'format' does not know this placeholder", hint: known)
            }
            guard let value = arguments.popFirst() else { throw call.type("'format' has too few arguments") }
            var text = try text(of: value, letter, precision, call)
            if letter != "s", letter != "c", !text.hasPrefix("-") {
                if flags.contains("+") { text = "+" + text } else if flags.contains(" ") { text = " " + text }
            }
            let padding = max(0, width - text.unicodeScalars.count)
            if isLeft {
                result += text + String(repeating: " ", count: padding)
            } else if isZeroed, letter != "s" {
                let sign = text.first.map { "-+ ".contains($0) ? String($0) : "" } ?? ""
                result += sign + String(repeating: "0", count: padding) + text.dropFirst(sign.count)
            } else {
                result += String(repeating: " ", count: padding) + text
            }
            try call.renderer.checkSize(result.utf8.count, at: call.offset)
        }
        guard arguments.isEmpty else { throw call.type("'format' has too many arguments") }
        return .json(.string(result))
    }

    private static let known = "it knows %s, %d, %f, %e, %x, %o, %.2f and %%"

    private static func text(
        of value: JSONValue, _ letter: Unicode.Scalar, _ precision: Int?, _ call: FilterCall
    ) throws(TemplateError) -> String {
        switch letter {
        case "s":
            let text = try call.renderer.text(of: value, at: call.offset)
            return precision.map { String(String.UnicodeScalarView(text.unicodeScalars.prefix($0))) } ?? text
        case "x", "X", "o":
            guard case .integer(let integer) = Numeric(value), precision == nil else {
                throw call.type("%\(letter) needs a whole number, not \(value.templateTypeName)")
            }
            return String(integer, radix: letter == "o" ? 8 : 16, uppercase: letter == "X")
        case "e", "E":
            guard let number = Numeric(value), number.double.isFinite else {
                throw call.type("%\(letter) needs a number, not \(value.templateTypeName)")
            }
            let text = NumberText.scientific(number.double, digits: precision ?? 6)
            return letter == "E" ? text.uppercased() : text
        case "d", "i", "f", "F":
            guard let number = Numeric(value), number.double.isFinite else {
                throw call.type("%\(letter) needs a number, not \(value.templateTypeName)")
            }
            if letter == "f" || letter == "F" {
                return NumberText.fixed(number.double, digits: precision ?? 6)
            }
            guard precision == nil else { throw call.range("%d takes no precision", hint: known) }
            if case .integer(let integer) = number { return "\(integer)" }
            let whole = NumberText.fixed(number.double.rounded(.towardZero), digits: 0)
            return whole == "-0" ? "0" : whole
        default: throw call.range("'format' does not know %\(letter)", hint: known)
        }
    }

    private static func take(_ wanted: Unicode.Scalar, from scalars: inout Substring.UnicodeScalarView)
        -> Bool
    {
        guard scalars.first == wanted else { return false }
        scalars.removeFirst()
        return true
    }

    private static func number(_ scalars: inout Substring.UnicodeScalarView) -> Int? {
        let digits = scalars.prefix { ("0"..."9").contains($0) }
        scalars.removeFirst(digits.count)
        return digits.isEmpty ? nil : Int(String(digits)) ?? .max
    }
}
