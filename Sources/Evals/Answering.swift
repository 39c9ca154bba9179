/// Something that answers requests: a live model, a replay of recordings, `echo`, `given`.
public protocol Answering: Sendable {
    /// Answers a request, or says why it could not.
    func answer(_ request: ModelRequest) async throws(EvaluationError) -> Answer
}

/// A reply, and where it comes from.
public struct Answer: Sendable, Hashable {
    /// Where an answer comes from.
    public enum Source: String, Sendable, Hashable {
        /// From a recording.
        case replayed
        /// From a provider, in this run.
        case live
        /// From the case itself.
        case given
        /// From the built-in model that repeats the last user message.
        case echo
        /// From an earlier equal request of this run or its journal.
        case cached
    }

    /// The reply, redacted.
    @Boxed public var reply: Reply
    /// Where it comes from.
    public var source: Source
    /// The key of the request in lower-case hexadecimal digits.
    public var requestSHA256: String?
    /// Something the user should know, for example that the recording was found at another place.
    public var notice: String?
    /// True for a recording that was made anew for an unchanged request, with another answer.
    public var isRerolled: Bool

    /// Creates an answer.
    public init(
        reply: Reply, source: Source, requestSHA256: String? = nil, notice: String? = nil,
        isRerolled: Bool = false
    ) {
        self.reply = reply
        self.source = source
        self.requestSHA256 = requestSHA256
        self.notice = notice
        self.isRerolled = isRerolled
    }
}

extension Reply {
    /// What a person should know when another model than the one asked answered; nil when that one did.
    public func fallbackNotice(for model: String) -> String? {
        fallback.map { "the fallback '\($0)' answered for '\(model)'" }
    }
}
