import JSON

/// The filters on texts.
enum TextFilters {
    /// The filters.
    static let definitions: [FilterDefinition] = [
        FilterDefinition(CallSignature("lower")) { (call) throws(TemplateError) in
            .json(.string(try call.subjectText().lowercased()))
        },
        FilterDefinition(CallSignature("upper")) { (call) throws(TemplateError) in
            .json(.string(try call.subjectText().uppercased()))
        },
        FilterDefinition(CallSignature("string")) { (call) throws(TemplateError) in
            .json(.string(try call.subjectText()))
        },
        FilterDefinition(CallSignature("capitalize"), capitalize),
        FilterDefinition(CallSignature("title"), title),
        FilterDefinition(CallSignature("trim", ["chars"]), trim),
        FilterDefinition(CallSignature("replace", ["old", "new", "count"], required: 2), replace),
        FilterDefinition(CallSignature("indent", ["width", "first", "blank"]), indent),
        FilterDefinition(CallSignature("truncate", ["length", "killwords", "end", "leeway"]), truncate),
        FilterDefinition(CallSignature("center", ["width"]), center),
        FilterDefinition(CallSignature("wordcount"), wordcount),
        FilterDefinition(CallSignature("urlencode"), urlencode),
        FilterDefinition(CallSignature("format", isVariadic: true), FormatFilter.format),
    ]

    /// The first letter large, the others small.
    static func capitalize(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let scalars = try call.subjectText().unicodeScalars
        guard let first = scalars.first else { return .json("") }
        return .json(.string(first.properties.titlecaseMapping + String(scalars.dropFirst()).lowercased()))
    }

    /// Each word with a large first letter.
    static func title(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        var result = ""
        var word = String.UnicodeScalarView()
        func finish() {
            guard let first = word.first else { return }
            result += first.properties.uppercaseMapping + String(word.dropFirst()).lowercased()
            word = String.UnicodeScalarView()
        }
        for scalar in try call.subjectText().unicodeScalars {
            if "-({[<".unicodeScalars.contains(scalar) || Whitespace.contains(scalar) {
                finish()
                result.unicodeScalars.append(scalar)
            } else {
                word.append(scalar)
            }
        }
        finish()
        return .json(.string(result))
    }

    /// Takes white space, or the given characters, off both ends.
    static func trim(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        .json(.string(try stripped(call, fromStart: true, fromEnd: true)))
    }

