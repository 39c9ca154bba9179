public import JSON

/// What an instrument is made of, and the hash by which its calibration is found.
public struct InstrumentParts: Sendable, Hashable {
    /// The names of the judges.
    public var models: [String]
    /// The prompts that the type of assertion uses, each `name@version`.
    public var prompts: [String]
    /// Everything that shapes a verdict.
    public var parts: JSONObject
    /// The hash of the parts, in lower-case hexadecimal digits.
    public var sha256: String

    /// Creates a description of an instrument.
    public init(models: [String], prompts: [String], parts: JSONObject, sha256: String) {
        self.models = models
        self.prompts = prompts
        self.parts = parts
        self.sha256 = sha256
    }
}
