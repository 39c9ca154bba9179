/// Something in a request that its provider would reject or ignore.
public struct RequestComplaint: Sendable, Hashable {
    /// A short id for the diagnostic, such as `unsupported-parameter`.
    public var id: String
    /// What is wrong.
    public var message: String
    /// What to do.
    public var hint: String?
    /// True when the request can't succeed; false when something is ignored or may be rejected.
    public var isError: Bool

    /// Creates a complaint.
    public init(_ id: String, _ message: String, hint: String? = nil, isError: Bool = false) {
        self.id = id
        self.message = message
        self.hint = hint
        self.isError = isError
    }
}