    /// The text without white space, or without the characters of `chars`, at its ends.
    static func stripped(_ call: FilterCall, fromStart: Bool, fromEnd: Bool) throws(TemplateError) -> String {
        let chars = try call.text("chars").map { Set($0.unicodeScalars) }
        let isStripped = { (scalar: Unicode.Scalar) in chars?.contains(scalar) ?? Whitespace.contains(scalar)
        }
        var scalars = try call.subjectText().unicodeScalars[...]
        if fromStart { scalars = scalars.drop(while: isStripped) }
        while fromEnd, let last = scalars.last, isStripped(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// Puts another text in place of each part.
    static func replace(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let old = try call.text("old") ?? ""
        let new = try call.text("new") ?? ""
        let limit = try call.integer("count").flatMap { $0 < 0 ? nil : $0 } ?? .max
        let pieces: [String]
        if old.isEmpty {
            // Python puts the new text around every character.
            try checkGrowth(new, min(limit, text.utf8.count), call)
            let scalars = text.unicodeScalars.map { String($0) }
            let cut = min(limit, scalars.count + 1)
            guard cut > 0 else { return .json(.string(text)) }
            pieces = [""] + scalars.prefix(cut - 1) + [scalars.dropFirst(cut - 1).joined()]
        } else {
            let bytes = Array(text.utf8)
            let part = Array(old.utf8)
            let starts = ByteSearch.starts(of: part, in: bytes, limit: limit)
            // Before the pieces are cut: there can be as many as bytes.
            try checkGrowth(new, starts.count, call)
            pieces = ByteSearch.pieces(of: bytes, around: starts, length: part.count)
        }
        return .json(.string(pieces.joined(separator: new)))
    }

    private static func checkGrowth(_ new: String, _ count: Int, _ call: FilterCall) throws(TemplateError) {
        let (growth, overflowed) = new.utf8.count.multipliedReportingOverflow(by: count)
        try call.renderer.checkSize(overflowed ? .max : growth, at: call.offset)
    }

    private static func indent(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let indentation: String
        if case .string(let given) = call.argument("width") {
            indentation = given
        } else {
            let width = try call.integer("width") ?? 4
            try call.renderer.checkSize(width, at: call.offset)
            indentation = String(repeating: " ", count: max(0, width))
        }
        let isBlank = call.isSet("blank")
        let lines = Whitespace.lines(of: text + "\n")
        let (growth, overflowed) = indentation.utf8.count.multipliedReportingOverflow(by: lines.count)
        try call.renderer.checkSize(overflowed ? .max : growth, at: call.offset)
        var result = call.isSet("first") ? indentation : ""
        for (index, line) in lines.enumerated() {
            if index > 0 {
                result += "\n"
                if isBlank || !line.isEmpty { result += indentation }
            }
            result += line
        }
        return .json(.string(result))
    }

    private static func truncate(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let length = try call.integer("length") ?? 255
        let end = try call.text("end") ?? "..."
        let leeway = try call.integer("leeway") ?? 5
        let kept = length &- end.unicodeScalars.count
        guard kept >= 0, leeway >= 0, length <= Int(Int32.max), leeway <= Int(Int32.max) else {
            throw call.range("the length of 'truncate' must be at least that of its end '\(end)'")
        }
        let scalars = text.unicodeScalars
        guard scalars.count > length + leeway else { return .json(.string(text)) }
        let prefix = scalars.prefix(kept)
        if call.isSet("killwords") { return .json(.string(String(prefix) + end)) }
        let whole = prefix.lastIndex(of: " ").map { prefix[..<$0] } ?? prefix
        return .json(.string(String(whole) + end))
    }

    /// The text in the middle of a line.
    static func center(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        let text = try call.subjectText()
        let width = try call.integer("width") ?? 80
        try call.renderer.checkSize(width, at: call.offset)
        let margin = width - text.unicodeScalars.count
        guard margin > 0 else { return .json(.string(text)) }
        // The odd space goes where CPython puts it.
        let left = margin / 2 + (margin & width & 1)
        let before = String(repeating: " ", count: left)
        return .json(.string(before + text + String(repeating: " ", count: margin - left)))
    }

    private static func wordcount(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        var count = 0
        var isInside = false
        for scalar in try call.subjectText().unicodeScalars {
            let isWord =
                scalar == "_" || CharacterKind.isLetter(scalar) || scalar.properties.numericType != nil
            if isWord, !isInside { count += 1 }
            isInside = isWord
        }
        return .json(.integer(count))
    }

    private static func urlencode(_ call: FilterCall) throws(TemplateError) -> TemplateValue {
        func quoted(_ text: String, keepsSlash: Bool) -> String {
            var result = ""
            for byte in text.utf8 {
                let scalar = Unicode.Scalar(byte)
                let isKept =
                    byte < 0x80
                    && (CharacterKind.isLetter(scalar) || scalar.properties.numericType != nil
                        || "_.-~".unicodeScalars.contains(scalar) || (keepsSlash && scalar == "/"))
                if isKept {
                    result.unicodeScalars.append(scalar)
                } else if !keepsSlash, scalar == " " {
                    result += "+"
                } else {
                    result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
                }
            }
            return result
        }
        guard case .object(let members) = call.subject else {
            return .json(.string(quoted(try call.subjectText(), keepsSlash: true)))
        }
        var pairs: [String] = []
        for (key, value) in members {
            let text = try call.renderer.text(of: value, at: call.offset)
            pairs.append(quoted(key, keepsSlash: false) + "=" + quoted(text, keepsSlash: false))
        }
        return .json(.string(pairs.joined(separator: "&")))
    }
}
