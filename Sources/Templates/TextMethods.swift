import JSON

/// Further methods of texts, as Python has them.
enum TextMethods {
    /// A method: its name, its parameters, how many of them are needed, and what it does.
    typealias Entry = (
        name: String, parameters: [String], required: Int,
        body: @Sendable (FilterCall) throws(TemplateError) -> TemplateValue
    )

    /// The methods.
    static let entries: [Entry] = [
        ("title", [], 0, TextFilters.title), ("center", ["width"], 1, TextFilters.center),
        ("join", ["iterable"], 1, join),
        ("find", ["sub"], 1, { (call) throws(TemplateError) in try find(call) }),
        ("count", ["sub"], 1, count), ("removeprefix", ["prefix"], 1, removePrefix),
        ("removesuffix", ["suffix"], 1, removeSuffix), ("zfill", ["width"], 1, zeroFilled),
        (
            "ljust", ["width", "fillchar"], 1,
            { (call) throws(TemplateError) in try justified(call, isLeft: true) }
        ),
        (
            "rjust", ["width", "fillchar"], 1,
            { (call) throws(TemplateError) in try justified(call, isLeft: false) }
        ),
        (
            "isdigit", [], 0,
            { (call) throws(TemplateError) in
                try all(call) { $0.properties.numericType == .digit || $0.properties.numericType == .decimal }
            }
        ),
        ("isalpha", [], 0, { (call) throws(TemplateError) in try all(call, CharacterKind.isLetter) }),
        (
            "isalnum", [], 0,
            { (call) throws(TemplateError) in
                try all(call) { CharacterKind.isLetter($0) || $0.properties.numericType != nil }
            }
        ),
        ("isspace", [], 0, { (call) throws(TemplateError) in try all(call, Whitespace.contains) }),
        (
            "isupper", [], 0,
            { (call) throws(TemplateError) in
                .json(.bool(CharacterKind.isCased(try call.subjectText(), upper: true)))
            }
        ),
        (
            "islower", [], 0,
            { (call) throws(TemplateError) in
                .json(.bool(CharacterKind.isCased(try call.subjectText(), upper: false)))
            }
        ),
        (
            "startswith", ["prefix"], 1,
            { (call) throws(TemplateError) in
                let text = try call.subjectText()
                return .json(
                    .bool(try candidates(call, "prefix").contains { text.utf8.starts(with: $0.utf8) }))
            }
        ),
        (
            "endswith", ["suffix"], 1,
            { (call) throws(TemplateError) in
                let text = try call.subjectText().utf8.reversed()
                return .json(
                    .bool(try candidates(call, "suffix").contains { text.starts(with: $0.utf8.reversed()) }))
            }
        ),
    ]

    /// The texts of an argument that is one text or a list of them.
    private static func candidates(_ call: FilterCall, _ name: String) throws(TemplateError) -> [String] {
        let value = call.argument(name) ?? .null
        let items = value.array ?? [value]
        let texts = items.compactMap(\.string)
        guard texts.count == items.count else {
            throw call.type("the argument '\(name)' of '\(call.signature.name)' must be a text or several")
        }
        return texts
    }

    private static func part(_ call: FilterCall, _ name: String) throws(TemplateError) -> String {
        guard let text = call.argument(name)?.string else {
            throw call.type("the argument '\(name)' of '\(call.signature.name)' must be a text")
        }
        return text
    }

    private static func join(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let elements = try call.renderer.elements(of: call.argument("iterable") ?? .null, at: call.offset)
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else {
            throw call.type(
                "'join()' joins texts only", hint: "the filter joins numbers too: list | join(\", \")")
        }
        return .json(.string(texts.joined(separator: try call.subjectText())))
    }

    private static func find(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let wanted = Array(try part(call, "sub").utf8)
        guard !wanted.isEmpty else { return .json(0) }
        let bytes = Array(text.utf8)
        guard let start = ByteSearch.starts(of: wanted, in: bytes, limit: 1).first else { return .json(-1) }
        return .json(.integer(bytes[..<start].count { $0 & 0xC0 != 0x80 }))
    }

