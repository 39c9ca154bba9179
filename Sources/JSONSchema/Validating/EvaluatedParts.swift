/// The parts of one value that keywords have looked at with success, for `unevaluatedItems` and
/// `unevaluatedProperties`.
struct EvaluatedParts {
    /// Names of members.
    var names: Set<String> = []
    /// So many elements from the front.
    var prefix = 0
    /// Further elements.
    var indices: Set<Int> = []

    /// Adds what another schema has looked at.
    mutating func formUnion(_ other: EvaluatedParts) {
        names.formUnion(other.names)
        prefix = max(prefix, other.prefix)
        indices.formUnion(other.indices)
    }
}
