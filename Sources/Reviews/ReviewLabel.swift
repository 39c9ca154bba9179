public import Diagnostics

/// What a labeler wrote of one item.
public struct ReviewLabel: Sendable, Hashable {
    /// What a label says.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// The answer meets the criteria.
        case pass
        /// It does not.
        case fail
        /// The labeler can't decide.
        case skip
    }

    /// The item's id as the sheet has it.
    public var id: String
    /// What was written for a label, without white space around it; empty when nothing was.
    public var word: String
    /// The labeler's note.
    public var note: String
    /// Where the label stands.
    public var mark: SourceMark

    /// Creates a label; white space around its texts goes.
    public init(id: String, word: String, note: String = "", mark: SourceMark) {
        self.id = LabelText.trimmed(id)
        self.word = LabelText.trimmed(word)
        self.note = LabelText.trimmed(note)
        self.mark = mark
    }

    /// The verdict, in letters of either case; nil when the word is none.
    public var verdict: Verdict? { Verdict(rawValue: word.lowercased()) }
}