    private static func count(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let wanted = Array(try part(call, "sub").utf8)
        guard !wanted.isEmpty else { return .json(.integer(text.unicodeScalars.count + 1)) }
        return .json(.integer(ByteSearch.starts(of: wanted, in: Array(text.utf8), limit: .max).count))
    }

    private static func removePrefix(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let prefix = try part(call, "prefix")
        guard text.utf8.starts(with: prefix.utf8) else { return .json(.string(text)) }
        return .json(.string(String(text.unicodeScalars.dropFirst(prefix.unicodeScalars.count))))
    }

    private static func removeSuffix(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let suffix = try part(call, "suffix")
        guard text.utf8.reversed().starts(with: suffix.utf8.reversed()) else { return .json(.string(text)) }
        return .json(.string(String(text.unicodeScalars.dropLast(suffix.unicodeScalars.count))))
    }

    private static func zeroFilled(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let width = try call.integer("width") ?? 0
        try call.renderer.checkSize(width, at: call.offset)
        let hasSign = text.hasPrefix("-") || text.hasPrefix("+")
        let zeros = String(repeating: "0", count: max(0, width - text.unicodeScalars.count))
        return .json(.string(hasSign ? text.prefix(1) + zeros + text.dropFirst() : zeros + text))
    }

    private static func justified(_ call: FilterCall, isLeft: Bool) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let width = try call.integer("width") ?? 0
        let fill = try call.text("fillchar") ?? " "
        guard fill.unicodeScalars.count == 1 else { throw call.range("the fill must be one character") }
        try call.renderer.checkSize(width, at: call.offset)
        let padding = String(repeating: fill, count: max(0, width - text.unicodeScalars.count))
        return .json(.string(isLeft ? text + padding : padding + text))
    }

    /// Whether all characters of a text that has some are of a kind.
    private static func all(
        _ call: FilterCall, _ holds: (Unicode.Scalar) -> Bool
    ) throws(TemplateError) -> TemplateValue {
        let scalars = try call.subjectText().unicodeScalars
        return .json(.bool(!scalars.isEmpty && scalars.allSatisfy(holds)))
    }
}

/// `"{} of {}".format(a, b)`: the part of Python's format texts that names arguments, without format codes.
enum BraceFormat {
    /// Puts the arguments in place of `{}`, `{0}` and `{name}`.
    static func format(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        var result = ""
        var next = 0
        var rest = try call.subjectText().unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "{" || scalar == "}", rest.first == scalar {
                rest.removeFirst()
                result.unicodeScalars.append(scalar)
            } else if scalar == "{" {
                guard let end = rest.firstIndex(of: "}") else {
                    throw call.range("a '{' of the format has no '}'")
                }
                result += try argument(String(rest[..<end]), &next, call)
                rest = rest[rest.index(after: end)...]
            } else if scalar == "}" {
                throw call.range("a '}' of the format has no '{'")
            } else {
                result.unicodeScalars.append(scalar)
            }
            try call.renderer.checkSize(result.utf8.count, at: call.offset)
        }
        return .json(.string(result))
    }

    private static func argument(
        _ name: String, _ next: inout Int, _ call: FilterCall
    ) throws(TemplateError) -> String {
        let value: JSONValue?
        if name.isEmpty {
            value = call.positional.indices.contains(next) ? call.positional[next] : nil
            next += 1
        } else if let index = Int(name) {
            value = call.positional.indices.contains(index) ? call.positional[index] : nil
        } else {
            guard !name.contains(":"), !name.contains("!"), !name.contains("."), !name.contains("[") else {
                throw call.range(
                    "the format knows {}, {0} and {name} only",
                    hint: "for digits write \"%.2f\" | format(value)")
            }
            value = call.keywords[name]
        }
        guard let value else { throw call.type("the format has no argument for '{\(name)}'") }
        return try call.renderer.text(of: value, at: call.offset)
    }
}
