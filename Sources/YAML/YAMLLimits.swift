/// How much a YAML file may ask for.
public struct YAMLLimits: Sendable, Hashable {
    /// The size of the file in bytes.
    public var bytes: Int
    /// Nodes once all aliases are expanded; only checked where an alias is used.
    public var nodes: Int
    /// Bytes of text once all aliases are expanded; only checked where an alias is used.
    public var textBytes: Int
    /// Levels of nesting, aliases expanded.
    public var depth: Int
    /// How many mistakes are reported.
    public var diagnostics: Int

    /// Creates limits.
    public init(
        bytes: Int = 16 << 20, nodes: Int = 1_000_000, textBytes: Int = 64 << 20, depth: Int = 1000,
        diagnostics: Int = 200
    ) {
        self.bytes = bytes
        self.nodes = nodes
        self.textBytes = textBytes
        self.depth = depth
        self.diagnostics = diagnostics
    }

    /// The limits for files of a project.
    public static let standard = YAMLLimits()
}
