/// Something to tell while a run waits for its batches.
public struct BatchNews: Sendable, Hashable {
    /// One line, without a line feed.
    public var text: String
    /// True for how far a batch is: worth a line that the next one replaces, and no more.
    public var isProgress: Bool

    /// Creates news.
    public init(_ text: String, isProgress: Bool = false) {
        self.text = text
        self.isProgress = isProgress
    }
}
