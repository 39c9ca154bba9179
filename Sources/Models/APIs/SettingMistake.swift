public import Diagnostics

/// Something wrong in the settings of a provider.
public struct SettingMistake: Sendable, Hashable {
    /// The setting: `answer`, `body`.
    public var key: String
    /// What is wrong, without a full stop.
    public var message: String
    /// What to do about it.
    public var hint: String?

    /// Creates a mistake.
    public init(key: String, message: String, hint: String? = nil) {
        self.key = key
        self.message = message
        self.hint = hint
    }

    /// The mistake as a diagnostic at a place.
    public func diagnostic(at mark: SourceMark? = nil) -> Diagnostic {
        Diagnostic("bad-provider", message, at: mark, hint: hint)
    }
}
