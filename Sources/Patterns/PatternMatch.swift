/// One match of a pattern in a text.
public struct PatternMatch: Sendable, Hashable {
    /// A part of the text that a group captured.
    public struct Capture: Sendable, Hashable {
        /// The place in the text, in UTF-8 bytes.
        public var range: Range<Int>
        /// The captured text.
        public var text: String
    }

    /// The place of the match in the text, in UTF-8 bytes.
    public var range: Range<Int>
    /// The matched text.
    public var text: String
    /// The captures of group 1, group 2, …; nil for a group that took no part in the match.
    public var groups: [Capture?]
    /// The captured text of each named group that took part in the match.
    public var named: [String: String]

    /// The text of the group with this number; 0 is the whole match.
    ///
    /// Nil for a group that is not there.
    public func group(_ number: Int) -> String? {
        if number == 0 { return text }
        return groups.indices.contains(number - 1) ? groups[number - 1]?.text : nil
    }
}
