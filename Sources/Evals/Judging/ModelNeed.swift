/// A model that an assertion asks, beside the one under test.
public struct ModelNeed: Sendable, Hashable {
    /// What the model is asked for.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// A verdict.
        case judge
        /// The embedding of a text.
        case embeddings
        /// What a text has that it should not have, by a moderation endpoint.
        case moderation
        /// The labels of a text.
        case classifier
    }

    /// What it is asked for.
    public var role: Role
    /// The models as the assertion names them; nil: those of the project's `judge:`.
    public var names: [String]?

    /// Creates a need.
    public init(_ role: Role, names: [String]? = nil) {
        self.role = role
        self.names = names
    }
}
