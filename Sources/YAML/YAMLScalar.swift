public import Diagnostics

/// The text of a scalar and what it stands for.
public struct YAMLScalar: Sendable, Hashable {
    /// How a scalar is written.
    public enum Style: Sendable, Hashable {
        /// Without quotes: the only style that can be a number, a boolean or null.
        case plain
        /// In `'`.
        case singleQuoted
        /// In `"`, with escapes.
        case doubleQuoted
        /// A `|` block.
        case literal
        /// A `>` block.
        case folded
    }

    /// The content, quotes and escapes undone.
    public let text: String
    /// How it is written.
    public let style: Style
    /// What it stands for in the core schema of YAML 1.2.
    public let resolved: YAMLCore
    /// The comment without a space behind its `#` that follows a plain text in the same line, as in `ticket #1234`.
    public let trailingComment: String?
    /// The comment that stands where a value was expected, such as `#1 seller`, when the value is null for that.
    public let hiddenComment: String?

    /// The change that makes a text of the hidden comment, which stands at the mark of its node.
    public func commentFix(at mark: SourceMark) -> SourceFix? {
        hiddenComment.map { comment in
            SourceFix(
                line: mark.line, columns: mark.column..<(mark.column + comment.unicodeScalars.count),
                original: comment, replacement: YAMLQuoting.double(comment.unicodeScalars))
        }
    }

    /// The change that puts a plain scalar of one line, which stands at a mark, into quotes; nil for others.
    public func quotingFix(at mark: SourceMark) -> SourceFix? {
        guard style == .plain, !text.isEmpty, !text.unicodeScalars.contains("\n") else { return nil }
        return SourceFix(
            line: mark.line, columns: mark.column..<(mark.column + text.unicodeScalars.count),
            original: text, replacement: YAMLQuoting.quoted(text))
    }

    /// True for `.inf`, `.nan` and numbers that are too large, which the reader has reported.
    public var isRefusedNumber: Bool { style == .plain && YAMLCore.resolve(plain: text) == nil }

    /// Creates a scalar.
    public init(
        text: String, style: Style, resolved: YAMLCore, hiddenComment: String? = nil,
        trailingComment: String? = nil
    ) {
        self.text = text
        self.style = style
        self.resolved = resolved
        self.hiddenComment = hiddenComment
        self.trailingComment = trailingComment
    }
}
