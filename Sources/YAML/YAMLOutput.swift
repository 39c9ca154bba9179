/// A value to be written as YAML.
public indirect enum YAMLOutput: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// An integer.
    case integer(Int64)
    /// A number by its spelling, such as `0.10` or an integer of any size; other text is written as a string.
    case number(String)
    /// Text.
    case string(String)
    /// A list; `flow` writes it in one line with brackets.
    case list([YAMLOutput], flow: Bool = false)
    /// Keys and values in the order given; `flow` writes them in one line with braces.
    case mapping([Entry], flow: Bool = false)

    /// A key with its value.
    public struct Entry: Sendable, Hashable {
        /// The key; keys of a mapping must differ.
        public var key: String
        /// Its value.
        public var value: YAMLOutput

        /// Creates an entry.
        public init(_ key: String, _ value: YAMLOutput) {
            self.key = key
            self.value = value
        }
    }

    /// A number in its shortest spelling; one that is not finite is written as text.
    public static func double(_ value: Double) -> YAMLOutput {
        value.isFinite ? .number(value.description) : .string(value.description)
    }
}
