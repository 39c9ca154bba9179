/// How a schema is compiled and what validating may cost.
public struct SchemaOptions: Sendable, Hashable {
    /// Whether `format` is checked; else it is an annotation.
    public var assertsFormat: Bool
    /// The draft of a schema without `$schema`; nil reads it as 2020-12 with the forms of older drafts allowed.
    public var draft: SchemaDraft?
    /// How deep schemas may nest while one instance is checked; a reference and an `anyOf` count as levels too.
    ///
    /// The default fits the 512 KiB stack of a secondary thread on macOS without optimization.
    public var maximumDepth: Int
    /// How many times a subschema may be applied to a value before validating gives up.
    public var maximumSteps: Int
    /// How many violations are listed, those inside others included.
    public var maximumViolations: Int

    /// Creates options.
    public init(
        assertsFormat: Bool = true, draft: SchemaDraft? = nil, maximumDepth: Int = 150,
        maximumSteps: Int = 5_000_000, maximumViolations: Int = 1000
    ) {
        self.assertsFormat = assertsFormat
        self.draft = draft
        self.maximumDepth = maximumDepth
        self.maximumSteps = maximumSteps
        self.maximumViolations = maximumViolations
    }
}
