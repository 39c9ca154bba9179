/// The ways in which an answer may try to talk its judge over.
public enum AttackKind: String, Sendable, Hashable, CaseIterable {
    /// Commands to the judge.
    case instructions
    /// Verdicts of its own, in the form that the judge should give.
    case verdicts
    /// Closing tags, and turns of a conversation that never took place.
    case turns
    /// Flattery, authority, pity, threats, bribes.
    case pressure
    /// Commands in other languages.
    case languages
    /// Commands that are encoded or hidden in the text.
    case encodings
    /// Rubrics, references and notes that look like the judge's own material.
    case structure
    /// Answers that are empty, or very long.
    case length
}
