import CPCRE2

/// A regular expression, compiled once and usable from any thread, that can neither hang nor exhaust memory.
///
/// Classes are JavaScript's: `\d`, `\w` and `\b` know ASCII only, `\s` all Unicode spaces; letters are
/// compared by Unicode's simple case folding when case is ignored. `$` without the flag `m` matches at the
/// very end only. `.` does not match CR and LF; other than in JavaScript it does match U+2028 and U+2029.
///
/// `@unchecked Sendable`: the engine does not change compiled code after `pcre2_jit_compile`, which runs in
/// `init` only, and documents it as shareable between threads; whatever a search changes is made anew for
/// each search in `PatternSearch`. All other properties are immutable values.
public final class Pattern: @unchecked Sendable {
    /// The pattern as written by the user.
    public let source: String
    /// How the pattern was read, the flags of a literal included.
    public let options: PatternOptions
    /// The numbers of the named groups.
    public let groupNames: [String: Int]

    private let code: OpaquePointer
    private let budget: PatternBudget
    private let usesCompiledCode: Bool
    private let onlyAtStart: Bool
    private let starts: PatternStarts

    /// The longest pattern that is compiled, in Unicode scalars.
    public static let maximumLength = 32_768

    /// Compiles `source`; a mistake in it is an error of the kind `.syntax`.
    public convenience init(
        _ source: String, options: PatternOptions = [], dialect: PatternDialect = .standard
    ) throws(PatternError) {
        try self.init(source, options: options, dialect: dialect, budget: PatternBudget(), compiled: true)
    }

    /// Compiles `source` with a budget, to machine code or not.
    init(
        _ source: String, options: PatternOptions, dialect: PatternDialect, budget: PatternBudget,
        compiled: Bool
    ) throws(PatternError) {
        let literal = dialect == .standard ? PatternLiteral(source) : nil
        let body = literal?.body ?? source
        let shift = literal?.bodyOffset ?? 0
        let allOptions = options.union(literal?.options ?? [])
        guard body.unicodeScalars.count <= Self.maximumLength else {
            throw PatternError(
                .syntax, source: source,
                message: "the pattern is longer than \(Self.maximumLength) characters")
        }
        var translator = PatternTranslator(body, dialect: dialect)
        do throws(PatternSyntaxMistake) {
            try translator.translate()
        } catch {
            throw PatternError(.syntax, source: source, message: error.message, offset: error.offset + shift)
        }

        guard let context = pcre2_compile_context_create_8(nil) else { throw Self.outOfMemory(source) }
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_ANYCRLF))
        var errorCode: Int32 = 0
        var errorOffset = 0
        let compiledCode = translator.output.withUnsafeBufferPointer { bytes in
            pcre2_compile_8(
                bytes.baseAddress, bytes.count, Self.engineOptions(allOptions), &errorCode, &errorOffset,
                context)
        }
        guard let code = compiledCode else {
            throw PatternError(
                .syntax, source: source, message: Self.text(ofError: errorCode),
                offset: translator.sourceOffset(of: errorOffset) + shift)
        }
        self.source = source
        self.options = allOptions
        self.code = code
        self.budget = budget
        // Where there is no compiler for the processor, or it fails, the interpreter gives the same results.
        usesCompiledCode = compiled && pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE)) == 0
        groupNames = Self.names(of: code)
        starts = PatternStarts(code)
        var overall: UInt32 = 0
        let known = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_ALLOPTIONS), &overall)
        onlyAtStart = known == 0 && overall & UInt32(PCRE2_ANCHORED) != 0
    }

    deinit { pcre2_code_free_8(code) }

    /// Whether the text has a match anywhere; the error is of the kind `.limit` when that takes too long.
    public func matches(_ text: String) throws(PatternError) -> Bool {
        try searching(text) { (search, bytes) throws(PatternSearch.Failure) in
            try search.find(in: bytes, from: 0)
        }
    }

    /// The first match in the text, or nil.
    public func firstMatch(in text: String) throws(PatternError) -> PatternMatch? {
        try searching(text) { (search, bytes) throws(PatternSearch.Failure) in
            try search.find(in: bytes, from: 0) ? self.match(search, bytes) : nil
        }
    }

    /// All matches from left to right, none overlapping, at most `limit` of them.
    public func allMatches(in text: String, limit: Int = .max) throws(PatternError) -> [PatternMatch] {
        try searching(text) { (search, bytes) throws(PatternSearch.Failure) in
            var found: [PatternMatch] = []
            var from = 0
            while found.count < limit, from <= bytes.count, try search.find(in: bytes, from: from) {
                let match = self.match(search, bytes)
                found.append(match)
                from = Self.start(after: match.range, in: bytes, from: from)
            }
            return found
        }
    }

    /// The text with every match replaced by `replacement`, which is taken as it is: `$1` has no meaning.
    public func replacing(in text: String, with replacement: String) throws(PatternError) -> String {
        try replacing(in: text) { _ in replacement }
    }

    /// The text with every match replaced by what `replacement` makes of it.
    public func replacing(
        in text: String, with replacement: (PatternMatch) -> String
    ) throws(PatternError) -> String {
        let found = try allMatches(in: text)
        guard !found.isEmpty else { return text }
        let bytes = text.utf8
        var result = ""
        var index = bytes.startIndex
        var offset = 0
        for match in found {
            // `\K` can make a match begin before the end of the one before.
            guard match.range.lowerBound >= offset else { continue }
            let lower = bytes.index(index, offsetBy: match.range.lowerBound - offset)
            result += text[index..<lower]
            result += replacement(match)
            index = bytes.index(lower, offsetBy: match.range.count)
            offset = match.range.upperBound
        }
        result += text[index...]
        return result
    }
}

