/// How a pattern is read and matched.
public struct PatternOptions: OptionSet, Sendable, Hashable {
    /// The options as bits.
    public let rawValue: UInt8

    /// Creates options from bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Letters match without regard to case (flag `i`).
    public static let ignoreCase = PatternOptions(rawValue: 1 << 0)
    /// `^` and `$` match at every line (flag `m`).
    public static let multiline = PatternOptions(rawValue: 1 << 1)
    /// `.` matches line terminators too (flag `s`).
    public static let dotMatchesAll = PatternOptions(rawValue: 1 << 2)
    /// A match has to begin where the search begins (flag `y`).
    public static let sticky = PatternOptions(rawValue: 1 << 3)
}

/// The language a pattern is written in.
public enum PatternDialect: Sendable, Hashable {
    /// JavaScript's meaning wherever it and Perl differ, plus Perl's extensions: inline `(?i)`, `\A`, `\z`,
    /// `\h`, `\Q…\E`, POSIX classes, possessive quantifiers, atomic groups, free spacing with `(?x)`.
    ///
    /// A source of the form `/body/flags` with at least one flag is a JavaScript literal.
    case standard
    /// ECMA-262 as JSON Schema's `pattern` asks for: unknown escapes are errors, there is no literal form.
    case ecma262
}
