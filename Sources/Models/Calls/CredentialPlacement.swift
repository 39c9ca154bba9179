/// How an API wants its key.
public enum CredentialPlacement: Sendable, Hashable {
    /// No key at all.
    case none
    /// `Authorization: Bearer KEY`.
    case bearer
    /// The key alone in a field of its own, such as `x-api-key`.
    case header(String)
    /// Bearer token, or signed with AWS keys.
    case aws
}