extension Pattern {
    /// Runs a search over the bytes of a text and gives its failures their public form.
    private func searching<Result>(
        _ text: String,
        _ body: (inout PatternSearch, UnsafeBufferPointer<UInt8>) throws(PatternSearch.Failure) -> Result
    ) throws(PatternError) -> Result {
        guard
            var search = PatternSearch(
                code, budget: budget, usesCompiledCode: usesCompiledCode, onlyAtStart: onlyAtStart,
                starts: starts)
        else { throw Self.outOfMemory(source) }
        var text = text
        let outcome = text.withUTF8 { bytes -> Swift.Result<Result, PatternSearch.Failure> in
            do throws(PatternSearch.Failure) { return .success(try body(&search, bytes)) } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .success(let value): return value
        case .failure(.limit):
            throw PatternError(
                .limit, source: source,
                message: "the pattern '\(Self.short(source))' takes too long on this text, "
                    + "most often because of a repeated group that can match the same text in many ways")
        case .failure(.engine(let error)):
            throw PatternError(
                .engine, source: source,
                message: "matching the pattern '\(Self.short(source))' failed: \(Self.text(ofError: error))")
        }
    }

    /// The match that a search has just found.
    private func match(_ search: borrowing PatternSearch, _ bytes: UnsafeBufferPointer<UInt8>) -> PatternMatch
    {
        let range = search.offsets(ofGroup: 0, in: bytes) ?? 0..<0
        var groups: [PatternMatch.Capture?] = []
        for group in 1..<max(search.groupCount, 1) {
            groups.append(
                search.offsets(ofGroup: group, in: bytes).map {
                    PatternMatch.Capture(range: $0, text: String(decoding: bytes[$0], as: UTF8.self))
                })
        }
        var named: [String: String] = [:]
        for (name, number) in groupNames where groups.indices.contains(number - 1) {
            if let capture = groups[number - 1] { named[name] = capture.text }
        }
        return PatternMatch(
            range: range, text: String(decoding: bytes[range], as: UTF8.self), groups: groups, named: named)
    }

    /// Where to go on after a match: always further than `from`, at the begin of a scalar.
    private static func start(after match: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int
    {
        guard match.isEmpty || match.upperBound <= from else { return match.upperBound }
        var next = max(match.upperBound, from) + 1
        while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
        return next
    }

    private static func engineOptions(_ options: PatternOptions) -> UInt32 {
        // No PCRE2_UCP: it would make \d, \w and \b match beyond ASCII, which they do not in JavaScript.
        var result =
            UInt32(PCRE2_UTF) | UInt32(PCRE2_NEVER_BACKSLASH_C) | UInt32(PCRE2_DOLLAR_ENDONLY)
            | UInt32(PCRE2_MATCH_UNSET_BACKREF) | UInt32(PCRE2_ALLOW_EMPTY_CLASS)
            | UInt32(PCRE2_USE_OFFSET_LIMIT)
        if options.contains(.ignoreCase) { result |= UInt32(PCRE2_CASELESS) }
        if options.contains(.multiline) { result |= UInt32(PCRE2_MULTILINE) }
        if options.contains(.dotMatchesAll) { result |= UInt32(PCRE2_DOTALL) }
        if options.contains(.sticky) { result |= UInt32(PCRE2_ANCHORED) }
        return result
    }

    /// Reads the table of names: entries of equal size, each a big-endian number and a terminated name.
    private static func names(of code: OpaquePointer) -> [String: Int] {
        var count: UInt32 = 0
        var size: UInt32 = 0
        var table: UnsafePointer<UInt8>?
        guard pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count) == 0,
            pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size) == 0,
            pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table) == 0, let table
        else { return [:] }
        var names: [String: Int] = [:]
        for index in 0..<Int(count) {
            let entry = UnsafeBufferPointer(start: table + index * Int(size), count: Int(size))
            guard entry.count > 2 else { break }
            names[String(decoding: entry[2...].prefix { $0 != 0 }, as: UTF8.self)] =
                Int(entry[0]) << 8 | Int(entry[1])
        }
        return names
    }

    /// The engine's own words for one of its error codes.
    private static func text(ofError code: Int32) -> String {
        let bytes = [UInt8](unsafeUninitializedCapacity: 256) { buffer, count in
            let length = pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
            count = length > 0 ? min(Int(length), buffer.count) : 0
        }
        return bytes.isEmpty ? "error \(code)" : String(decoding: bytes, as: UTF8.self)
    }

    private static func short(_ source: String) -> String {
        let scalars = source.unicodeScalars
        return scalars.count <= 80 ? source : String(scalars.prefix(79)) + "…"
    }

    private static func outOfMemory(_ source: String) -> PatternError {
        PatternError(.engine, source: source, message: "there is not enough memory for the pattern")
    }
}
